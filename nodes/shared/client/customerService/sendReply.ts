import type { WeComClient } from '../core/client';
import { errorCode } from '../core/errorCodes';
import { asError, WeComApiError, WeComInputError } from '../core/errors';
import { isOutcomeKnown, shouldRetry } from '../core/retry';
import { customerServiceEndpoints } from './endpoints';
import {
	customerServiceErrorCodes,
	LOW_USAGE,
	REPLIES_USED,
	REPLY_WINDOW_OVER,
	SESSION_FORBIDS_SENDING,
} from './errorCodes';
import type { ReplyWindow } from './replyWindows';
import { replyWindows } from './replyWindows';
import type { ReplyContent, SendMessageRequest, SessionId } from './types';

/** Why WeCom does not take a message. */
const REASONS = {
	[REPLIES_USED]: 'limit_reached',
	[REPLY_WINDOW_OVER]: 'window_over',
	[SESSION_FORBIDS_SENDING]: 'session_not_open',
	[LOW_USAGE]: 'limit_reached',
} as const;

export type ReplyReason = (typeof REASONS)[keyof typeof REASONS] | 'refused';

export interface NotSent {
	readonly state: 'not_sent';
	readonly reason: ReplyReason;
	readonly error: Error;
}

/** What became of one message. */
export type ReplyOutcome =
	| { readonly state: 'sent' }
	/** WeCom had it already. */
	| { readonly state: 'duplicate' }
	| NotSent
	/** The answer was lost, also when it was sent again. */
	| { readonly state: 'unknown'; readonly reason: 'unknown'; readonly error: Error };

/** What became of a reply that may need several messages. */
export interface ReplyResult {
	/** Of the last message that was tried. */
	readonly outcome: ReplyOutcome;
	/** IDs of the messages that WeCom has. */
	readonly msgids: readonly string[];
}

/**
 * Sends the messages of one reply, one after the other so that they arrive in order. After one that is not sent, the
 * rest stays unsent.
 *
 * @param idOf the `msgid` of a message
 * @throws WeComError for what is no outcome of a conversation, such as a missing permission, as long as nothing is sent
 */
export async function sendReply(
	client: WeComClient,
	session: SessionId,
	contents: readonly ReplyContent[],
	idOf: (content: ReplyContent, position: number) => string,
): Promise<ReplyResult> {
	const msgids: string[] = [];
	let outcome: ReplyOutcome = { state: 'sent' };
	let isAnySent = false;
	for (const [position, content] of contents.entries()) {
		const msgid = idOf(content, position);
		const { open_kfid, external_userid: touser } = session;
		try {
			outcome = await sendMessage(client, { touser, open_kfid, msgid, ...content });
		} catch (error) {
			if (msgids.length === 0) throw asError(error);
			// What was sent before must not be lost.
			outcome = { state: 'not_sent', reason: 'refused', error: asError(error) };
		}
		if (outcome.state === 'not_sent' || outcome.state === 'unknown') break;
		if (outcome.state === 'sent') {
			replyWindows.sent(session);
			isAnySent = true;
		}
		msgids.push(msgid);
	}
	if (outcome.state === 'not_sent' && outcome.reason === 'limit_reached') {
		replyWindows.usedUp(session);
	}
	if (outcome.state === 'duplicate' && isAnySent) outcome = { state: 'sent' };
	return { outcome, msgids };
}

/** Sends one message (doc 94677). Its `msgid` makes it safe to send again after a lost answer. */
async function sendMessage(
	client: WeComClient,
	request: SendMessageRequest,
): Promise<ReplyOutcome> {
	let lost: Error | undefined;
	for (let attempt = 0; ; attempt++) {
		try {
			await client.attempt(customerServiceEndpoints.sendServiceMessage, request);
			return { state: 'sent' };
		} catch (error) {
			if (!isOutcomeKnown(error)) lost = asError(error);
			const retry = shouldRetry(error, { idempotent: true, attempt, random: client.random });
			if (!retry) return outcomeOf(error, lost);
			await client.clock.sleep(retry.delayMs);
		}
	}
}

/** @param lost an answer to the same message that was lost: it may have been delivered then */
function outcomeOf(error: unknown, lost: Error | undefined): ReplyOutcome {
	if (isRepeatedMsgid(error)) return { state: lost ? 'sent' : 'duplicate' };
	if (lost) return { state: 'unknown', reason: 'unknown', error: lost };
	const notSent = notSentBecause(error);
	if (notSent) return notSent;
	throw asError(error);
}

/** The outcome of an error that a conversation has to live with; undefined for any other. */
export function notSentBecause(error: unknown): NotSent | undefined {
	if (!(error instanceof WeComApiError && error.errcode in REASONS)) return undefined;
	return { state: 'not_sent', reason: REASONS[error.errcode as keyof typeof REASONS], error };
}

/** Why nothing may be sent, before anybody asks WeCom; undefined while something may. */
export function closedWindow(
	{ repliesLeft, endsAt }: ReplyWindow,
	now: number,
): NotSent | undefined {
	const code = now >= endsAt ? REPLY_WINDOW_OVER : repliesLeft === 0 ? REPLIES_USED : undefined;
	if (code === undefined) return undefined;
	const { meaning, remedy } = errorCode(customerServiceErrorCodes, code);
	return { state: 'not_sent', reason: REASONS[code], error: new WeComInputError(meaning, remedy) };
}

/**
 * WeCom refuses a `msgid` that the account has used; with which code is not documented (doc 94677). Ours are always
 * well-formed, so any complaint about one means that it was used.
 */
function isRepeatedMsgid(error: unknown): boolean {
	return (
		error instanceof WeComApiError && !(error.errcode in REASONS) && /msg_?id/i.test(error.errmsg)
	);
}
