import type { WeComClient } from '../core/client';
import { asError } from '../core/errors';
import { Once } from '../core/once';
import { customerServiceEndpoints } from './endpoints';
import type { MessageOutcome } from './replyOutcome';
import { isRepeatedMsgid, limitReached, notSentBecause } from './replyOutcome';
import { replyWindows } from './replyWindows';
import type { ReplyContent, SendMessageRequest, SessionId } from './types';

/** What became of a reply that may need several messages. */
export interface ReplyResult {
	/** Of the last message that was tried. */
	readonly outcome: MessageOutcome;
	/** IDs of the messages that WeCom has. */
	readonly msgids: readonly string[];
}

export interface ReplyPolicy {
	/** Unix seconds of the message that is answered, if that is known. */
	readonly answeredAt?: number;
	/** The `msgid` of a message. */
	readonly idOf: (content: ReplyContent, position: number) => string;
	/** What the run has sent before. */
	readonly sentMessages: SentMessages;
	/** A message that the run has sent before is called a duplicate, not sent. */
	readonly tellsRepeats: boolean;
}

/**
 * Sends the messages of one reply, one after the other so that they arrive in order. After one that is not sent, the
 * rest stays unsent.
 *
 * @throws WeComError for what is no outcome of a conversation, such as a missing permission, as long as nothing is sent
 */
export async function sendReply(
	client: WeComClient,
	session: SessionId,
	contents: readonly ReplyContent[],
	{ answeredAt, idOf, sentMessages, tellsRepeats }: ReplyPolicy,
): Promise<ReplyResult> {
	const msgids: string[] = [];
	let outcome: MessageOutcome = { state: 'sent' };
	let isAnySent = false;
	for (const [position, content] of contents.entries()) {
		const msgid = idOf(content, position);
		const { open_kfid, external_userid: touser } = session;
		try {
			const request = { touser, open_kfid, msgid, ...content };
			const sent = await sentMessages.send(client, request, answeredAt);
			outcome = sent.isRepeat && tellsRepeats ? { state: 'duplicate' } : sent.outcome;
		} catch (error) {
			if (msgids.length === 0) throw asError(error);
			// What was sent before must not be lost.
			outcome = { state: 'not_sent', reason: 'refused', error: asError(error) };
		}
		if (outcome.state === 'not_sent' || outcome.state === 'unknown') break;
		if (outcome.state === 'sent') isAnySent = true;
		msgids.push(msgid);
	}
	if (outcome.state === 'duplicate' && isAnySent) outcome = { state: 'sent' };
	return { outcome, msgids };
}

/** What one run of a node has sent, in all tries of Retry On Fail and all calls of its AI agent. */
export class SentMessages {
	private readonly once = new Once();
	/** Failures after which nobody knew whether WeCom has the message, by `msgid`. */
	private readonly lost = new Map<string, Error>();

	/** Sends a message unless this run has sent it before. What is not known to be sent may be sent again. */
	async send(
		client: WeComClient,
		request: SendMessageRequest,
		answeredAt?: number,
	): Promise<{ readonly outcome: MessageOutcome; readonly isRepeat: boolean }> {
		let isRepeat = true;
		const send = async () => {
			isRepeat = false;
			return await this.sendNow(client, request, answeredAt);
		};
		const outcome = await this.once.run(request.msgid, send, {
			cacheSuccess: ({ state }) => state === 'sent' || state === 'duplicate',
		});
		return { outcome, isRepeat };
	}

	/** Sends a message (doc 94677). Its `msgid` makes it safe to send again after a lost answer. */
	private async sendNow(
		client: WeComClient,
		request: SendMessageRequest,
		answeredAt: number | undefined,
	): Promise<MessageOutcome> {
		const { open_kfid, touser: external_userid, msgid } = request;
		const session: SessionId = { open_kfid, external_userid };
		// Another execution sent it, as when the trigger handed over a message twice.
		if (replyWindows.hasSent(session, msgid)) return { state: 'duplicate' };
		const isUsedUp = replyWindows.of(session, answeredAt)?.repliesLeft === 0;
		if (isUsedUp && !this.lost.has(msgid)) return limitReached();
		const outcome = await this.ask(client, request);
		if (outcome.state === 'sent') replyWindows.sent(session, msgid);
		if (outcome.state === 'unknown') replyWindows.unsure(session);
		if (outcome.state === 'not_sent' && outcome.reason === 'limit_reached') {
			replyWindows.usedUp(session);
		}
		return outcome;
	}

	private async ask(client: WeComClient, request: SendMessageRequest): Promise<MessageOutcome> {
		const { msgid } = request;
		try {
			await client.call(customerServiceEndpoints.sendServiceMessage, request, undefined, (error) =>
				this.lost.set(msgid, error),
			);
			return { state: 'sent' };
		} catch (error) {
			const lost = this.lost.get(msgid);
			if (isRepeatedMsgid(error)) return { state: lost ? 'sent' : 'duplicate' };
			// The message may have arrived when the answer was lost, whatever WeCom says now.
			if (lost) return { state: 'unknown', reason: 'answer_lost', error: lost };
			const notSent = notSentBecause(error);
			if (notSent) return notSent;
			throw asError(error);
		}
	}
}
