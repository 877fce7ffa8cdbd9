import { forgetOldest } from '../core/utils';
import { REPLIES_PER_CUSTOMER_MESSAGE, REPLY_WINDOW_MS } from './limits';
import type { SessionId } from './types';

/** Maximum number of conversations to remember; the one that was silent longest is forgotten first. */
const MAX_REMEMBERED = 100_000;

interface Conversation {
	/** Unix seconds of the customer's last message. */
	readonly heardAt: number;
	/** `msgid`s of the messages sent since. A repeated one counts once. */
	readonly sent: ReadonlySet<string>;
	/** WeCom said that nothing more may be sent. */
	readonly isUsedUp?: boolean;
	/** An answer was lost, so nobody knows whether that message counts. */
	readonly isUnsure?: boolean;
}

/** How much may still be said to a customer. */
export interface ReplyWindow {
	/** Undefined where an answer of WeCom was lost. */
	readonly repliesLeft: number | undefined;
	/** Unix seconds. */
	readonly endsAt: number;
}

/**
 * What this process knows of the 5 messages in 48 hours that may follow a customer's message (doc 94677). Other
 * processes and programs send too, so WeCom has the last word.
 */
export class ReplyWindows {
	private readonly conversations = new Map<string, Conversation>();
	/** Accounts whose messages all pass through this process, and how many listeners each has. */
	private readonly listening = new Map<string, number>();

	listen(open_kfid: string): void {
		this.listening.set(open_kfid, (this.listening.get(open_kfid) ?? 0) + 1);
	}

	stopListening(open_kfid: string): void {
		const others = (this.listening.get(open_kfid) ?? 0) - 1;
		if (others > 0) this.listening.set(open_kfid, others);
		else this.listening.delete(open_kfid);
	}

	/** @param heardAt Unix seconds of a message of the customer */
	heard(session: SessionId, heardAt: number): void {
		const known = this.conversations.get(keyOf(session));
		if (known && known.heardAt >= heardAt) return;
		this.keep(session, { heardAt, sent: new Set() });
	}

	sent(session: SessionId, msgid: string): void {
		this.change(session, ({ sent }) => ({ sent: new Set([...sent, msgid]) }));
	}

	/** Whether this process has sent the message since the customer's last one. */
	hasSent(session: SessionId, msgid: string): boolean {
		return this.conversations.get(keyOf(session))?.sent.has(msgid) ?? false;
	}

	/** WeCom says that nothing more may be sent. */
	usedUp(session: SessionId): void {
		this.change(session, () => ({ isUsedUp: true }));
	}

	/** Nobody knows whether a message was sent. */
	unsure(session: SessionId): void {
		this.change(session, () => ({ isUnsure: true }));
	}

	/**
	 * Undefined where it cannot be known: in a process that does not hear all messages, the customer may have written
	 * again.
	 *
	 * @param answeredAt Unix seconds of the message that is answered, if that is known
	 */
	of(session: SessionId, answeredAt?: number): ReplyWindow | undefined {
		if (answeredAt !== undefined) this.heard(session, answeredAt);
		else if (!this.listening.has(session.open_kfid)) return undefined;
		const known = this.conversations.get(keyOf(session));
		if (!known) return undefined;
		return { repliesLeft: repliesLeft(known), endsAt: known.heardAt + REPLY_WINDOW_MS / 1_000 };
	}

	private change(session: SessionId, to: (known: Conversation) => Partial<Conversation>): void {
		const known = this.conversations.get(keyOf(session));
		if (known) this.keep(session, { ...known, ...to(known) });
	}

	private keep(session: SessionId, conversation: Conversation): void {
		const key = keyOf(session);
		this.conversations.delete(key);
		this.conversations.set(key, conversation);
		forgetOldest(this.conversations, MAX_REMEMBERED);
	}
}

function repliesLeft({ sent, isUsedUp, isUnsure }: Conversation): number | undefined {
	if (isUsedUp) return 0;
	if (sent.size >= REPLIES_PER_CUSTOMER_MESSAGE) return 0;
	return isUnsure ? undefined : REPLIES_PER_CUSTOMER_MESSAGE - sent.size;
}

function keyOf({ open_kfid, external_userid }: SessionId): string {
	return `${open_kfid}:${external_userid}`;
}

/** Of all executions of this process, and of the trigger, which hears the customers. */
export const replyWindows = new ReplyWindows();
