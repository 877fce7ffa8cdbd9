import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { WeComClient } from '../../../shared/client/core/client';
import type { CustomerGroupFilter } from '../../../shared/client/customerGroups/customerGroups';
import {
	listCustomerGroups,
	getCustomerGroupIfKnown,
} from '../../../shared/client/customerGroups/customerGroups';
import { mapConcurrentlyInOrder } from '../../../shared/client/core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../../../shared/client/core/settings';
import type { CustomerGroupEntry } from '../../../shared/client/customerGroups/types';
import { asChoice, readChoice } from '../../../shared/fields/choice';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { chosenMembersField, readChosenMembers } from '../../../shared/fields/members';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField, wantsSimple } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import type { GroupRowStyle } from './row';
import { entryRow, groupRow, unknownGroupRow } from './row';

const fields: INodeProperties[] = [
	{
		displayName: 'Owners',
		name: 'ownerScope',
		type: 'options',
		options: [
			{
				name: 'All Visible to the App',
				value: 'all',
				description:
					'Without the groups of owners who have left. WeCom refuses this with more than 1,000 members.',
			},
			{
				name: 'Selected Owners',
				value: 'chosen',
				description: 'Also owners who have left the company',
			},
		],
		default: 'all',
		description: 'Whose groups to list',
	},
	chosenMembersField('ownerScope'),
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Any', value: 0 },
			{ name: 'Being Inherited', value: 2 },
			{ name: 'Inherited', value: 3 },
			{ name: 'Owner Left', value: 1 },
		],
		default: 0,
		description: 'Whether the owner of the group has left the company, and who takes it over',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Details',
				value: 'details',
				description: 'Name, owner and members too, with one more call per group',
			},
			{ name: 'IDs Only', value: 'ids', description: 'Chat ID and status' },
		],
		default: 'ids',
	},
	...listFields,
	{ ...simplifyField, displayOptions: { show: { output: ['details'] } } },
	requestOptions,
];

/** Customer groups, of some or all owners. Docs 92120, 92122. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List customer groups',
	description: 'List the group chats with customers that some or all members own',
	fields,
	execute: perItem(async function* (item, { client, timezone, hint }) {
		const limit = readLimit(item);
		const output = readChoice(item, 'output', 'Output', ['details', 'ids']);
		const status = asChoice(item.parameter('status'), 'Status', [0, 1, 2, 3] as const);
		const owners = readChosenMembers(item, 'ownerScope', 'Owners');

		const entries = take(entriesOf(client, { owners, status }, limit), limit);
		if (output === 'ids') {
			for await (const entry of entries) yield entryRow(entry);
		} else {
			const style = { timezone, simple: wantsSimple(item) };
			const gone: string[] = [];
			yield* detailRows(client, entries, style, (chat_id) => gone.push(chat_id));
			if (gone.length > 0) hint(goneHint(gone), 'warning');
		}
	}),
};

async function* entriesOf(
	client: WeComClient,
	filter: CustomerGroupFilter,
	limit: number,
): AsyncGenerator<CustomerGroupEntry, void> {
	for await (const page of listCustomerGroups(client, filter, limit)) yield* page;
}

/**
 * The list is read to its end first: its cursor may not live as long as the details take. So a group may be gone
 * when its turn comes, which must not cost the others.
 */
async function* detailRows(
	client: WeComClient,
	entries: AsyncIterable<CustomerGroupEntry>,
	style: GroupRowStyle,
	onGone: (chat_id: string) => void,
): AsyncGenerator<IDataObject, void> {
	const listed: CustomerGroupEntry[] = [];
	for await (const entry of entries) listed.push(entry);
	const chats = mapConcurrentlyInOrder(listed, MAX_CONCURRENT_REQUESTS, async (entry) => ({
		entry,
		chat: await getCustomerGroupIfKnown(client, entry.chat_id),
	}));
	for await (const { entry, chat } of chats) {
		if (!chat) onGone(entry.chat_id);
		const { status, ...named } = entryRow(entry);
		const details = chat ? groupRow(chat, style) : unknownGroupRow(style);
		yield { ...(style.simple ? named : { ...named, status }), ...details };
	}
}

/** Chat IDs that a hint names. */
const NAMED_IN_HINT = 5;

function goneHint(chatIds: readonly string[]): string {
	const more = chatIds.length > NAMED_IN_HINT ? ', …' : '';
	const ids = chatIds.slice(0, NAMED_IN_HINT).join(', ') + more;
	return chatIds.length === 1
		? `WeCom lists the customer group ${ids} but does not know it any more: its details are null.`
		: `WeCom lists ${chatIds.length} customer groups but does not know them any more: their details are null (${ids}).`;
}
