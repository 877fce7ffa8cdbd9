import type { WeComClient } from '../core/client';
import { mapConcurrentlyInOrder } from '../core/concurrency';
import { asError, WeComApiError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import type { Audience } from './audience';
import { listCustomerIds, listCustomers } from './customers';
import { NO_LICENSE } from './errorCodes';
import type { TagExclusion } from './exclusion';
import { memberKey } from './members';
import { UNLICENSED } from './notices';
import type { SenderRule } from './senderRule';
import { chooseSender } from './senderRule';
import type { CustomerOfMember } from './types';

/** Which members' customers to read, and which of them to return. */
export interface CustomerQuery {
	readonly client: WeComClient;
	readonly members: readonly string[];
	/** These are all members whom the app sees. */
	readonly everyMember: boolean;
	readonly audience: Audience;
	/** What the run knows of excluded tags. */
	readonly exclusion: TagExclusion;
}

/** Whether details are needed to know who is in the audience. */
export function needsDetails({ audience: { byRow, excludedTags } }: CustomerQuery): boolean {
	return byRow !== undefined || excludedTags !== undefined;
}

/** Pages of one row per member and customer. With a limit, no more is read than the rows up to it need. */
export async function* queryCustomers(
	query: CustomerQuery,
	limit: number,
): AsyncGenerator<CustomerOfMember[], void> {
	const ordered = limit !== Infinity;
	const { excludedTags } = query.audience;
	if (excludedTags === undefined) {
		const keep = rowTest(query.audience);
		yield* listCustomers(query.client, query.members, { ordered, keep });
		return;
	}
	let left = limit;
	let pages = 0;
	const waiting: CustomerOfMember[] = [];
	for await (const page of readLearning(query, ordered)) {
		pages++;
		waiting.push(...page);
		// To ask for each of them should cost no more than what was read.
		while (waiting.length >= left && pages >= left) {
			const rows = await withoutExcluded(query, waiting.splice(0, left), { oneByOne: true });
			left -= rows.length;
			yield rows;
		}
	}
	yield await withoutExcluded(query, waiting);
}

/** Rows that pass the other filters, while the tags of all rows are learned. */
async function* readLearning(
	{ client, members, everyMember, audience, exclusion }: CustomerQuery,
	ordered: boolean,
): AsyncGenerator<CustomerOfMember[], void> {
	const passes = rowTest(audience) ?? (() => true);
	const keep = (row: CustomerOfMember) => {
		exclusion.learn(row);
		return passes(row);
	};
	yield* listCustomers(client, members, { ordered, keep });
	exclusion.learnedAll(members, { everyMember });
}

async function withoutExcluded(
	{ audience: { excludedTags = [] }, exclusion }: CustomerQuery,
	rows: CustomerOfMember[],
	options: { readonly oneByOne?: boolean } = {},
): Promise<CustomerOfMember[]> {
	const customers = rows.map(({ external_contact }) => external_contact.external_userid);
	const excluded = await exclusion.find({ tagIds: excludedTags, customers, ...options });
	return rows.filter(({ external_contact }) => !excluded.has(external_contact.external_userid));
}

function rowTest({ byId, byRow }: Audience): ((row: CustomerOfMember) => boolean) | undefined {
	return byRow ?? (byId && (({ external_contact }) => byId(external_contact.external_userid)));
}

/** A customer once, with all listed members who have them as a contact. */
export interface CustomerOnce {
	readonly external_userid: string;
	/** The member who should write; null where WeCom names none. */
	readonly sender: string | null;
	/** All rows of the customer, also of members with whom the customer does not pass the filters. */
	readonly rows: readonly [CustomerOfMember, ...CustomerOfMember[]];
}

/**
 * The customers who pass the filters with at least one of the members. The sender is one of those with whom the customer
 * passes. Everything is read before the first is yielded: the last page may still add another member of a customer.
 */
export async function* queryCustomersOnce(
	query: CustomerQuery,
	rule: SenderRule,
): AsyncGenerator<CustomerOnce, void> {
	const { audience, exclusion } = query;
	const passes = rowTest(audience) ?? (() => true);
	const found = new Map<string, [CustomerOfMember, ...CustomerOfMember[]]>();
	const withoutFilters = { ...query, audience: {} };
	const reading =
		audience.excludedTags === undefined
			? listCustomers(query.client, query.members, { ordered: false })
			: readLearning(withoutFilters, false);
	for await (const page of reading) {
		for (const row of page) {
			const { external_userid } = row.external_contact;
			const earlier = found.get(external_userid);
			if (earlier) earlier.push(row);
			else found.set(external_userid, [row]);
		}
	}
	for (const [external_userid, rows] of found) {
		if (!rows.some(passes)) found.delete(external_userid);
	}
	const { excludedTags } = audience;
	const excluded =
		excludedTags && (await exclusion.find({ tagIds: excludedTags, customers: [...found.keys()] }));
	const senderOf = chooseSender(rule, query.members);
	for (const [external_userid, rows] of found) {
		const [first, ...others] = rows.filter(passes).map(({ follow_info }) => follow_info);
		if (!first || excluded?.has(external_userid)) continue;
		const { userid: sender = null } = senderOf([first, ...others]);
		yield { external_userid, sender, rows };
	}
}

/** Null when WeCom doesn't say which member. */
export type IdsOfMember = readonly [userid: string | null, ids: readonly string[]];
type FoundIds = [userid: string | null, ids: string[]];

/**
 * Without a filter that needs details, one call per member is enough.
 *
 * @throws WeComApiError for a missing license only if none of the members has one; otherwise those without one have no
 * IDs, and the client's notices report it
 */
export async function* queryIdsByMember(
	query: CustomerQuery,
	limit: number,
): AsyncGenerator<IdsOfMember, void> {
	const { client, members, audience } = query;
	if (needsDetails(query)) {
		yield* byMember(members, pairsOf(queryCustomers(query, Infinity)));
		return;
	}
	const { byId = () => true } = audience;
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
				yield [userid, ids.filter(byId)];
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

async function* pairsOf(
	pages: AsyncIterable<CustomerOfMember[]>,
): AsyncGenerator<[userid: string | null, external_userid: string], void> {
	for await (const page of pages) {
		for (const { follow_info, external_contact } of page) {
			yield [follow_info.userid ?? null, external_contact.external_userid];
		}
	}
}

async function* byMember(
	members: readonly string[],
	pairs: AsyncIterable<readonly [userid: string | null, external_userid: string]>,
): AsyncGenerator<IdsOfMember, void> {
	const found = new Map(members.map((userid) => [memberKey(userid), [userid, []] as FoundIds]));
	for await (const [userid, external_userid] of pairs) {
		const key = memberKey(userid ?? '');
		const [, ids] = found.get(key) ?? [userid, []];
		ids.push(external_userid);
		found.set(key, [userid, ids]);
	}
	yield* found.values();
}

/** A customer once, by IDs. */
export interface IdOnce {
	readonly external_userid: string;
	/** The member who should write; null where WeCom names none. */
	readonly sender: string | null;
	readonly userids: ReadonlyArray<string | null>;
}

/** The same customers by IDs. When they were added is among the details; the order of members needs none. */
export async function* queryIdsOnce(
	query: CustomerQuery,
	rule: SenderRule,
): AsyncGenerator<IdOnce, void> {
	if (rule !== 'memberOrder' || needsDetails(query)) {
		for await (const { external_userid, sender, rows } of queryCustomersOnce(query, rule)) {
			const userids = rows.map(({ follow_info }) => follow_info.userid ?? null);
			yield { external_userid, sender, userids };
		}
		return;
	}
	const found = new Map<string, Array<string | null>>();
	for await (const [userid, external_userids] of queryIdsByMember(query, Infinity)) {
		for (const external_userid of external_userids) {
			const userids = found.get(external_userid);
			if (userids) userids.push(userid);
			else found.set(external_userid, [userid]);
		}
	}
	for (const [external_userid, userids] of found) {
		yield { external_userid, sender: userids[0] ?? null, userids };
	}
}

/** The customers of each member to whom this member should write. */
export async function* querySendersByMember(
	query: CustomerQuery,
	rule: SenderRule,
): AsyncGenerator<IdsOfMember, void> {
	yield* byMember(query.members, senders(queryIdsOnce(query, rule)));
}

async function* senders(
	customers: AsyncIterable<IdOnce>,
): AsyncGenerator<readonly [userid: string | null, external_userid: string], void> {
	for await (const { sender, external_userid } of customers) yield [sender, external_userid];
}
