import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CustomerQuery, IdsOfMember } from '../../../shared/client/customers/customerQuery';
import {
	queryCustomers,
	queryIdsByMember,
	queryMembersById,
	queryUniqueCustomers,
} from '../../../shared/client/customers/customerQuery';
import { listMembers } from '../../../shared/client/customers/customers';
import { lazily } from '../../../shared/client/core/utils';
import { TagLibrary } from '../../../shared/client/tags/tags';
import type { FollowInfo } from '../../../shared/client/customers/types';
import { readChoice } from '../../../shared/fields/choice';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { chosenMembersField, readChosenMembers } from '../../../shared/fields/members';
import { optionsField, readSwitch, requestTimeoutOption } from '../../../shared/fields/options';
import { simplifyField, wantsSimple } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { filterFields, readFilter } from './filter';
import type { RowStyle } from './row';
import { customerRow, uniqueCustomerRow } from './row';

const fields: INodeProperties[] = [
	{
		displayName: 'Members',
		name: 'memberScope',
		type: 'options',
		options: [
			{
				name: 'All With Customer Contact',
				value: 'all',
				description: 'Every member the app can see',
			},
			{ name: 'Selected Members', value: 'chosen' },
		],
		default: 'all',
		description: 'Whose customers to list',
	},
	chosenMembersField('memberScope'),
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Details', value: 'details', description: 'One item per member and customer' },
			{
				name: 'IDs Only',
				value: 'ids',
				description: 'One item per member and customer, in fewer calls',
			},
			{
				name: 'One Item per Member',
				value: 'members',
				description: 'The IDs of all customers of a member',
			},
		],
		default: 'details',
	},
	...listFields,
	{ ...simplifyField, displayOptions: { show: { output: ['details'] } } },
	filterFields,
	optionsField([
		requestTimeoutOption,
		{
			displayName: 'Unique Customers',
			name: 'uniqueCustomers',
			type: 'boolean',
			default: false,
			description:
				'Whether to return a customer of several members once, with all of these members in the field members. The customer passes the filters with any of them. Reads all customers even when there is a limit. Not for One Item per Member.',
		},
	]),
];

/** Customers of members, with details or as IDs. Docs 92571, 92113, 92994, 92117. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List customers',
	description:
		'List the customers of some or all members, filtered by tag, time, source or name. A customer of three members is listed three times.',
	fields,
	async *execute(context) {
		const { client, timezone } = context;
		const library = lazily(async () => await TagLibrary.read(client));
		yield* perItem(async function* (item) {
			const limit = readLimit(item);
			const output = readChoice(item, 'output', 'Output', ['details', 'ids', 'members']);
			const chosen = readChosenMembers(item, 'memberScope', 'Members');
			const unique = readSwitch(item, 'uniqueCustomers', 'Unique Customers');
			const filter = await readFilter(item, timezone, library);
			const members = chosen ?? (await listMembers(client));

			const customers: CustomerQuery = { client, members, filter };
			if (output === 'members') {
				yield* take(memberRows(queryIdsByMember(customers, limit)), limit);
			} else if (output === 'ids') {
				yield* take(unique ? uniqueIdRows(customers) : idRows(customers, limit), limit);
			} else {
				const style = { timezone, simple: wantsSimple(item) };
				yield* take(
					unique
						? uniqueDetailRows(customers, style, library)
						: detailRows(customers, limit, style, library),
					limit,
				);
			}
		})(context);
	},
};

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
			yield { external_userid: external_contact.external_userid, userid: follow_info.userid };
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
		const members = userids.map((userid) => ({ userid }));
		yield { external_userid, member_count: members.length, members };
	}
}
