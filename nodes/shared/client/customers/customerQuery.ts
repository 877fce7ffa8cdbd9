import type { WeComClient } from '../core/client';
import { mapConcurrentlyInOrder } from '../core/concurrency';
import { asError, WeComApiError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { listCustomerIds, listCustomers } from './customers';
import { NO_LICENSE } from './errorCodes';
import { memberKey } from './members';
import { UNLICENSED } from './notices';
import type { CustomerOfMember } from './types';

export type CustomerFilter = (row: CustomerOfMember) => boolean;

/** Which members' customers to read, and which of them to return. */
export interface CustomerQuery {
	readonly client: WeComClient;
	readonly members: readonly string[];
	readonly filter: CustomerFilter | undefined;
}

/** One row per member and customer. With a limit, pages are read in order so that none is fetched unnecessarily. */
export async function* queryCustomers(
	{ client, members, filter }: CustomerQuery,
	limit: number,
): AsyncGenerator<CustomerOfMember, void> {
	const ordered = limit !== Infinity;
	for await (const page of listCustomers(client, members, { ordered, keep: filter })) yield* page;
}

/**
 * The customers that pass the filter with any of their members, each with the data kept from all their rows. Everything
 * is read before the first is yielded: the last page may still add another member of a customer.
 */
export async function* queryUniqueCustomers<Kept>(
	{ filter, ...customers }: CustomerQuery,
	keep: (row: CustomerOfMember) => Kept,
): AsyncGenerator<[external_userid: string, kept: [Kept, ...Kept[]]], void> {
	const found = new Map<string, { kept: [Kept, ...Kept[]]; passed: boolean }>();
	for await (const row of queryCustomers({ ...customers, filter: undefined }, Infinity)) {
		const { external_userid } = row.external_contact;
		const passed = !filter || filter(row);
		const earlier = found.get(external_userid);
		if (earlier) {
			earlier.kept.push(keep(row));
			earlier.passed ||= passed;
		} else {
			found.set(external_userid, { kept: [keep(row)], passed });
		}
	}
	for (const [external_userid, { kept, passed }] of found) {
		if (passed) yield [external_userid, kept];
	}
}

/** Null when WeCom doesn't say which member. */
export type IdsOfMember = readonly [userid: string | null, ids: readonly string[]];
type FoundIds = [userid: string | null, ids: string[]];

/**
 * Without a filter, one call per member is enough. A filter needs the details.
 *
 * @throws WeComApiError for a missing license only if none of the members has one; otherwise those without one have no
 * IDs, and the client's notices report it
 */
export async function* queryIdsByMember(
	query: CustomerQuery,
	limit: number,
): AsyncGenerator<IdsOfMember, void> {
	const { client, members, filter } = query;
	if (filter) {
		const found = new Map(members.map((userid) => [memberKey(userid), [userid, []] as FoundIds]));
		for await (const { follow_info, external_contact } of queryCustomers(query, Infinity)) {
			const { userid = null } = follow_info;
			const key = memberKey(userid ?? '');
			const [, ids] = found.get(key) ?? [userid, []];
			ids.push(external_contact.external_userid);
			found.set(key, [userid, ids]);
		}
		yield* found.values();
		return;
	}
	// With a limit, go one at a time, so that no member is requested unnecessarily.
	const lanes = limit === Infinity ? MAX_CONCURRENT_REQUESTS : 1;
	const found = mapConcurrentlyInOrder(members, lanes, async (userid) => ({
		userid,
		ids: await idsOrRefusal(client, userid),
	}));
	const refused: string[] = [];
	let refusal: WeComApiError | undefined;
	let answered = false;
	try {
		for await (const { userid, ids } of found) {
			if (ids instanceof WeComApiError) {
				refusal ??= ids;
				refused.push(userid);
				if (answered) yield [userid, []];
			} else {
				// Whoever was refused so far has no IDs, now that it is known not to be an error.
				if (!answered) for (const earlier of refused) yield [earlier, []];
				answered = true;
				yield [userid, ids];
			}
		}
	} finally {
		if (answered) for (const userid of refused) client.notices.add(UNLICENSED, userid);
	}
	if (refusal && !answered) throw refusal;
}

/** The refusal, if the member has no interworking license. */
async function idsOrRefusal(
	client: WeComClient,
	userid: string,
): Promise<string[] | WeComApiError> {
	try {
		return await listCustomerIds(client, userid);
	} catch (error) {
		if (isWithoutLicense(error)) return error;
		throw asError(error);
	}
}

/** WeCom gives the customers of none of the members asked for, because none has an interworking license. */
export function isWithoutLicense(error: unknown): error is WeComApiError {
	return error instanceof WeComApiError && NO_LICENSE.has(error.errcode);
}

/** The same data by customer: the members of each. All members are read first. */
export async function* queryMembersById(
	query: CustomerQuery,
): AsyncGenerator<[external_userid: string, userids: Array<string | null>], void> {
	const found = new Map<string, Array<string | null>>();
	for await (const [userid, external_userids] of queryIdsByMember(query, Infinity)) {
		for (const external_userid of external_userids) {
			const userids = found.get(external_userid);
			if (userids) userids.push(userid);
			else found.set(external_userid, [userid]);
		}
	}
	yield* found;
}
