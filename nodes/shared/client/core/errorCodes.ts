/**
 * What a failure asks of the caller.
 *
 * - `token`: the access token is refused; refresh it and repeat once
 * - `rateLimit`: too many calls; wait for the window
 * - `busy`: a passing condition on WeCom's side; repeat with back-off
 * - `notReady`: the object exists but cannot be read yet; wait seconds
 * - `credential`: corp ID or secret are wrong; repeating gets the IP blocked
 * - `permission`: something must be granted in the WeCom admin console
 * - `input`: the request must change
 * - `unknownOutcome`: nobody can say whether the request took effect
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
	/** What happened, in words a workflow builder understands. */
	readonly meaning: string;
	/** What to do about it. */
	readonly remedy: string;
}

export type ErrorCodes = Readonly<Record<number, ErrorCode>>;

export const BUSY = -1;
export const BAD_PARAMETER = 40058;
export const RATE_LIMITED = 45009;
export const TOO_MANY_AT_ONCE = 45033;
export const UNTRUSTED_IP = 60020;

/** What to do about an ID that WeCom does not know. */
export const CHECK_IDS =
	'Check the ID. Use one that was listed with this same credential: other apps and corporations have other IDs.';
export const FIX_PARAMETERS = 'Check the values of this operation.';
const RETRY_LATER = 'Wait a moment and run again.';
const CALLABLE_APP =
	'In the WeCom admin console open Customer Contact > API and add the app to the apps that may call it, then check the scope of members.';

export function code(kind: ErrorKind, meaning: string, remedy: string): ErrorCode {
	return { kind, meaning, remedy };
}

/** The codes of doc 90313 that any endpoint may answer. */
export const generalErrorCodes: ErrorCodes = {
	[BUSY]: code('busy', 'WeCom is busy', RETRY_LATER),
	40014: code(
		'token',
		'WeCom refused the access token',
		'The token is refreshed by itself; if this stays, check the secret.',
	),
	41001: code('token', 'The access token is missing', 'Check the credential of this node.'),
	42001: code(
		'token',
		'The access token has expired',
		'The token is refreshed by itself; if this stays, check the secret.',
	),
	45009: code(
		'rateLimit',
		'WeCom limits the number of calls',
		'It counts calls per minute, per hour and, for picture URLs, per day: run again later. If it happens while connecting, wrong secrets may have blocked this IP for an hour.',
	),
	[TOO_MANY_AT_ONCE]: code('busy', 'Too many calls at the same time', RETRY_LATER),
	45035: code('busy', 'Another change of the same data is running', RETRY_LATER),
	48001: code('permission', 'The app may not call this API', CALLABLE_APP),
	48002: code('permission', 'The app may not call the customer contact API', CALLABLE_APP),
	48004: code('permission', 'The authorization of the app is gone', CALLABLE_APP),
	48009: code(
		'permission',
		'The address book may not be read from this new IP',
		'Add the IP to the trusted IPs of the app.',
	),
	50003: code('permission', 'The app is disabled', 'Enable the app in the WeCom admin console.'),
	[UNTRUSTED_IP]: code(
		'permission',
		"This server's IP is not trusted by the app",
		'In the WeCom admin console open the app > Trusted company IP and add the IP. It takes about a minute.',
	),
	84074: code('permission', 'No permission for external contacts', CALLABLE_APP),
	90510: code(
		'permission',
		'The corporation had no active user for a year',
		'Use WeCom in the corporation, then try again.',
	),
	701008: code(
		'permission',
		'No valid interworking licence',
		'Buy or renew the licence in the WeCom admin console.',
	),
	701099: code(
		'permission',
		'No valid interworking licence',
		'Buy or renew the licence in the WeCom admin console.',
	),
	40035: code('input', 'A parameter is not valid', FIX_PARAMETERS),
	[BAD_PARAMETER]: code('input', 'A parameter is not valid', FIX_PARAMETERS),
	40063: code('input', 'Some parameters are empty', FIX_PARAMETERS),
	600018: code(
		'input',
		'The start or end time is not valid',
		'Choose a start before the end and a span WeCom allows.',
	),
};

/** The entry of a code; one that is not among them counts as a refused request. */
export function errorCode(errorCodes: ErrorCodes, errcode: number): ErrorCode {
	return (
		errorCodes[errcode] ??
		code(
			'input',
			'WeCom refused the request',
			'Look the code up in the WeCom documentation, doc 90313.',
		)
	);
}
