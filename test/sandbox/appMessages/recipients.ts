import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { sees } from '../customers/lookups';
import { membersOfDepartment, membersWithTag } from './world';

/** Limits of doc 90236. */
const MAX_MEMBERS = 1000;
const MAX_DEPARTMENTS = 100;
const MAX_TAGS = 100;

/** Whom a message is for, as the request says it: IDs joined by `|`. */
export interface Addressees {
	touser?: string | null;
	toparty?: string | null;
	totag?: string | null;
}

/** Who gets the message, and the IDs of those who do not. */
export interface Recipients {
	readonly userids: readonly string[];
	readonly invaliduser: readonly string[];
	readonly invalidparty: readonly string[];
	readonly invalidtag: readonly string[];
	readonly unlicenseduser: readonly string[];
}

/**
 * Finds the members. 82001: nobody is named; 81013: nobody can get it; 40032, 82002, 82003: too
 * many IDs (docs 90236 and 90313; which of the two codes for nobody is an assumption, A133).
 */
export function findRecipients(call: Call, to: Addressees): Recipients {
	const users = ids(to.touser);
	const parties = ids(to.toparty);
	const tags = ids(to.totag);
	if (users.length + parties.length + tags.length === 0) throw new ApiError(82001);
	const recipients = to.touser === '@all' ? everybody(call) : named(call, users, parties, tags);
	if (recipients.userids.length === 0) throw new ApiError(81013);
	return recipients;
}

/** `@all` makes the other two be ignored (doc 90236). */
function everybody(call: Call): Recipients {
	return licensed(call, new Set(call.corp.members.keys()), {
		invaliduser: [],
		invalidparty: [],
		invalidtag: [],
	});
}

function named(
	call: Call,
	users: readonly string[],
	parties: readonly string[],
	tags: readonly string[],
): Recipients {
	if (users.length > MAX_MEMBERS) throw new ApiError(40032);
	if (parties.length > MAX_DEPARTMENTS) throw new ApiError(82002);
	if (tags.length > MAX_TAGS) throw new ApiError(82003);
	const { corp } = call;
	const found = new Set<string>();
	const invaliduser = users.filter((id) => !collect(call, found, memberNamed(call, id)));
	const invalidparty = parties.filter(
		(id) => !collect(call, found, membersOfDepartment(corp, Number(id))),
	);
	const invalidtag = tags.filter((id) => !collect(call, found, membersWithTag(corp, Number(id))));
	// WeCom gives user IDs back in lower case (doc 90236).
	const lowerCase = invaliduser.map((id) => id.toLowerCase());
	return licensed(call, found, { invaliduser: lowerCase, invalidparty, invalidtag });
}

/** Adds those whom the app sees. False: there is none, so the ID is invalid (A134). */
function collect(
	{ app }: Call,
	found: Set<string>,
	userids: ReadonlySet<string> | undefined,
): boolean {
	const visible = [...(userids ?? [])].filter((userid) => sees(app, userid));
	for (const userid of visible) found.add(userid);
	return visible.length > 0;
}

/** The case of a user ID does not matter (doc 90195). */
function memberNamed({ corp }: Call, id: string): ReadonlySet<string> | undefined {
	const wanted = id.toLowerCase();
	const member = [...corp.members.keys()].find((userid) => userid.toLowerCase() === wanted);
	return member === undefined ? undefined : new Set([member]);
}

/** Members in the visible range without a licence get nothing (doc 90236; here the one licence is for both, A135). */
function licensed(
	{ corp, app }: Call,
	found: ReadonlySet<string>,
	invalid: Pick<Recipients, 'invaliduser' | 'invalidparty' | 'invalidtag'>,
): Recipients {
	const visible = [...found].filter((userid) => sees(app, userid));
	const hasLicence = (userid: string) => corp.members.get(userid)?.licensed === true;
	return {
		...invalid,
		userids: visible.filter(hasLicence),
		unlicenseduser: visible.filter((userid) => !hasLicence(userid)).map((id) => id.toLowerCase()),
	};
}

/** Blanks around an ID do not belong to it (A136). */
function ids(joined: string | null | undefined): string[] {
	const parts = (joined ?? '').split('|').map((id) => id.trim());
	return [...new Set(parts.filter((id) => id !== ''))];
}
