import { chunk } from '../core/utils';
import type { WeComClient } from '../core/client';
import { customerEndpoints } from './endpoints';
import { BAD_PARAMETER } from '../core/errorCodes';
import { NOT_A_CONTACT, REFUSED_MEMBER } from './errorCodes';
import { asError, WeComApiError } from '../core/errors';
import { mapConcurrentlyInOrder } from '../core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { CUSTOMER_PAGE, MEMBERS_PER_CUSTOMER_BATCH } from './limits';
import { memberKey } from './members';
import { pages } from '../core/pagination';
import type { CustomerOfMember, ExternalContact, FollowUser } from './types';

/** User IDs of the members with customer contact whom the app can see (doc 92571). */
export async function listMembers(client: WeComClient): Promise<string[]> {
	return (await client.call(customerEndpoints.members, {})).follow_user ?? [];
}

/** External user IDs of all customers of a member (doc 92113); none is an empty list. */
export async function listCustomerIds(client: WeComClient, userid: string): Promise<string[]> {
	try {
		return (await client.call(customerEndpoints.customerIds, { userid })).external_userid ?? [];
	} catch (error) {
		// A member without customers is answered with this code instead of an empty list (doc 92113).
		if (error instanceof WeComApiError && error.errcode === NOT_A_CONTACT) return [];
		throw await namingMembers(client, [userid], error);
	}
}

/** WeCom refuses a list because of one member and does not say which. */
async function namingMembers(
	client: WeComClient,
	userids: readonly string[],
	error: unknown,
): Promise<Error> {
	if (!(error instanceof WeComApiError) || !REFUSED_MEMBER.has(error.errcode))
		return asError(error);
	const members = userids.length === 1 ? [] : await listMembers(client);
	const known = new Set(members.map(memberKey));
	const strangers = userids.filter((userid) => !known.has(memberKey(userid)));
	return strangers.length === 0 ? error : error.about(strangers.join(', '));
}

export interface CustomerWithMembers {
	readonly external_contact: ExternalContact;
	/** Every member the app can see who has the customer. */
	readonly follow_user: readonly FollowUser[];
}

/** A customer with all members who have it, of all pages: WeCom gives 500 members at a time (doc 92114). */
export async function getCustomer(
	client: WeComClient,
	external_userid: string,
): Promise<CustomerWithMembers> {
	const members: FollowUser[] = [];
	let contact: ExternalContact | undefined;
	const list = pages(
		customerEndpoints.customer.path,
		async (cursor) =>
			await client.call(customerEndpoints.customer, {
				external_userid,
				cursor: cursor || undefined,
			}),
		(page) => page.follow_user,
	);
	for await (const { external_contact, follow_user } of list) {
		contact ??= external_contact;
		members.push(...(follow_user ?? []));
	}
	return { external_contact: contact ?? { external_userid }, follow_user: members };
}

/**
 * All customers of the members with details, one row per member and customer, in the fewest calls: 100 members
 * and 100 rows a page.
 *
 * @param options.ordered fetch page after page, so that a caller who stops early has not asked for more than it
 * used; else several groups of members are read at the same time
 * @param options.keep rows it refuses are forgotten at once
 */
export async function* listCustomers(
	client: WeComClient,
	userids: readonly string[],
	{ ordered, keep }: { ordered: boolean; keep?: (row: CustomerOfMember) => boolean },
): AsyncGenerator<CustomerOfMember[], void> {
	const groups = chunk(userids, MEMBERS_PER_CUSTOMER_BATCH);
	if (ordered || groups.length === 1) {
		for (const group of groups) {
			for await (const page of customersOfGroup(client, group)) yield kept(page, keep);
		}
		return;
	}
	yield* mapConcurrentlyInOrder(groups, MAX_CONCURRENT_REQUESTS, async (group) => {
		const rows: CustomerOfMember[] = [];
		for await (const page of customersOfGroup(client, group)) rows.push(...kept(page, keep));
		return rows;
	});
}

function kept<T>(rows: T[], keep: ((row: T) => boolean) | undefined): T[] {
	return keep ? rows.filter(keep) : rows;
}

/** WeCom may refuse the number of members, or all of them for the sake of one: then fewer are asked for at a time. */
export function mayPassWithFewer({ errcode }: WeComApiError): boolean {
	return errcode === NOT_A_CONTACT || errcode === BAD_PARAMETER;
}

async function* customersOfGroup(
	client: WeComClient,
	userids: readonly string[],
): AsyncGenerator<CustomerOfMember[], void> {
	let started = false;
	try {
		const list = pages(
			customerEndpoints.customersByMember.path,
			async (cursor) =>
				await client.call(customerEndpoints.customersByMember, {
					userid_list: [...userids],
					cursor,
					limit: CUSTOMER_PAGE,
				}),
			(page) => page.external_contact_list,
		);
		for await (const page of list) {
			started = true;
			yield page.external_contact_list ?? [];
		}
	} catch (error) {
		if (started) throw await namingMembers(client, userids, error);
		if (!(error instanceof WeComApiError)) throw asError(error);
		const noCustomers = error.errcode === NOT_A_CONTACT;
		if (userids.length === 1) {
			if (noCustomers) return;
			throw await namingMembers(client, userids, error);
		}
		if (!mayPassWithFewer(error)) throw await namingMembers(client, userids, error);
		const half = Math.ceil(userids.length / 2);
		yield* customersOfGroup(client, userids.slice(0, half));
		yield* customersOfGroup(client, userids.slice(half));
	}
}
