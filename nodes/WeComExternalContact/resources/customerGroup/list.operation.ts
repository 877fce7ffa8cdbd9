import type { IDataObject } from 'n8n-workflow';

import type { WeComClient } from '../../../shared/client/core/client';
import type { CustomerGroupFilter } from '../../../shared/client/customerGroups/customerGroups';
import {
	listCustomerGroups,
	getCustomerGroupIfKnown,
} from '../../../shared/client/customerGroups/customerGroups';
import { mapConcurrentlyInOrder } from '../../../shared/client/core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../../../shared/client/core/settings';
import type { CustomerGroupEntry } from '../../../shared/client/customerGroups/types';
import { read, shownWhen } from '../../../shared/fields/field';
import { choiceField } from '../../../shared/fields/kinds';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { chosenMembersField, readChosenMembers } from '../../../shared/fields/member';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import type { CustomerGroupRowStyle } from './row';
import { entryRow, goneRow, listedGroupRow } from './row';

const ownersScope = choiceField({
	displayName: 'Owners',
	name: 'ownerScope',
	options: [
		{
			name: 'All Members',
			value: 'all',
			description:
				'Every member whom the app can see, without those who have left. WeCom refuses this above 1,000 members.',
		},
		{
			name: 'Selected Members',
			value: 'chosen',
			description: 'Also members who have left the company',
		},
	],
	default: 'all',
	description: 'Whose customer groups to list',
});

const statusField = choiceField({
	displayName: 'Status',
	name: 'status',
	options: [
		{ name: 'Any', value: 0 },
		{ name: 'Being Inherited', value: 2 },
		{ name: 'Inherited', value: 3 },
		{ name: 'Owner Left', value: 1 },
	],
	default: 0,
	description: 'Whether the owner has left the company, and whether somebody has taken over',
});

const outputField = choiceField({
	displayName: 'Output',
	name: 'output',
	options: [
		{
			name: 'Details',
			value: 'details',
			description:
				'Also name, owner and number of members, with one more request per group. Simplified, the members themselves are left out: Get has them.',
		},
		{ name: 'IDs Only', value: 'ids', description: 'Chat ID and status' },
	],
	default: 'ids',
});

/** Customer groups, of some or all owners. Docs 92120, 92122. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List customer groups',
	description: 'List the customer groups that some or all members own',
	fields: [
		ownersScope,
		chosenMembersField(ownersScope),
		statusField,
		outputField,
		...listFields,
		shownWhen(outputField, ['details'], simplifyField),
		requestOptions,
	],
	execute: perItem(async function* (item, { client, timezone, hint }) {
		const limit = readLimit(item);
		const output = read(item, outputField);
		const status = read(item, statusField);
		const owners = readChosenMembers(item, ownersScope);

		const entries = take(entriesOf(client, { owners, status }, limit), limit);
		if (output === 'ids') {
			for await (const entry of entries) yield entryRow(entry);
		} else {
			const style = { timezone, simple: read(item, simplifyField) };
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
 * Reads the list to its end first, because its cursor may expire before all details are there. So a group may be
 * gone when its turn comes, which must not cost the others.
 */
async function* detailRows(
	client: WeComClient,
	entries: AsyncIterable<CustomerGroupEntry>,
	style: CustomerGroupRowStyle,
	onGone: (chat_id: string) => void,
): AsyncGenerator<IDataObject, void> {
	const listed: CustomerGroupEntry[] = [];
	for await (const entry of entries) listed.push(entry);
	const groups = mapConcurrentlyInOrder(listed, MAX_CONCURRENT_REQUESTS, async (entry) => ({
		entry,
		// Without the members their names are no use.
		group: await getCustomerGroupIfKnown(client, entry.chat_id, { memberNames: !style.simple }),
	}));
	for await (const { entry, group } of groups) {
		if (!group) onGone(entry.chat_id);
		const { status, ...named } = entryRow(entry);
		const details = group ? listedGroupRow(group, style) : goneRow(style);
		yield { ...(style.simple ? named : { ...named, status }), ...details };
	}
}

/** Chat IDs that a hint names. */
const NAMED_IN_HINT = 5;

function goneHint(chatIds: readonly string[]): string {
	const more = chatIds.length > NAMED_IN_HINT ? ', …' : '';
	const ids = chatIds.slice(0, NAMED_IN_HINT).join(', ') + more;
	return chatIds.length === 1
		? `WeCom lists the customer group ${ids} but no longer knows it: its details are null.`
		: `WeCom lists ${chatIds.length} customer groups but no longer knows them: their details are null (${ids}).`;
}
