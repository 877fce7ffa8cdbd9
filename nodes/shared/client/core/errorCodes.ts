import {
	APP_MANAGEMENT,
	CALLABLE_APPS,
	CONTACTS_SYNC,
	CUSTOMER_CONTACT_API,
	CUSTOMER_CONTACT_SCOPE,
	TRUSTED_IPS,
} from './consoleMenus';

/**
 * What a failure requires of the caller.
 *
 * - `token`: WeCom refused the access token; refresh it and retry once
 * - `rateLimit`: too many calls; wait for the next window
 * - `busy`: a transient condition at WeCom; retry with back-off
 * - `notReady`: the object exists but can't be read yet; wait a few seconds
 * - `credential`: the corp ID or the secret is wrong; retrying gets the IP blocked
 * - `permission`: someone must grant something in the WeCom admin console
 * - `input`: the request must change
 * - `unknownOutcome`: nobody can tell whether the request took effect
 */
export type ErrorKind =
	| 'token'
	| 'rateLimit'
	| 'busy'
	| 'notReady'
	| 'credential'
	| 'permission'
	| 'input'
	| 'unknownOutcome';

export interface ErrorCode {
	readonly kind: ErrorKind;
	/** What happened, in the words of a workflow builder. No period at the end. */
	readonly meaning: string;
	/** What to do about it, in full sentences. */
	readonly remedy: string;
}

export type ErrorCodes = Readonly<Record<number, ErrorCode>>;

export const BUSY = -1;
export const BAD_PARAMETER = 40058;
export const RATE_LIMITED = 45009;
export const TOO_MANY_AT_ONCE = 45033;
export const UNTRUSTED_IP = 60020;

/** What to do about an ID that WeCom doesn't know. */
export const CHECK_IDS =
	'Check the ID. It must come from a list that was read with this credential: other apps and corporations have other IDs.';
export const FIX_PARAMETERS = 'Check the parameters of this operation.';
const RETRY_LATER = 'Wait a moment, then run it again.';
const GRANT_ACCESS = `In the WeCom admin console, open ${CUSTOMER_CONTACT_API} and add the app to ${CALLABLE_APPS}.`;
const BUY_LICENSE = 'Buy or renew the license in the WeCom admin console.';

/** URL of a WeCom document. */
export function documentUrl(doc: number): string {
	return `https://developer.work.weixin.qq.com/document/path/${doc}`;
}

export function code(kind: ErrorKind, meaning: string, remedy: string): ErrorCode {
	return { kind, meaning, remedy };
}

/** Used for a code that no document explains. */
const UNEXPLAINED = code(
	'input',
	'WeCom refused the request',
	`${FIX_PARAMETERS} WeCom's list of error codes may say more: ${documentUrl(90313)}.`,
);

/** The codes of doc 90313 that any endpoint may return. */
export const generalErrorCodes: ErrorCodes = {
	[BUSY]: code('busy', 'WeCom is busy', RETRY_LATER),
	40014: code(
		'token',
		'WeCom refused the access token',
		'The node refreshes the token automatically. If the error persists, check the secret.',
	),
	41001: code(
		'token',
		'The access token is missing',
		'Check the credential of this node, and that no proxy removes the query from the URL.',
	),
	42001: code(
		'token',
		'The access token has expired',
		'The node refreshes the token automatically. If the error persists, check the secret.',
	),
	[RATE_LIMITED]: code(
		'rateLimit',
		'WeCom limits the number of calls',
		'WeCom counts calls per minute, per hour and, for picture URLs, per day. Run it again later. If this happens while connecting, repeated wrong secrets may have blocked this IP for an hour.',
	),
	[TOO_MANY_AT_ONCE]: code('busy', 'Too many calls at the same time', RETRY_LATER),
	45035: code('busy', 'Another change to the same data is in progress', RETRY_LATER),
	48001: code('permission', 'The app may not call this API', GRANT_ACCESS),
	48002: code(
		'permission',
		'The app may not call the customer contact API',
		`${GRANT_ACCESS} If the app is there already, check the secret: it must be the one of this app, not of ${CONTACTS_SYNC}.`,
	),
	48004: code(
		'permission',
		'The authorization of the app is missing or was withdrawn',
		GRANT_ACCESS,
	),
	48006: code(
		'permission',
		'WeCom has withdrawn the permission to call this API',
		'That happens when a corporation does not use an app for a long time. An administrator must enable the permission again in the WeCom admin console.',
	),
	48009: code(
		'permission',
		'WeCom does not let this secret read the address book from a new IP',
		`The credential seems to hold the secret of ${CONTACTS_SYNC}. Use the secret of an app that ${CUSTOMER_CONTACT_API} lists under ${CALLABLE_APPS}.`,
	),
	50003: code(
		'permission',
		'The app is disabled',
		`Enable it in the WeCom admin console, under ${APP_MANAGEMENT}.`,
	),
	[UNTRUSTED_IP]: code(
		'permission',
		"This server's IP is not trusted by the app",
		`In the WeCom admin console, open the app under ${APP_MANAGEMENT}, go to ${TRUSTED_IPS} and add the IP. It takes about a minute.`,
	),
	84074: code(
		'permission',
		'The app has no permission for external contacts',
		`${GRANT_ACCESS} The members must also be in ${CUSTOMER_CONTACT_SCOPE}.`,
	),
	90510: code(
		'permission',
		'The corporation has had no active user for a year',
		'Have a member log in to WeCom, then try again.',
	),
	301002: code(
		'permission',
		'The secret belongs to a different app than the one in the request',
		'Use a credential that holds the secret of the app in the request.',
	),
	701008: code(
		'permission',
		'None of the members asked for has a valid interworking license',
		BUY_LICENSE,
	),
	701099: code(
		'permission',
		'None of the members asked for has a valid interworking license',
		BUY_LICENSE,
	),
	40033: code(
		'input',
		'The request contains characters that WeCom does not accept',
		'Remove control characters, broken emoji and escapes such as \\u0041 from the texts.',
	),
	40035: code('input', 'A parameter is not valid', FIX_PARAMETERS),
	[BAD_PARAMETER]: code('input', 'A parameter is not valid', FIX_PARAMETERS),
	40063: code('input', 'A required parameter is empty', FIX_PARAMETERS),
	40201: code(
		'input',
		'WeCom blocked the content as sensitive',
		'Change the texts of this operation.',
	),
	40204: UNEXPLAINED,
	40206: UNEXPLAINED,
	// Not in WeCom's list. This is its meaning elsewhere in WeChat.
	47001: code(
		'input',
		'WeCom could not read the request',
		`${FIX_PARAMETERS} If they are right, a proxy may have changed the request.`,
	),
	60031: UNEXPLAINED,
	600018: code(
		'input',
		'The start or end time is not valid',
		'Choose a start before the end, and a period that WeCom allows.',
	),
};

/** Looks up a code. An unknown code counts as a refused request. */
export function errorCode(errorCodes: ErrorCodes, errcode: number): ErrorCode {
	return errorCodes[errcode] ?? UNEXPLAINED;
}
