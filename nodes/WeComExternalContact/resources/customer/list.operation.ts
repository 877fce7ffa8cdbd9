import type { IDataObject } from 'n8n-workflow';

import type { CustomerQuery, IdsOfMember } from '../../../shared/client/customers/customerQuery';
import {
	isWithoutLicense,
	queryCustomers,
	queryIdsByMember,
	queryMembersById,
	queryUniqueCustomers,
} from '../../../shared/client/customers/customerQuery';
import { listMembers } from '../../../shared/client/customers/customers';
import { UNLICENSED } from '../../../shared/client/customers/notices';
import { asError } from '../../../shared/client/core/errors';
import { lazily } from '../../../shared/client/core/utils';
import { TagLibrary } from '../../../shared/client/tags/tags';
import type { FollowInfo } from '../../../shared/client/customers/types';
import { optional, read, readOption, shownWhen } from '../../../shared/fields/field';
import { choiceField, switchField } from '../../../shared/fields/kinds';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { chosenMembersField, readChosenMembers } from '../../../shared/fields/member';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { filtersField, readFilter } from './filter';
import type { RowStyle } from './row';
import { customerRow, membersOfCustomer, uniqueCustomerRow } from './row';

const membersScope = choiceField({
	displayName: 'Members',
	name: 'memberScope',
	options: [
		{
			name: 'All Members',
			value: 'all',
			description: 'Every member with customer contact whom the app can see',
		},
		{ name: 'Selected Members', value: 'chosen' },
	],
	default: 'all',
	description: 'Whose customers to list',
});

const outputField = choiceField({
	displayName: 'Output',
	name: 'output',
	options: [
		{ name: 'Details', value: 'details', description: 'One item per member and customer' },
		{
			name: 'IDs Only',
			value: 'ids',
			description: 'One item per member and customer, with fewer requests',
		},
		{
			name: 'One Item per Member',
			value: 'members',
			description: 'The IDs of all customers of a member',
		},
	],
	default: 'details',
});

const uniqueCustomersOption = optional(
	switchField({
		displayName: 'Unique Customers',
		name: 'uniqueCustomers',
		description:
			'Whether to return a customer of several members only once, with these members in the members field: their user IDs, or everything about them when Simplify is off. The filters need to match with one of the members only. Reads all customers, even with a limit. Does not apply to One Item per Member.',
	}),
	false,
);

/** Customers of members, with details or as IDs. Docs 92571, 92113, 92994, 92117. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List customers',
	description:
		'List the customers of some or all members, filtered by tag, time, source or name. A customer of three members is listed three times.',
	fields: [
		membersScope,
		chosenMembersField(membersScope),
		outputField,
		...listFields,
		shownWhen(outputField, ['details'], simplifyField),
		filtersField,
		optionsField([requestTimeoutOption, uniqueCustomersOption]),
	],
	async *execute(context) {
		const { client, timezone } = context;
		const library = lazily(async () => await TagLibrary.read(client));
		const refusals: Refusal[] = [];
		let anyAnswered = false;
		yield* perItem(async function* (item) {
			const limit = readLimit(item);
			const output = read(item, outputField);
			const chosen = readChosenMembers(item, membersScope);
			const unique = readOption(item, uniqueCustomersOption);
			const filter = await readFilter(item, timezone, library);
			const simple = output === 'details' && read(item, simplifyField);
			const style = { timezone, simple };
			const members = chosen ?? (await listMembers(client));
			const customers: CustomerQuery = { client, members, filter };
			let returned = 0;
			try {
				const rows = rowsOf(customers, { output, unique, limit, style, library });
				for await (const row of take(rows, limit)) {
					returned++;
					yield row;
				}
				anyAnswered = true;
			} catch (error) {
				if (returned > 0 || !isWithoutLicense(error)) throw asError(error);
				refusals.push({ error, members, items: [item.index] });
			}
		})(context);
		// A member without a license is an error only if no item asks for one who has it.
		for (const { error, members, items } of refusals) {
			if (!anyAnswered) yield { error, items };
			else for (const userid of members) client.notices.add(UNLICENSED, userid);
		}
	},
};

/** An item for whose members WeCom gives no customers, because none has a license. */
interface Refusal {
	readonly error: Error;
	readonly members: readonly string[];
	readonly items: readonly number[];
}

interface Presentation {
	readonly output: 'details' | 'ids' | 'members';
	readonly unique: boolean;
	readonly limit: number;
	readonly style: StyleOfItem;
	readonly library: () => Promise<TagLibrary>;
}

function rowsOf(
	customers: CustomerQuery,
	{ output, unique, limit, style, library }: Presentation,
): AsyncGenerator<IDataObject, void> {
	switch (output) {
		case 'members':
			return memberRows(queryIdsByMember(customers, limit));
		case 'ids':
			return unique ? uniqueIdRows(customers) : idRows(customers, limit);
		case 'details':
			return unique
				? uniqueDetailRows(customers, style, library)
				: detailRows(customers, limit, style, library);
	}
}

type StyleOfItem = Omit<RowStyle, 'tagName'>;

async function* detailRows(
	customers: CustomerQuery,
	limit: number,
	style: StyleOfItem,
	library: () => Promise<TagLibrary>,
): AsyncGenerator<IDataObject, void> {
	for await (const row of queryCustomers(customers, limit)) {
		yield customerRow(row, { ...style, tagName: await tagNames([row.follow_info], library) });
	}
}

async function* uniqueDetailRows(
	customers: CustomerQuery,
	style: StyleOfItem,
	library: () => Promise<TagLibrary>,
): AsyncGenerator<IDataObject, void> {
	for await (const [, rows] of queryUniqueCustomers(customers, (row) => row)) {
		const follows = rows.map(({ follow_info }) => follow_info);
		const tagName = await tagNames(follows, library);
		yield uniqueCustomerRow(rows[0].external_contact, follows, { ...style, tagName });
	}
}

/** The tag library is read for customers who have tags, and for no others. */
async function tagNames(
	follows: readonly FollowInfo[],
	library: () => Promise<TagLibrary>,
): Promise<RowStyle['tagName']> {
	if (follows.every(({ tag_id = [] }) => tag_id.length === 0)) return () => undefined;
	const known = await library();
	return (tagId) => known.nameOf(tagId);
}

async function* memberRows(ids: AsyncIterable<IdsOfMember>): AsyncGenerator<IDataObject, void> {
	for await (const [userid, external_userid] of ids) {
		yield { userid, customer_count: external_userid.length, external_userid: [...external_userid] };
	}
}

async function* idRows(customers: CustomerQuery, limit: number): AsyncGenerator<IDataObject, void> {
	if (customers.filter) {
		for await (const { external_contact, follow_info } of queryCustomers(customers, limit)) {
			yield {
				external_userid: external_contact.external_userid,
				userid: follow_info.userid ?? null,
			};
		}
		return;
	}
	for await (const [userid, external_userids] of queryIdsByMember(customers, limit)) {
		for (const external_userid of external_userids) yield { external_userid, userid };
	}
}

async function* uniqueIdRows(customers: CustomerQuery): AsyncGenerator<IDataObject, void> {
	const found = customers.filter
		? queryUniqueCustomers(customers, ({ follow_info }) => follow_info.userid)
		: queryMembersById(customers);
	for await (const [external_userid, userids] of found) {
		yield { external_userid, ...membersOfCustomer(userids) };
	}
}
