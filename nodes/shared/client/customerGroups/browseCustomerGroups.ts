import type { WeComClient } from '../core/client';
import { mapConcurrently } from '../core/concurrency';
import type { Portion } from '../core/pagination';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { getCustomerGroupIfKnown, listCustomerGroups, readGroupPage } from './customerGroups';

export interface NamedCustomerGroup {
	readonly chat_id: string;
	readonly name: string;
	readonly owner?: string;
}

/** Customer groups to name per portion: the list has no names, so each name costs a call. */
const GROUPS_PER_PORTION = 20;

/** Customer groups with their names (docs 92120, 92122), starting at the cursor. The first cursor is empty. */
export async function browseCustomerGroups(
	client: WeComClient,
	cursor: string,
): Promise<Portion<NamedCustomerGroup, string>> {
	const page = await readGroupPage(client, {
		status_filter: 0,
		limit: GROUPS_PER_PORTION,
		cursor,
	});
	const entries = await mapConcurrently(
		page.entries,
		MAX_CONCURRENT_REQUESTS,
		async ({ chat_id }) => await nameGroup(client, chat_id),
	);
	return { entries, next: page.next_cursor || undefined };
}

/**
 * An owner's customer groups with their names, or those of all owners whom the app sees.
 *
 * @param most maximum number of groups to name, because each costs a call
 */
export async function customerGroupsOf(
	client: WeComClient,
	owner: string | undefined,
	most: number,
): Promise<{ groups: NamedCustomerGroup[]; complete: boolean }> {
	const ids: string[] = [];
	// One extra shows whether there are more.
	const owners = owner === undefined ? undefined : [owner];
	for await (const page of listCustomerGroups(client, { owners, status: 0 }, most + 1)) {
		ids.push(...page.map(({ chat_id }) => chat_id));
		if (ids.length > most) break;
	}
	const groups = await mapConcurrently(
		ids.slice(0, most),
		MAX_CONCURRENT_REQUESTS,
		async (chat_id) => await nameGroup(client, chat_id),
	);
	return { groups, complete: ids.length <= most };
}

/** A group dissolved in the meantime must not keep the others from being shown. */
async function nameGroup(client: WeComClient, chat_id: string): Promise<NamedCustomerGroup> {
	const group = await getCustomerGroupIfKnown(client, chat_id, { memberNames: false });
	return { chat_id, name: group?.name ?? '', owner: group?.owner };
}
