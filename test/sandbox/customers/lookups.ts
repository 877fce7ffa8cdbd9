import type { App } from '../auth/model';
import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import type { Settings } from '../settings';
import type { Corp } from '../world/corp';
import type { Customer, Member } from './model';

/** Whether the member is in the app's visible range (doc 92571). */
export function sees(app: App, userid: string): boolean {
	return app.visibleMembers === 'all' || app.visibleMembers.includes(userid);
}

/** Members whom this app sees and who may have customers (doc 92571). */
export function customerContactMembers(corp: Corp, app: App): Member[] {
	return [...corp.members.values()].filter(
		(member) => member.customerContact && sees(app, member.userid),
	);
}

/**
 * A member on whom the app may act. 40003: unknown; 60011: outside the visible range (A27). The case
 * of a user ID does not matter (doc 90195).
 */
export function requireMember({ corp, app }: Call, userid: string): Member {
	const wanted = userid.toLowerCase();
	const member = [...corp.members.values()].find((each) => each.userid.toLowerCase() === wanted);
	if (!member) throw new ApiError(40003);
	if (!sees(app, member.userid)) throw new ApiError(60011);
	return member;
}

/** 40096: unknown here, or an ID of another corp (observed 2020, doc 90313). How it is worded: A70. */
export function requireCustomer({ world, corp }: Call, externalUserid: string): Customer {
	const customer = corp.customers.get(externalUserid);
	if (customer) return customer;
	if (!world.settings.quoteInvalidIds) throw new ApiError(40096);
	throw new ApiError(40096, `invalid string value \`${externalUserid}\`. invalid external userid`);
}

/** WeChat users have one, as long as the corp is bound to an open platform account (docs 92114, 92122). */
export function unionIdField(
	user: { type: 1 | 2; unionid?: string } | undefined,
	{ openPlatformBound }: Settings,
): { unionid?: string } {
	if (user?.type !== 1 || user.unionid === undefined || !openPlatformBound) return {};
	return { unionid: user.unionid };
}
