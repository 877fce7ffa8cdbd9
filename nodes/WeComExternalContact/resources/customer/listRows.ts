import type { IDataObject } from 'n8n-workflow';

import type { CustomerQuery, IdsOfMember } from '../../../shared/client/customers/customerQuery';
import {
	needsDetails,
	queryCustomers,
	queryCustomersOnce,
	queryIdsByMember,
	queryIdsOnce,
	querySendersByMember,
} from '../../../shared/client/customers/customerQuery';
import type { SenderRule } from '../../../shared/client/customers/senderRule';
import { takePages } from '../../../shared/fields/returnAll';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { RowStyle } from './row';
import { customerRow, membersOfCustomer, onceCustomerRow } from './row';
import { tagNames } from './tagNames';

/** How a list shows its customers. */
export interface Presentation {
	readonly output: 'details' | 'ids' | 'members';
	/** Who should write, where each customer is listed once. */
	readonly rule: SenderRule | undefined;
	readonly limit: number;
	readonly style: StyleOfItem;
	readonly library: () => Promise<TagLibrary>;
}

/** The rows of the customers that a query finds, in pages. */
export function rowsOf(
	customers: CustomerQuery,
	{ output, rule, limit, style, library }: Presentation,
): AsyncIterable<IDataObject[]> {
	switch (output) {
		case 'members':
			return memberRows(
				rule ? querySendersByMember(customers, rule) : queryIdsByMember(customers, limit),
			);
		case 'ids':
			return rule ? onceIdRows(customers, rule) : idRows(customers, limit);
		case 'details':
			return rule
				? onceDetailRows(customers, rule, style, library)
				: detailRows(customers, limit, style, library);
	}
}

type StyleOfItem = Omit<RowStyle, 'tagName'>;

async function* detailRows(
	customers: CustomerQuery,
	limit: number,
	style: StyleOfItem,
	library: () => Promise<TagLibrary>,
): AsyncGenerator<IDataObject[], void> {
	// Only the tags of rows that are returned are worth reading the tag library.
	for await (const page of takePages(queryCustomers(customers, limit), limit)) {
		const follows = page.map(({ follow_info }) => follow_info);
		const withTagNames = { ...style, tagName: await tagNames(follows, library) };
		yield page.map((row) => customerRow(row, withTagNames));
	}
}

async function* onceDetailRows(
	customers: CustomerQuery,
	rule: SenderRule,
	style: StyleOfItem,
	library: () => Promise<TagLibrary>,
): AsyncGenerator<IDataObject[], void> {
	for await (const { rows, sender } of queryCustomersOnce(customers, rule)) {
		const follows = rows.map(({ follow_info }) => follow_info);
		const tagName = await tagNames(follows, library);
		yield [onceCustomerRow(rows[0].external_contact, sender, follows, { ...style, tagName })];
	}
}

async function* memberRows(ids: AsyncIterable<IdsOfMember>): AsyncGenerator<IDataObject[], void> {
	for await (const [userid, external_userid] of ids) {
		yield [
			{ userid, customer_count: external_userid.length, external_userid: [...external_userid] },
		];
	}
}

async function* idRows(
	customers: CustomerQuery,
	limit: number,
): AsyncGenerator<IDataObject[], void> {
	if (needsDetails(customers)) {
		for await (const page of queryCustomers(customers, limit)) {
			yield page.map(({ external_contact, follow_info }) => ({
				external_userid: external_contact.external_userid,
				userid: follow_info.userid ?? null,
			}));
		}
		return;
	}
	for await (const [userid, external_userids] of queryIdsByMember(customers, limit)) {
		yield external_userids.map((external_userid) => ({ external_userid, userid }));
	}
}

async function* onceIdRows(
	customers: CustomerQuery,
	rule: SenderRule,
): AsyncGenerator<IDataObject[], void> {
	for await (const { external_userid, sender, userids } of queryIdsOnce(customers, rule)) {
		yield [{ external_userid, userid: sender, ...membersOfCustomer(userids) }];
	}
}
