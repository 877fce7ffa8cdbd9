import type { App } from '../auth/model';
import type { CustomerGroup } from '../customerGroups/model';
import { sees } from '../customers/lookups';
import type { Member, Relation } from '../customers/model';
import type { Corp } from '../world/corp';
import { atReceiveLimit } from './deliveries';

/** Who gets a new mass message from whom, and who cannot get it. */
export interface Recipients {
	/** userid → external_userids or chat_ids */
	readonly bySender: Map<string, string[]>;
	readonly failed: string[];
}

/** Tag IDs: any one of an inner list, for all the inner lists (doc 92135). */
export type TagFilter = ReadonlyArray<readonly string[]>;

/** Named customers, each by the given member or by whoever last talked with them; repeats count once (A53). */
export function namedCustomers(
	corp: Corp,
	app: App,
	externalUserids: readonly string[],
	sender?: Member,
): Recipients {
	const recipients: Recipients = { bySender: new Map(), failed: [] };
	for (const id of new Set(externalUserids)) {
		const relations = actionable(app, corp.customers.get(id)?.relations ?? []);
		const chosen = sender
			? relations.find((relation) => relation.member === sender)
			: lastTalking(relations);
		if (chosen) assign(recipients, chosen.member.userid, id);
		else recipients.failed.push(id);
	}
	return recipients;
}

/** Every customer of the member. */
export function allCustomersOf(app: App, sender: Member): Recipients {
	const recipients: Recipients = { bySender: new Map(), failed: [] };
	for (const { customer } of actionable(app, sender.relations)) {
		assign(recipients, sender.userid, customer.externalUserid);
	}
	return recipients;
}

/**
 * Customers with the tags, of one member or of all that the app sees. Tags belong to the pair, so
 * a customer of several members goes to the one who last talked with them, among those whose tags match (A26).
 */
export function taggedCustomers(
	corp: Corp,
	app: App,
	filter: TagFilter,
	sender?: Member,
): Recipients {
	const tagSets = filter.map((tagIds) => new Set(tagIds));
	const matching = new Map<string, Relation[]>();
	for (const member of sender ? [sender] : corp.members.values()) {
		for (const relation of actionable(app, member.relations)) {
			const matches = tagSets.every((tags) => relation.tagIds.some((tagId) => tags.has(tagId)));
			if (!matches) continue;
			const id = relation.customer.externalUserid;
			const relations = matching.get(id);
			if (relations) relations.push(relation);
			else matching.set(id, [relation]);
		}
	}
	const recipients: Recipients = { bySender: new Map(), failed: [] };
	for (const [id, relations] of matching) {
		const chosen = lastTalking(relations);
		if (chosen) assign(recipients, chosen.member.userid, id);
	}
	return recipients;
}

/** Customer groups that the member owns; others fail. */
export function namedCustomerGroups(
	corp: Corp,
	chatIds: readonly string[],
	owner: Member,
): Recipients {
	const recipients: Recipients = { bySender: new Map(), failed: [] };
	for (const chatId of new Set(chatIds)) {
		if (isOwnedBy(corp.groups.get(chatId), owner)) assign(recipients, owner.userid, chatId);
		else recipients.failed.push(chatId);
	}
	return recipients;
}

/** Moves those who may receive nothing more to the failed ones (doc 92135). */
export function withoutOverLimit(corp: Corp, recipients: Recipients, now: number): Recipients {
	const remaining: Recipients = { bySender: new Map(), failed: [...recipients.failed] };
	for (const [userid, ids] of recipients.bySender) {
		const allowed: string[] = [];
		for (const id of ids) (atReceiveLimit(corp, id, now) ? remaining.failed : allowed).push(id);
		// An owner who still has to pick the customer groups has no IDs yet, and stays.
		if (allowed.length > 0 || ids.length === 0) remaining.bySender.set(userid, allowed);
	}
	return remaining;
}

/** Relations on which this app may act. */
function actionable(app: App, relations: readonly Relation[]): Relation[] {
	return relations.filter(
		(relation) =>
			!relation.deleted && relation.member.customerContact && sees(app, relation.member.userid),
	);
}

/**
 * The member who last talked with the customer (doc 92135), among the relations given. Of two who
 * talked in the same second, the one who added the customer first (A18).
 */
function lastTalking(relations: readonly Relation[]): Relation | undefined {
	return relations.reduce<Relation | undefined>(
		(best, relation) =>
			best === undefined || relation.lastInteraction > best.lastInteraction ? relation : best,
		undefined,
	);
}

function isOwnedBy(group: CustomerGroup | undefined, owner: Member): boolean {
	return group?.owner === owner.userid;
}

function assign({ bySender }: Recipients, userid: string, id: string): void {
	const ids = bySender.get(userid);
	if (ids) ids.push(id);
	else bySender.set(userid, [id]);
}
