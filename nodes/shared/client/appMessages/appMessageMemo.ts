import { WeComUnknownOutcomeError } from '../core/errors';
import type { AppMessage } from './message';
import { appMessageKey } from './message';
import type { SentAppMessage } from './sendAppMessage';

interface Known {
	/** The first item that asked for it. */
	readonly item: number;
	/** The attempt of the run at which it did, from 1. */
	readonly attempt: number;
	/** Of an attempt whose response was lost, in milliseconds of the client's clock. */
	unansweredAt?: number;
	/** Undefined where it may be sent once more. */
	result?: Promise<SentAppMessage>;
}

/** What one run of a node has sent, so that Retry On Fail and an AI agent that repeats itself send nothing twice. */
export class AppMessageMemo {
	private readonly messages = new Map<number, AppMessage>();
	private readonly known = new Map<string, Known>();

	/** How much is remembered. */
	get weight(): number {
		return this.messages.size + this.known.size;
	}

	/**
	 * What an item asked for at the first attempt of this run. Another text at the next one, for example with the time in
	 * it, would be another message.
	 */
	async keep(item: number, read: () => Promise<AppMessage>): Promise<AppMessage> {
		const message = this.messages.get(item) ?? (await read());
		this.messages.set(item, message);
		return message;
	}

	/**
	 * Sends a message unless this run has sent it.
	 *
	 * @param by who asks; `attempt` counts the attempts of the run, or the calls of an AI agent
	 * @param options.mayRepeat whether WeCom drops repeats. If so, one whose response was lost may be sent again. If not,
	 * it never is, and each item sends a message of its own.
	 * @returns the message, and whether somebody else in this run had it sent
	 */
	async send(
		message: AppMessage,
		by: { readonly item: number; readonly attempt: number; readonly isAgent: boolean },
		{ mayRepeat, now }: { readonly mayRepeat: boolean; readonly now: number },
		send: (unansweredAt: number | undefined) => Promise<SentAppMessage>,
	): Promise<{ readonly sent: SentAppMessage; readonly isDuplicate: boolean }> {
		const key = JSON.stringify([appMessageKey(message), mayRepeat ? 'any' : by.item]);
		const entry: Known = this.known.get(key) ?? { item: by.item, attempt: by.attempt };
		this.known.set(key, entry);
		const isDuplicate =
			entry.result !== undefined &&
			(entry.item !== by.item || (by.isAgent && entry.attempt !== by.attempt));
		if (!entry.result) {
			const result = send(entry.unansweredAt);
			entry.result = result;
			result.catch((error: unknown) => {
				const isUnknown = error instanceof WeComUnknownOutcomeError;
				if (!isUnknown || mayRepeat) entry.result = undefined;
				if (isUnknown) entry.unansweredAt ??= now;
			});
		}
		return { sent: await entry.result, isDuplicate };
	}
}
