import { chunk } from '../core/utils';
import type { WeComClient } from '../core/client';
import { endpoints } from '../endpoints';
import { UNKNOWN_GROUP } from '../core/errorCodes';
import { asError, WeComApiError } from '../core/errors';
import { GROUP_PAGE, OWNERS_PER_GROUP_LIST } from '../core/settings';
import { pages } from '../core/pagination';
import type { CustomerGroup, CustomerGroupEntry, CustomerGroupListRequest } from '../types';

export interface CustomerGroupFilter {
	/** Undefined: every owner the app can see, as far as WeCom lists so many (81017). */
	readonly owners?: readonly string[];
	readonly status: NonNullable<CustomerGroupListRequest['status_filter']>;
}

/**
 * The customer groups, page by page (doc 92120). Owners are asked for 100 at a time; a group has one owner, so
 * none comes twice.
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
	for (const filter of filters) {
		const list = pages(
			endpoints.customerGroups.path,
			async (cursor) =>
				await client.call(endpoints.customerGroups, {
					...filter,
					status_filter: status,
					cursor,
					limit: Math.min(most, GROUP_PAGE),
				}),
		);
		for await (const page of list) yield page.group_chat_list ?? [];
	}
}

/** One customer group with its members and their names (doc 92122). */
export async function getCustomerGroup(
	client: WeComClient,
	chat_id: string,
): Promise<CustomerGroup> {
	return (await client.call(endpoints.customerGroup, { chat_id, need_name: 1 })).group_chat;
}

/** Undefined for a group that WeCom does not know, such as one dissolved since it was listed. */
export async function getCustomerGroupIfKnown(
	client: WeComClient,
	chat_id: string,
): Promise<CustomerGroup | undefined> {
	try {
		return await getCustomerGroup(client, chat_id);
	} catch (error) {
		if (error instanceof WeComApiError && UNKNOWN_GROUP.has(error.errcode)) return undefined;
		throw asError(error);
	}
}
