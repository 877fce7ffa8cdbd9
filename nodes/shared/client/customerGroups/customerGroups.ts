import { chunk, onlyNew, withNumbers } from '../core/utils';
import type { WeComClient } from '../core/client';
import { customerGroupEndpoints } from './endpoints';
import { UNKNOWN_GROUP } from './errorCodes';
import { asError, WeComApiError } from '../core/errors';
import { GROUP_PAGE, OWNERS_PER_GROUP_LIST } from './limits';
import { WITHOUT_ID } from '../core/notices';
import type { PagedResponse } from '../core/pagination';
import { pages } from '../core/pagination';
import type { CustomerGroup, CustomerGroupEntry, CustomerGroupListRequest } from './types';

export interface CustomerGroupFilter {
	/** Undefined means every owner the app can see, if WeCom can list that many (81017). */
	readonly owners?: readonly string[];
	readonly status: NonNullable<CustomerGroupListRequest['status_filter']>;
}

/**
 * The customer groups, page by page, each once (doc 92120). Owners are sent in batches of 100.
 *
 * @param most how many the caller wants, so that no page is larger than needed
 */
export async function* listCustomerGroups(
	client: WeComClient,
	{ owners, status }: CustomerGroupFilter,
	most = Infinity,
): AsyncGenerator<CustomerGroupEntry[], void> {
	const filters = owners
		? chunk(owners, OWNERS_PER_GROUP_LIST).map((userid_list) => ({ owner_filter: { userid_list } }))
		: [{}];
	const newOnes = onlyNew(({ chat_id }: CustomerGroupEntry) => chat_id);
	for (const filter of filters) {
		const list = pages(
			customerGroupEndpoints.customerGroups.path,
			async (cursor) =>
				await readGroupPage(client, {
					...filter,
					status_filter: status,
					cursor,
					limit: Math.min(most, GROUP_PAGE),
				}),
			({ entries }) => entries,
		);
		for await (const { entries } of list) yield newOnes(entries);
	}
}

export interface CustomerGroupPage extends PagedResponse {
	readonly entries: CustomerGroupEntry[];
}

/** A page of the list (doc 92120). Groups without an ID are among the client's notices. */
export async function readGroupPage(
	client: WeComClient,
	request: CustomerGroupListRequest,
): Promise<CustomerGroupPage> {
	const { group_chat_list = [], next_cursor } = await client.call(
		customerGroupEndpoints.customerGroups,
		request,
	);
	const entries: CustomerGroupEntry[] = [];
	for (const { chat_id, ...rest } of group_chat_list) {
		if (chat_id) entries.push(withNumbers({ chat_id, ...rest }, 'status'));
		else client.notices.add(WITHOUT_ID, 'customer group');
	}
	return { entries, next_cursor };
}

/**
 * One customer group with its members (doc 92122).
 *
 * @param options.memberNames whether to include the members' names
 */
export async function getCustomerGroup(
	client: WeComClient,
	chat_id: string,
	{ memberNames }: { readonly memberNames: boolean } = { memberNames: true },
): Promise<CustomerGroup> {
	const request = { chat_id, ...(memberNames && { need_name: 1 as const }) };
	const { group_chat } = await client.call(customerGroupEndpoints.customerGroup, request);
	const { member_list } = group_chat;
	return {
		chat_id,
		...group_chat,
		...(member_list && {
			member_list: member_list.map((member) => withNumbers(member, 'type', 'join_scene')),
		}),
	};
}

/** Undefined for a group that WeCom doesn't know, such as one dissolved since it was listed. */
export async function getCustomerGroupIfKnown(
	...[client, chat_id, options]: Parameters<typeof getCustomerGroup>
): Promise<CustomerGroup | undefined> {
	try {
		return await getCustomerGroup(client, chat_id, options);
	} catch (error) {
		if (error instanceof WeComApiError && UNKNOWN_GROUP.has(error.errcode)) return undefined;
		throw asError(error);
	}
}
