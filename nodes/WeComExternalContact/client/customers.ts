import type { WeComClient } from './client';
import { endpoints } from './endpoints';
import { BAD_PARAMETER, NOT_A_CONTACT } from './errcodes';
import { passOn, WeComApiError } from './errors';
import { inLanes } from './lanes';
import { CUSTOMER_PAGE, LANES, MEMBERS_PER_CUSTOMER_BATCH } from './limits';
import { pages } from './pagination';
import type { CustomerOfMember } from './types';

/** User IDs of the members with customer contact whom the app can see (doc 92571). */
export async function listMembers(client: WeComClient): Promise<string[]> {
	return (await client.call(endpoints.members, {})).follow_user ?? [];
}

/** External user IDs of all customers of a member (doc 92113); none is an empty list. */
export async function listCustomerIds(client: WeComClient, userid: string): Promise<string[]> {
	try {
		return (await client.call(endpoints.customerIds, { userid })).external_userid ?? [];
	} catch (error) {
		// A member without customers is answered with this code instead of an empty list (W 6.2).
		if (error instanceof WeComApiError && error.errcode === NOT_A_CONTACT) return [];
		throw passOn(error);
	}
}

/**
 * All customers of the members with details, one row per member and customer, in the fewest calls: 100 members
 * and 100 rows a page.
 *
 * @param ordered fetch page after page, so that a caller who stops early has not asked for more than it used;
 * else several groups of members are read at the same time
 */
export async function* listCustomers(
	client: WeComClient,
	userids: readonly string[],
	ordered: boolean,
): AsyncGenerator<CustomerOfMember[], void> {
	const groups = chunk(userids, MEMBERS_PER_CUSTOMER_BATCH);
	if (ordered || groups.length === 1) {
		for (const group of groups) yield* customersOfGroup(client, group);
		return;
	}
	yield* await inLanes(groups, LANES, async (group) => {
		const rows: CustomerOfMember[] = [];
		for await (const page of customersOfGroup(client, group)) rows.push(...page);
		return rows;
	});
}

async function* customersOfGroup(
	client: WeComClient,
	userids: readonly string[],
): AsyncGenerator<CustomerOfMember[], void> {
	let started = false;
	try {
		const list = pages(
			endpoints.customersByMember.path,
			async (cursor) =>
				await client.call(endpoints.customersByMember, {
					userid_list: [...userids],
					cursor,
					limit: CUSTOMER_PAGE,
				}),
		);
		for await (const page of list) {
			started = true;
			yield page.external_contact_list ?? [];
		}
	} catch (error) {
		if (started || !(error instanceof WeComApiError)) throw passOn(error);
		const noCustomers = error.errcode === NOT_A_CONTACT;
		if (userids.length === 1) {
			if (noCustomers) return;
			throw passOn(error);
		}
		// WeCom may refuse the number of members, or all of them for the sake of one: ask for fewer at a time.
		if (!noCustomers && error.errcode !== BAD_PARAMETER) throw passOn(error);
		const half = Math.ceil(userids.length / 2);
		yield* customersOfGroup(client, userids.slice(0, half));
		yield* customersOfGroup(client, userids.slice(half));
	}
}

export function chunk<T>(values: readonly T[], size: number): T[][] {
	const chunks: T[][] = [];
	for (let start = 0; start < values.length; start += size) {
		chunks.push(values.slice(start, start + size));
	}
	return chunks;
}
