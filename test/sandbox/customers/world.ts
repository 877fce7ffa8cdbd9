import { randomId } from '../core/ids';
import type { Corp } from '../world/corp';
import type { Customer, Relation } from './model';

/** What may be given of a customer; what is left out stays as it is. */
export type CustomerChange = Partial<Omit<Customer, 'relations'>>;

/** What may be given of a pair; what is left out stays as it is. */
export type RelationChange = Partial<Omit<Relation, 'member' | 'customer'>> & {
	/** Names of corp tags, instead of `tagIds`. */
	tagNames?: readonly string[];
};

/** Changes the customer, or adds one whom no member has added so far. */
export function setCustomer(corp: Corp, change: CustomerChange): Customer {
	const { externalUserid = `wm${randomId(30)}`, ...rest } = change;
	const customer =
		corp.customers.get(externalUserid) ?? corp.addCustomer({ externalUserid, name: 'Somebody' });
	return Object.assign(customer, given(rest));
}

/** Changes what the member and the customer have with each other; strangers add each other first. */
export function setRelation(
	corp: Corp,
	{ userid, externalUserid }: { userid: string; externalUserid: string },
	change: RelationChange,
	now: number,
): Relation {
	const member = corp.members.get(userid);
	if (!member) throw new Error(`There is no member ${userid}`);
	const customer = corp.customers.get(externalUserid);
	if (!customer) throw new Error(`There is no customer ${externalUserid}`);
	const { tagNames, ...rest } = change;
	const tagIds = tagNames?.map((name) => idOfTag(corp, name)) ?? rest.tagIds;
	const unknown = tagIds?.find((id) => !corp.livingTag(id) && !corp.strategyTags.has(id));
	if (unknown !== undefined) throw new Error(`There is no tag ${unknown}`);
	const relation =
		corp.relation(userid, externalUserid) ?? corp.befriend(member, customer, { createTime: now });
	return Object.assign(relation, given({ ...rest, tagIds }));
}

function idOfTag(corp: Corp, name: string): string {
	const tag = [...corp.tags.values()].find((each) => each.name === name && !each.deleted);
	if (!tag) throw new Error(`There is no tag named ${name}`);
	return tag.tagId;
}

function given<T extends object>(fields: T): Partial<T> {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined),
	) as Partial<T>;
}
