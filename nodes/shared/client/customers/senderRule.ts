import { memberKey } from './members';
import type { FollowCore } from './types';

/** Which of a customer's members should write to them. */
export const SENDER_RULES = ['lastAdded', 'firstAdded', 'memberOrder'] as const;
export type SenderRule = (typeof SENDER_RULES)[number];

type Relation = Pick<FollowCore, 'userid' | 'createtime'>;

/**
 * The relation of the member who should write to the customer. Among relations that began in the same second, the
 * earlier one in the order of members decides, so that every run chooses the same. A relation whose time or member
 * WeCom does not give comes last.
 *
 * @param members the order of members
 */
export function chooseSender(
	rule: SenderRule,
	members: readonly string[],
): <R extends Relation>(relations: readonly [R, ...R[]]) => R {
	const places = new Map(members.map((userid, place) => [memberKey(userid), place]));
	const placeOf = ({ userid }: Relation) => places.get(memberKey(userid ?? '')) ?? Infinity;
	const isNamed = ({ userid }: Relation) => (userid === undefined ? 1 : 0);
	const age = ({ createtime }: Relation) => {
		if (rule === 'memberOrder') return 0;
		if (createtime === undefined) return Infinity;
		return rule === 'lastAdded' ? -createtime : createtime;
	};
	const byRule = (a: Relation, b: Relation) =>
		compare(isNamed(a), isNamed(b)) ||
		compare(age(a), age(b)) ||
		compare(placeOf(a), placeOf(b)) ||
		compare(memberKey(a.userid ?? ''), memberKey(b.userid ?? ''));
	return ([first, ...others]) =>
		others.reduce((best, other) => (byRule(other, best) < 0 ? other : best), first);
}

function compare<T extends number | string>(a: T, b: T): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
