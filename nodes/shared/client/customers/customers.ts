import { chunk, listed, onlyNew, withNumbers } from '../core/utils';
import type { WeComClient } from '../core/client';
import type { Endpoint } from '../core/endpoint';
import { customerEndpoints } from './endpoints';
import { BAD_PARAMETER } from '../core/errorCodes';
import { NO_LICENSE, NOT_A_CONTACT, REFUSED_MEMBER } from './errorCodes';
import { asError, WeComApiError } from '../core/errors';
import { mapConcurrentlyInOrder } from '../core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { readCustomerBatch, withContactNumbers, withTime } from './customerBatch';
import { MEMBERS_PER_CUSTOMER_BATCH } from './limits';
import { distinctMembers, memberKey } from './members';
import { UNLICENSED } from './notices';
import { pages } from '../core/pagination';
import type { CustomerOfMember, ExternalContact, FollowUser } from './types';

/** User IDs of the members with customer contact whom the app can see (doc 92571). */
export async function listMembers(client: WeComClient): Promise<string[]> {
	const { follow_user } = await client.call(customerEndpoints.members, {});
	return distinctMembers(idsIn(follow_user));
}

/** An empty ID names nobody. */
function idsIn(list: readonly string[] = []): string[] {
	return list.map(String).filter((id) => id !== '');
}

/** External user IDs of all customers of a member (doc 92113); an empty list if there are none. */
export async function listCustomerIds(client: WeComClient, userid: string): Promise<string[]> {
	try {
		const { external_userid } = await client.call(customerEndpoints.customerIds, { userid });
		return [...new Set(idsIn(external_userid))];
	} catch (error) {
		// For a member without customers, WeCom returns this code instead of an empty list (doc 92113).
		if (error instanceof WeComApiError && error.errcode === NOT_A_CONTACT) return [];
		throw await namingMembers(client, [userid], error);
	}
}

/** WeCom refuses a list because of one member without saying which. This names the suspects. */
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
	/** Every member visible to the app who has the customer as a contact. */
	readonly follow_user: readonly FollowUser[];
}

/**
 * A customer with every member who has them as a contact, across all pages: WeCom returns 500 members at a time (doc
 * 92114).
 */
export async function getCustomer(
	client: WeComClient,
	external_userid: string,
): Promise<CustomerWithMembers> {
	const members: FollowUser[] = [];
	const newOnes = onlyNew(({ userid }: FollowUser) => userid && memberKey(userid));
	let contact: Partial<ExternalContact> | undefined;
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
		contact ??= withContactNumbers(external_contact);
		members.push(...newOnes((follow_user ?? []).map(withTime).map(withTagNumbers)));
	}
	return { external_contact: { external_userid, ...contact }, follow_user: members };
}

function withTagNumbers(follow: FollowUser): FollowUser {
	const { tags } = follow;
	return tags ? { ...follow, tags: tags.map((tag) => withNumbers(tag, 'type')) } : follow;
}

interface ListCustomersOptions {
	readonly ordered: boolean;
	readonly keep?: (row: CustomerOfMember) => boolean;
	/** Returns false to end the list where it is. */
	readonly beforePage?: () => boolean;
}

/**
 * All customers of the members with details, one row per member and customer, in the fewest calls: 100 members and 100
 * rows per page.
 *
 * @param options.ordered fetch pages sequentially, so that a caller who stops early has requested no more than it used;
 * otherwise more than 100 members are read in groups, several at a time, which takes at most a page more per group
 * @param options.keep rows it rejects are dropped immediately
 * @param options.beforePage asked before each page
 * @throws WeComApiError for a missing license only if WeCom returns no member's customers; otherwise the client's
 * notices report it
 */
export async function* listCustomers(
	client: WeComClient,
	userids: readonly string[],
	{ ordered, keep, beforePage }: ListCustomersOptions,
): AsyncGenerator<CustomerOfMember[], void> {
	const reading: Reading = { client, answered: false, unlicensed: [], beforePage };
	try {
		for await (const page of readGroups(reading, userids, ordered)) {
			yield keep ? page.filter(keep) : page;
		}
	} finally {
		if (reading.answered) {
			for (const userid of reading.unlicensed) client.notices.add(UNLICENSED, userid);
		}
	}
	if (reading.refusal && !reading.answered) throw reading.refusal;
}

/** Progress of reading a list. */
interface Reading {
	readonly client: WeComClient;
	/** WeCom has returned data for some members. */
	answered: boolean;
	/** Members of batches in which nobody has a license. Reported as a notice if WeCom returns data for others. */
	readonly unlicensed: string[];
	refusal?: WeComApiError;
	readonly beforePage?: () => boolean;
}

async function* readGroups(
	reading: Reading,
	userids: readonly string[],
	ordered: boolean,
): AsyncGenerator<CustomerOfMember[], void> {
	const largest = chunk(userids, MEMBERS_PER_CUSTOMER_BATCH);
	if (ordered || largest.length === 1) {
		for (const group of largest) yield* customersOfGroup(reading, group);
		return;
	}
	yield* mapConcurrentlyInOrder(groupsForLanes(userids), MAX_CONCURRENT_REQUESTS, async (group) => {
		const rows: CustomerOfMember[] = [];
		for await (const page of customersOfGroup(reading, group)) rows.push(...page);
		return rows;
	});
}

/** Members in groups of the same size, in such a number that no lane runs out of work: 200 are 4 groups of 50. */
function groupsForLanes(userids: readonly string[]): string[][] {
	const rounds = Math.ceil(userids.length / (MEMBERS_PER_CUSTOMER_BATCH * MAX_CONCURRENT_REQUESTS));
	return chunk(userids, Math.ceil(userids.length / (rounds * MAX_CONCURRENT_REQUESTS)));
}

/**
 * WeCom may reject the number of members, or reject them all because of one. Retrying with fewer at a time can help.
 */
export function mayPassWithFewer({ errcode }: WeComApiError): boolean {
	return errcode === NOT_A_CONTACT || errcode === BAD_PARAMETER;
}

async function* customersOfGroup(
	reading: Reading,
	userids: readonly string[],
): AsyncGenerator<CustomerOfMember[], void> {
	const { client, beforePage = () => true } = reading;
	if (!beforePage()) return;
	let started = false;
	try {
		const newOnes = onlyNew(pairOf);
		const list = pages(
			customerEndpoints.customersByMember.path,
			async (cursor) => await readCustomerBatch(client, userids, cursor),
			({ rows }) => rows,
		);
		for await (const { rows, next_cursor } of list) {
			started = true;
			reading.answered = true;
			yield newOnes(rows);
			if (next_cursor && !beforePage()) return;
		}
	} catch (error) {
		if (started) throw await namingMembers(client, userids, error);
		if (!(error instanceof WeComApiError)) throw asError(error);
		if (NO_LICENSE.has(error.errcode)) {
			reading.refusal ??= error;
			reading.unlicensed.push(...userids);
			return;
		}
		const noCustomers = error.errcode === NOT_A_CONTACT;
		if (userids.length === 1) {
			if (!noCustomers) throw await namingMembers(client, userids, error);
			reading.answered = true;
			return;
		}
		if (!mayPassWithFewer(error)) throw await namingMembers(client, userids, error);
		const half = Math.ceil(userids.length / 2);
		yield* customersOfGroup(reading, userids.slice(0, half));
		yield* customersOfGroup(reading, userids.slice(half));
	}
}

/** Undefined where WeCom does not name the member: two such rows may be of two members. */
function pairOf({ external_contact, follow_info }: CustomerOfMember): string | undefined {
	const { userid } = follow_info;
	return userid && `${memberKey(userid)} ${external_contact.external_userid}`;
}

/** What a request changes in one member's relation to a customer. */
interface PairRequest {
	readonly userid: string;
	readonly external_userid: string;
}

/** Changes a member's relation to a customer. If there is none, the error names the members who have the customer. */
export async function changeRelation<Request extends PairRequest>(
	client: WeComClient,
	endpoint: Endpoint<Request, object>,
	request: Request,
): Promise<void> {
	try {
		await client.call(endpoint, request);
	} catch (error) {
		throw await namingOwners(client, request, error);
	}
}

/** WeCom says that the member doesn't have this customer, but not who does. One more call may tell; it may fail too. */
export async function namingOwners(
	client: WeComClient,
	{ userid, external_userid }: PairRequest,
	error: unknown,
): Promise<Error> {
	if (!(error instanceof WeComApiError) || error.errcode !== NOT_A_CONTACT) return asError(error);
	try {
		const { follow_user } = await client.attempt(customerEndpoints.customer, { external_userid });
		const owners = distinctMembers((follow_user ?? []).flatMap((follow) => follow.userid ?? []));
		const others = owners.filter((owner) => memberKey(owner) !== memberKey(userid));
		if (others.length === 0) return error;
		return error.advising(`The customer is a contact of ${listed(others)}.`);
	} catch {
		return error;
	}
}
