import type { WeComClient } from '../core/client';
import { mapConcurrently, Turns } from '../core/concurrency';
import { asError, WeComApiError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { getCustomer, listCustomers, listMembers } from './customers';
import { NOBODYS_CUSTOMER } from './errorCodes';
import { MEMBERS_PER_CUSTOMER_BATCH } from './limits';
import { memberKey } from './members';
import { READ_FOR_TAGS, TAGS_UNCHECKED, UNLICENSED } from './notices';
import type { CustomerOfMember } from './types';

/** Which tags to look for, with whom, and under which members. */
export interface TagSearch {
	/** Corp tags and strategy tags, by their IDs; `'any'` for every one. Personal tags have no IDs. */
	readonly tagIds: readonly string[] | 'any';
	/** Undefined for all customers of the members. */
	readonly customers?: readonly string[];
	/** Members whose tags count. Undefined for every member whom the app sees. */
	readonly onlyAsSeenBy?: readonly string[];
	/** Asks for each customer who is not known, because the caller reads pages itself. */
	readonly oneByOne?: boolean;
}

/** A tag that was looked for, and the member who gave it; null where WeCom does not name the member. */
export interface FoundTag {
	readonly tag_id: string;
	readonly userid: string | null;
}

/** A search, and the customers about whom it knows nothing certain. */
interface OpenSearch {
	readonly search: TagSearch;
	readonly open: Set<string>;
}

/**
 * Finds customers who have one of some tags with any of their members, as far as the app sees them.
 *
 * WeCom keeps tags by member and customer, and has no call that finds customers by a tag. There are two ways to know:
 * `batch/get_by_user` for all members, or `externalcontact/get` for each customer. The search takes the way with fewer
 * calls. Where nobody can know before, it reads pages as long as these are fewer than the customers that are still
 * open, then asks for each of those: at most twice as many calls as the better way. Nothing is read twice, so one
 * instance should serve a whole run, and many customers are better asked for at once than one by one.
 */
export class TagExclusion {
	/** What is known: by customer, by tag, the members who gave it. */
	private readonly tags = new Map<string, Map<string, Array<string | null>>>();
	/** Members all of whose customers are known. */
	private readonly readMembers = new Set<string>();
	/** Customers who are known with all members. */
	private readonly readCustomers = new Set<string>();
	private readonly turns = new Turns();
	private members?: readonly string[];
	private requests = 0;

	constructor(private readonly client: WeComClient) {}

	/** Requests made so far, without those that were sent again. */
	get calls(): number {
		return this.requests;
	}

	/** Takes over what the caller has read anyway. */
	learn({ external_contact, follow_info }: CustomerOfMember): void {
		const { userid = null, tag_id = [] } = follow_info;
		for (const tag of tag_id) this.add(external_contact.external_userid, tag, userid);
	}

	/** The caller has read all customers of these members, and passed every row to `learn`. */
	learnedAll(userids: readonly string[], { everyMember = false } = {}): void {
		for (const userid of userids) this.readMembers.add(memberKey(userid));
		if (everyMember) this.members = userids;
	}

	/**
	 * The customers who have one of the tags, each with the first one found.
	 *
	 * @throws WeComApiError and the other errors of a call: a customer whose tags can't be read must not count as one
	 * without
	 */
	async find(search: TagSearch): Promise<Map<string, FoundTag>> {
		return await this.turns.take('read', async () => {
			const before = this.requests;
			if (search.tagIds.length > 0) await this.read(search);
			if (!search.onlyAsSeenBy) {
				for (let call = before; call < this.requests; call++) {
					this.client.notices.add(READ_FOR_TAGS, 'request');
				}
			}
			return this.known(search);
		});
	}

	private known({ tagIds, customers, onlyAsSeenBy }: TagSearch): Map<string, FoundTag> {
		const seers = onlyAsSeenBy && new Set(onlyAsSeenBy.map(memberKey));
		const found = new Map<string, FoundTag>();
		for (const customer of customers ?? this.tags.keys()) {
			const first = firstTag(this.tags.get(customer), tagIds, seers);
			if (first) found.set(customer, first);
		}
		return found;
	}

	private async read(search: TagSearch): Promise<void> {
		const { customers, onlyAsSeenBy } = search;
		if (!customers) {
			await this.readPages(this.unread(onlyAsSeenBy ?? (await this.allMembers())));
			this.tellUnchecked(onlyAsSeenBy);
			return;
		}
		const found = this.known(search);
		const open = new Set(customers.filter((id) => !found.has(id) && !this.readCustomers.has(id)));
		if (open.size === 0) return;
		if (await this.readByMember(search, open)) this.tellUnchecked(onlyAsSeenBy);
		else
			await mapConcurrently(
				[...open],
				MAX_CONCURRENT_REQUESTS,
				async (id) => await this.readOne(id),
			);
	}

	/**
	 * Reads the customers of the members, where that takes fewer requests than the open customers one by one.
	 *
	 * @returns whether this has answered for all open customers
	 */
	private async readByMember(search: TagSearch, open: Set<string>): Promise<boolean> {
		const { onlyAsSeenBy, oneByOne } = search;
		// To list the members is one call, and their pages are at least another.
		const listingCosts = !onlyAsSeenBy && !this.members;
		if (oneByOne || (listingCosts && open.size <= 2)) return false;
		const members = this.unread(onlyAsSeenBy ?? (await this.allMembers()));
		if (members.length === 0) return true;
		if (open.size <= Math.ceil(members.length / MEMBERS_PER_CUSTOMER_BATCH)) return false;
		return await this.readPages(members, { search, open });
	}

	private async allMembers(): Promise<readonly string[]> {
		if (!this.members) {
			this.requests++;
			this.members = await listMembers(this.client);
		}
		return this.members;
	}

	/** Members without a license are read as if they had no customers. Asking for a customer by ID shows all their tags. */
	private tellUnchecked(onlyAsSeenBy: readonly string[] | undefined): void {
		const seers = onlyAsSeenBy && new Set(onlyAsSeenBy.map(memberKey));
		for (const userid of this.client.notices.subjectsOf(UNLICENSED)) {
			if (!seers || seers.has(memberKey(userid))) this.client.notices.add(TAGS_UNCHECKED, userid);
		}
	}

	private unread(userids: readonly string[]): string[] {
		return userids.filter((userid) => !this.readMembers.has(memberKey(userid)));
	}

	/**
	 * @param until stops as soon as as many pages are read as customers are open; those found are no longer open
	 * @returns whether all customers of the members have been read
	 */
	private async readPages(members: readonly string[], until?: OpenSearch): Promise<boolean> {
		let pages = 0;
		let stopped = false;
		const beforePage = () => {
			stopped ||= until !== undefined && pages >= until.open.size;
			if (stopped) return false;
			pages++;
			this.requests++;
			return true;
		};
		const ordered = until !== undefined;
		for await (const page of listCustomers(this.client, members, { ordered, beforePage })) {
			for (const row of page) {
				this.learn(row);
				if (until?.open.has(row.external_contact.external_userid)) this.close(row, until);
			}
		}
		if (!stopped) this.learnedAll(members);
		return !stopped;
	}

	private close({ external_contact }: CustomerOfMember, { search, open }: OpenSearch): void {
		const { external_userid } = external_contact;
		const found = this.known({ ...search, customers: [external_userid] });
		if (found.size > 0) open.delete(external_userid);
	}

	private async readOne(external_userid: string): Promise<void> {
		this.requests++;
		try {
			const { follow_user } = await getCustomer(this.client, external_userid);
			for (const { userid = null, tags = [] } of follow_user) {
				for (const { tag_id } of tags) if (tag_id) this.add(external_userid, tag_id, userid);
			}
		} catch (error) {
			// Nobody whom the app sees has the customer, so nobody's tag is on them.
			if (!(error instanceof WeComApiError)) throw asError(error);
			if (!NOBODYS_CUSTOMER.has(error.errcode)) throw error.about(external_userid);
		}
		this.readCustomers.add(external_userid);
	}

	private add(customer: string, tag: string, userid: string | null): void {
		const own = this.tags.get(customer) ?? new Map<string, Array<string | null>>();
		this.tags.set(customer, own);
		const givers = own.get(tag);
		if (!givers) own.set(tag, [userid]);
		else if (!givers.includes(userid)) givers.push(userid);
	}
}

/** A tag whose member WeCom does not name counts for every member: rather one customer too few than one too many. */
function firstTag(
	own: ReadonlyMap<string, ReadonlyArray<string | null>> | undefined,
	tagIds: TagSearch['tagIds'],
	seers: ReadonlySet<string> | undefined,
): FoundTag | undefined {
	if (!own) return undefined;
	for (const tag_id of tagIds === 'any' ? own.keys() : tagIds) {
		const userid = own
			.get(tag_id)
			?.find((giver) => !seers || giver === null || seers.has(memberKey(giver)));
		if (userid !== undefined) return { tag_id, userid };
	}
	return undefined;
}
