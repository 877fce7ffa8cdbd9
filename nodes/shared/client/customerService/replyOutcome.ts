import { errorCode } from '../core/errorCodes';
import { WeComApiError, WeComInputError } from '../core/errors';
import {
	customerServiceErrorCodes,
	LOW_USAGE,
	REPLIES_USED,
	REPLY_WINDOW_OVER,
	SESSION_FORBIDS_SENDING,
} from './errorCodes';

/** Why WeCom does not take a message. */
const REASONS = {
	[REPLIES_USED]: 'limit_reached',
	[REPLY_WINDOW_OVER]: 'window_over',
	[SESSION_FORBIDS_SENDING]: 'session_not_open',
	[LOW_USAGE]: 'limit_reached',
} as const;

export interface NotSent {
	readonly state: 'not_sent';
	/** `refused`: for another reason, after WeCom has done the first part of what was asked for. */
	readonly reason: (typeof REASONS)[keyof typeof REASONS] | 'no_event_code' | 'refused';
	readonly error: Error;
}

/** What became of one message. */
export type MessageOutcome =
	| { readonly state: 'sent' }
	/** WeCom had it already. */
	| { readonly state: 'duplicate' }
	| NotSent
	/** The answer was lost, also when it was sent again. */
	| { readonly state: 'unknown'; readonly reason: 'answer_lost'; readonly error: Error };

/** The outcome of an error that a conversation has to live with; undefined for any other. */
export function notSentBecause(error: unknown): NotSent | undefined {
	if (!isExpected(error)) return undefined;
	return { state: 'not_sent', reason: REASONS[error.errcode], error };
}

/** The outcome of a message above the limit, without asking WeCom. */
export function limitReached(): NotSent {
	const { meaning, remedy } = errorCode(customerServiceErrorCodes, REPLIES_USED);
	return {
		state: 'not_sent',
		reason: REASONS[REPLIES_USED],
		error: new WeComInputError(meaning, remedy),
	};
}

/** The outcome where WeCom gave no code that allows a message. */
export function noEventCode(): NotSent {
	return {
		state: 'not_sent',
		reason: 'no_event_code',
		error: new WeComInputError(
			'WeCom gave no code for a message about this change of the session',
			'It gives one when a session first goes to the pool or to a servicer, and when it ends.',
		),
	};
}

/**
 * WeCom refuses a `msgid` that the account has used; with which code is not documented (doc 94677), so its words have to
 * tell. Ours are always well-formed, so any complaint about one means that it was used. Should the words change, a
 * message that has arrived counts as failed or unknown, but is still never delivered twice.
 */
export function isRepeatedMsgid(error: unknown): boolean {
	return error instanceof WeComApiError && !isExpected(error) && /msg_?id/i.test(error.errmsg);
}

type ExpectedError = WeComApiError & { readonly errcode: keyof typeof REASONS };

function isExpected(error: unknown): error is ExpectedError {
	return error instanceof WeComApiError && error.errcode in REASONS;
}
