import type { IDataObject } from 'n8n-workflow';

import { REPLIES_PER_CUSTOMER_MESSAGE } from '../../../shared/client/customerService/limits';
import type { ReplyWindow } from '../../../shared/client/customerService/replyWindows';
import { replyWindows } from '../../../shared/client/customerService/replyWindows';
import type { ReplyResult } from '../../../shared/client/customerService/sendReply';
import { closedWindow, sendReply } from '../../../shared/client/customerService/sendReply';
import type { ReplyContent } from '../../../shared/client/customerService/types';
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
import { ifNotSentOption, outcomeFields, throwIfNotSent } from './outcome';

/** A message to a customer of customer service. Docs 94677, 96427. */
export const send: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Send a message to a customer',
	description:
		'Answer a customer who wrote to customer service: at most 5 messages within 48 hours of the last message of the customer, while no servicer has the session. A long text becomes several messages, in order.',
	fields: [
		...sessionFields,
		...replyFields,
		optionsField([answerToOption, ifNotSentOption, ifTooLongOption, requestTimeoutOption]),
	],
	execute: perItem(async function* (item, context) {
		const { client, timezone } = context;
		const session = readSession(item);
		const reply = await readReply(item, context);
		const ifNotSent = readOption(item, ifNotSentOption);
		const ifTooLong = readOption(item, ifTooLongOption);
		const { sentAt } = heardMessage(item);
		const idOf = messageIdsOf(item, context);

		async function deliver(): Promise<Delivery> {
			const window = replyWindows.of(session, sentAt);
			const closed = window && closedWindow(window, client.serverTime());
			if (closed) return { result: { outcome: closed, msgids: [] }, contents: [], rest: '' };
			const { contents, rest } = await contentsOf(reply, window, ifTooLong, context);
			const result = await sendReply(client, session, contents, idOf);
			return { result, contents, rest };
		}

		// Retry On Fail keeps what an earlier try sent, and how it cut the text.
		const key = JSON.stringify(['send reply', item.index, session]);
		const delivery = await onceOf(context).run(key, deliver, {
			cacheSuccess: !context.calledByAgent,
		});
		throwIfNotSent(delivery.result.outcome, ifNotSent);
		yield {
			...session,
			msgtype: delivery.contents[0]?.msgtype ?? reply.msgtype,
			...outcomeFields(delivery.result.outcome),
			...countFields(delivery, reply),
			...windowFields(replyWindows.of(session, sentAt), timezone),
		};
	}),
};

interface Delivery {
	readonly result: ReplyResult;
	readonly contents: readonly ReplyContent[];
	/** What was cut off. */
	readonly rest: string;
}

/** The messages that a reply needs, and the text that was cut off. */
async function contentsOf(
	reply: Reply,
	window: ReplyWindow | undefined,
	ifTooLong: 'error' | 'file' | 'cut',
	{ uploads }: OperationContext,
): Promise<{ contents: ReplyContent[]; rest: string }> {
	if (reply.msgtype !== 'text') {
		const content = await reply.toContent(async (source) => await uploads.mediaIdOf(source));
		return { contents: [content], rest: '' };
	}
	const { text } = reply;
	const fitting = fit(text, window?.repliesLeft ?? REPLIES_PER_CUSTOMER_MESSAGE, ifTooLong);
	if (fitting.as === 'file') {
		const media_id = await uploads.mediaIdOf({ file: textFile('message.txt', text) });
		return { contents: [{ msgtype: 'file', file: { media_id } }], rest: '' };
	}
	const contents = fitting.pieces.map(
		(content): ReplyContent => ({ msgtype: 'text', text: { content } }),
	);
	return { contents, rest: fitting.rest };
}

/** How many messages there were, and what the customer did not get. */
function countFields({ result: { msgids }, contents, rest }: Delivery, reply: Reply): IDataObject {
	const unsent = contents
		.slice(msgids.length)
		.flatMap((content) => (content.msgtype === 'text' ? [content.text.content] : []));
	const nothingTried = contents.length === 0 && reply.msgtype === 'text' ? [reply.text] : [];
	const unsentText = [...nothingTried, ...unsent, rest].filter((text) => text !== '').join('\n');
	return {
		msgids: [...msgids],
		message_count: contents.length,
		sent_count: msgids.length,
		unsent_text: unsentText === '' ? null : unsentText,
	};
}

/** Null where it cannot be known. */
function windowFields(window: ReplyWindow | undefined, timezone: string): IDataObject {
	return {
		replies_left: window?.repliesLeft ?? null,
		window_end_time: window?.endsAt ?? null,
		window_ends_at: toIso(window?.endsAt, timezone),
	};
}
