import type { IDataObject } from 'n8n-workflow';

import {
	MAX_TEXT_BYTES,
	REPLIES_PER_CUSTOMER_MESSAGE,
} from '../../../shared/client/customerService/limits';
import type { ReplyWindow } from '../../../shared/client/customerService/replyWindows';
import { replyWindows } from '../../../shared/client/customerService/replyWindows';
import type { MessageOutcome } from '../../../shared/client/customerService/replyOutcome';
import { limitReached } from '../../../shared/client/customerService/replyOutcome';
import type { ReplyPolicy } from '../../../shared/client/customerService/sendReply';
import { SentMessages, sendReply } from '../../../shared/client/customerService/sendReply';
import { cutText } from '../../../shared/client/customerService/textPieces';
import type { ReplyContent, SessionId } from '../../../shared/client/customerService/types';
import { textFile } from '../../../shared/client/media/textFile';
import { readOption } from '../../../shared/fields/field';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { readSession, sessionFields } from '../../../shared/fields/serviceSession';
import type { Operation, OperationContext } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { toIso } from '../../../shared/operation/time';
import type { Reply } from './content';
import { readReply, replyFields } from './content';
import { fit, ifTooLongOption } from './fit';
import { answerToOption, heardMessage, messageIdsOf } from './origin';
import { ifNotSent, outcomeFields, throwIfNotSent } from './outcome';

/** A message to a customer of customer service. Docs 94677, 96427. */
export const send: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Send a message to a customer',
	description:
		'Answer a customer: at most 5 messages within 48 hours, while no servicer has the session',
	fields: [
		...sessionFields,
		...replyFields,
		optionsField([ifNotSent, ifTooLongOption, answerToOption, requestTimeoutOption]),
	],
	execute: perItem(async function* (item, context) {
		const session = readSession(item, context);
		const reply = await readReply(item, context);
		const onFailure = readOption(item, ifNotSent);
		const ifTooLong = readOption(item, ifTooLongOption);
		const { sentAt: answeredAt } = heardMessage(item, context);
		const policy = {
			answeredAt,
			idOf: messageIdsOf(item, session.external_userid, context),
			sentMessages: context.run.state('sent messages', () => new SentMessages()),
			tellsRepeats: context.calledByAgent,
		};
		const make = async () =>
			await messagesOf(reply, repliesLeftFor(reply, session, policy), ifTooLong, context);
		const messages = await remembered(reply, [item.index, session], context, make);
		const result = isAny(messages)
			? await sendReply(context.client, session, messages.contents, policy)
			: { outcome: limitReached(), msgids: [] };
		const { outcome, msgids } = result;
		throwIfNotSent(outcome, onFailure, { sent: msgids.length, of: messages.contents.length });
		yield {
			...session,
			msgtype: messages.contents[0]?.msgtype ?? reply.msgtype,
			...outcomeFields(outcome, msgids.length),
			...countFields(reply, messages, msgids),
			...windowFields(replyWindows.of(session, answeredAt), outcome, context.timezone),
		};
	}),
};

/** A second try sends the rest of the same messages. An agent that says another text makes other ones. */
async function remembered(
	reply: Reply,
	about: unknown[],
	context: OperationContext,
	make: () => Promise<Messages>,
): Promise<Messages> {
	if (!context.calledByAgent) about.push('any reply');
	else if (reply.msgtype === 'text') about.push(reply.text);
	else return await make();
	const key = JSON.stringify(['messages of reply', ...about]);
	return await onceOf(context).run(key, make, { cacheSuccess: isAny });
}

/** The messages of a reply. */
interface Messages {
	/** None where the customer can receive none. */
	readonly contents: readonly ReplyContent[];
	/** What was cut off. */
	readonly rest: string;
}

function isAny({ contents }: Messages): boolean {
	return contents.length > 0;
}

/** How many messages the reply may have: those that are left, and those of its own that another execution has sent. */
function repliesLeftFor(
	reply: Reply,
	session: SessionId,
	{ answeredAt, idOf }: Pick<ReplyPolicy, 'answeredAt' | 'idOf'>,
): number {
	const most = REPLIES_PER_CUSTOMER_MESSAGE;
	const left = replyWindows.of(session, answeredAt)?.repliesLeft ?? most;
	if (reply.msgtype !== 'text' || left === most) return left;
	const pieces = cutText(reply.text, MAX_TEXT_BYTES, most).pieces.map(textContent);
	const sent = pieces.filter((piece, at) => replyWindows.hasSent(session, idOf(piece, at)));
	return Math.min(most, left + sent.length);
}

function textContent(content: string): ReplyContent {
	return { msgtype: 'text', text: { content } };
}

/** The messages that a reply needs, and the text that was cut off. */
async function messagesOf(
	reply: Reply,
	repliesLeft: number,
	ifTooLong: 'error' | 'file' | 'cut',
	{ uploads }: OperationContext,
): Promise<Messages> {
	if (repliesLeft === 0) return { contents: [], rest: '' };
	if (reply.msgtype !== 'text') {
		const content = await reply.toContent(async (source) => await uploads.mediaIdOf(source));
		return { contents: [content], rest: '' };
	}
	const { text } = reply;
	const fitting = fit(text, repliesLeft, ifTooLong);
	if (fitting.as === 'file') {
		const media_id = await uploads.mediaIdOf({ file: textFile('message.txt', text) });
		return { contents: [{ msgtype: 'file', file: { media_id } }], rest: '' };
	}
	return { contents: fitting.pieces.map(textContent), rest: fitting.rest };
}

/** How many messages there were, and what the customer did not get. */
function countFields(
	reply: Reply,
	{ contents, rest }: Messages,
	msgids: readonly string[],
): IDataObject {
	const pieces = contents
		.slice(msgids.length)
		.flatMap((content) => (content.msgtype === 'text' ? [content.text.content] : []));
	const isNothingSent = msgids.length === 0 && reply.msgtype === 'text';
	const unsent = isNothingSent ? [reply.text] : [...pieces, rest].filter((text) => text !== '');
	return {
		msgids: [...msgids],
		message_count: contents.length,
		sent_count: msgids.length,
		unsent_text: unsent.length === 0 ? null : unsent.join('\n'),
	};
}

/** Null where it cannot be known. */
function windowFields(
	window: ReplyWindow | undefined,
	outcome: MessageOutcome,
	timezone: string,
): IDataObject {
	const isOver = outcome.state === 'not_sent' && outcome.reason === 'window_over';
	return {
		replies_left: isOver ? 0 : (window?.repliesLeft ?? null),
		window_end_time: window?.endsAt ?? null,
		window_ends_at: toIso(window?.endsAt, timezone),
	};
}
