import { createHash } from 'node:crypto';

import { MSGID_LENGTH } from './limits';

/** What makes one message of ours the same when it is sent again. */
export interface MessageOrigin {
	/** `msgid` of the customer's message that is answered, or the execution where there is none. */
	readonly cause: string;
	readonly workflow: string;
	/** The node in its workflow: a copy of the workflow has nodes of the same IDs. */
	readonly node: string;
	/** Which of the messages of the node this is, as in a loop. */
	readonly run: string;
	readonly item: number;
	/** The customer, or the code of an event. */
	readonly to: string;
	/** Position among the pieces of one text. */
	readonly piece: number;
}

/**
 * The `msgid` of a message: WeCom takes each once per account, so that one that is sent again after a lost answer, a
 * retry or a crash reaches the customer once (doc 94677: at most 32 of `[0-9a-zA-Z_-]`).
 */
export function messageId(origin: MessageOrigin): string {
	const { cause, workflow, node, run, item, to, piece } = origin;
	const text = JSON.stringify([cause, workflow, node, run, item, to, piece]);
	return createHash('sha256').update(text).digest('base64url').slice(0, MSGID_LENGTH);
}
