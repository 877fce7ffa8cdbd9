import { chunk, onlyNew } from '../core/utils';
import type { WeComClient } from '../core/client';
import { customerGroupEndpoints } from './endpoints';
import { UNKNOWN_GROUP } from './errorCodes';
import { asError, WeComApiError } from '../core/errors';
import { GROUP_PAGE, OWNERS_PER_GROUP_LIST } from './limits';
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
				await client.call(customerGroupEndpoints.customerGroups, {
					...filter,
					status_filter: status,
					cursor,
					limit: Math.min(most, GROUP_PAGE),
				}),
			(page) => page.group_chat_list,
		);
		for await (const page of list) yield newOnes(page.group_chat_list ?? []);
	}
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
	return (await client.call(customerGroupEndpoints.customerGroup, request)).group_chat;
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
