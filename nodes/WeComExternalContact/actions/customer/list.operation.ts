import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { WeComClient } from '../../client/client';
import { listCustomerIds, listCustomers, listMembers } from '../../client/customers';
import { WeComInputError } from '../../client/errors';
import { inLanes } from '../../client/lanes';
import { LANES } from '../../client/limits';
import type { CustomerOfMember } from '../../client/types';
import { listFields, readLimit } from '../fields/listOptions';
import { readIds } from '../fields/recipients';
import { optionsField, requestTimeoutOption } from '../fields/sendOptions';
import type { ItemInput, Operation } from '../operation';
import { perItem } from '../operation';
import type { Filter } from './filter';
import { filterFields, readFilter } from './filter';
import { customerRow } from './row';

const fields: INodeProperties[] = [
	{
		displayName: 'Members',
		name: 'of',
		type: 'options',
		options: [
			{
				name: 'All With Customer Contact',
				value: 'all',
				description: 'Every member the app can see',
			},
			{ name: 'Chosen Ones', value: 'chosen' },
		],
		default: 'all',
		description: 'Whose customers to list',
	},
	{
		displayName: 'Member Names or IDs',
		name: 'members',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getMembers' },
		default: [],
		required: true,
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		displayOptions: { show: { of: ['chosen'] } },
	},
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
	filterFields,
	optionsField([requestTimeoutOption]),
];

/** Customers of members, with details or as IDs. Docs 92571, 92113, 92994. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List customers',
	description:
		'List the customers of some or all members, filtered by tag, time, source or name. A customer of three members is listed three times.',
	fields,
	execute: perItem(async function* (item, { client, timezone }) {
		const filter = readFilter(item, timezone);
		const limit = readLimit(item);
		const members = await readMembers(item, client);
		const output = item.parameter('output');
		if (output === 'details') {
			const rows = filtered(client, members, filter, limit);
			for await (const row of rows) yield customerRow(row, timezone);
			return;
		}
		const ids = idsByMember(client, members, filter, limit);
		if (output === 'members') {
			yield* take(asMemberRows(ids), limit);
		} else {
			yield* take(asIdRows(ids), limit);
		}
	}),
};

async function readMembers(item: ItemInput, client: WeComClient): Promise<string[]> {
	if (item.parameter('of') !== 'chosen') return await listMembers(client);
	const members = readIds(item.parameter('members'), 'Members');
	if (members.length === 0) {
		throw new WeComInputError(
			'No member is chosen',
			'Choose members, or list those of all members. If it is an expression, it resolved to nothing.',
		);
	}
	return members;
}

async function* filtered(
	client: WeComClient,
	members: readonly string[],
	filter: Filter | undefined,
	limit: number,
): AsyncGenerator<CustomerOfMember, void> {
	let count = 0;
	// In order, so that a limit does not fetch pages it has no use for.
	for await (const page of listCustomers(client, members, limit !== Infinity)) {
		for (const row of page) {
			if (filter && !filter(row)) continue;
			yield row;
			if (++count >= limit) return;
		}
	}
}

type IdsOfMember = readonly [userid: string, ids: readonly string[]];

/** Without a filter one call per member is enough; a filter needs the details. */
async function* idsByMember(
	client: WeComClient,
	members: readonly string[],
	filter: Filter | undefined,
	limit: number,
): AsyncGenerator<IdsOfMember, void> {
	if (filter) {
		const found = new Map<string, string[]>(members.map((userid) => [userid, []]));
		for await (const { follow_info, external_contact } of filtered(
			client,
			members,
			filter,
			Infinity,
		)) {
			found.get(follow_info.userid)?.push(external_contact.external_userid);
		}
		yield* found;
	} else if (limit === Infinity) {
		yield* await inLanes(
			members,
			LANES,
			async (userid) => [userid, await listCustomerIds(client, userid)] as const,
		);
	} else {
		for (const userid of members) yield [userid, await listCustomerIds(client, userid)];
	}
}

async function* asMemberRows(ids: AsyncIterable<IdsOfMember>): AsyncGenerator<IDataObject, void> {
	for await (const [userid, external_userid] of ids) {
		yield { userid, customer_count: external_userid.length, external_userid: [...external_userid] };
	}
}

async function* asIdRows(ids: AsyncIterable<IdsOfMember>): AsyncGenerator<IDataObject, void> {
	for await (const [userid, external_userids] of ids) {
		for (const external_userid of external_userids) yield { external_userid, userid };
	}
}

async function* take(
	rows: AsyncIterable<IDataObject>,
	limit: number,
): AsyncGenerator<IDataObject, void> {
	let count = 0;
	for await (const row of rows) {
		yield row;
		if (++count >= limit) return;
	}
}
