import { reasonOf } from '../core/errors';
import { forgetOldest } from '../core/utils';
import { SYNC_PAGE } from './limits';
import { checkProgress } from './readSince';
import type { ReaderHost } from './reader';
import type { ServiceMessage, SyncResponse } from './types';

/** Where an account was left. */
export interface SavedAccount {
	/** Every message before it is done. Empty: no page is done yet. */
	readonly cursor: string;
	/** Messages after it that are done too. */
	readonly done: readonly string[];
}

/** A page that was read, until all of its messages are done. */
interface Page {
	/** Where the next one begins. */
	readonly after: string;
	readonly open: Set<string>;
	readonly all: readonly string[];
}

export interface AccountReaderOptions {
	readonly host: ReaderHost;
	/** Unix seconds. Older messages are history. */
	readonly notBefore: () => number;
	/**
	 * Waits until there is room for one more message. The work it returns ends with true when the message is done, and
	 * with false when it was left undone.
	 */
	readonly handOver: (message: ServiceMessage) => Promise<{ readonly done: Promise<boolean> }>;
}

/** Message IDs to remember, so that no message is handed over twice even if WeCom goes back. */
const MAX_REMEMBERED = 50_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Milliseconds before retry number `attempt` (0 first). */
export function retryDelayMs(attempt: number): number {
	return Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS);
}

/** Reads one account: one page at a time, one reader at a time. */
export class AccountReader {
	/** Where to read on. */
	private cursor: string | undefined;
	/** Where everything before is done. */
	private doneUntil: string;
	/** Done after `doneUntil`. */
	private readonly done: Set<string>;
	private readonly pages: Page[] = [];
	private readonly handedOver = new Set<string>();
	/** What the next reading is asked for with. Undefined: nobody asks for one. */
	private requested?: { readonly token?: string };
	private reading?: Promise<void>;
	private stopped = false;

	constructor(
		private readonly id: string,
		private readonly options: AccountReaderOptions,
	) {
		const saved = options.host.saved.accounts?.[id];
		this.cursor = saved?.cursor || undefined;
		this.doneUntil = saved?.cursor ?? '';
		this.done = new Set(saved?.done);
	}

	/** Never read before, so there may be up to 3 days of messages that nobody waits for. */
	get isNew(): boolean {
		return this.cursor === undefined;
	}

	/**
	 * Reads to the end, once.
	 *
	 * @throws WeComError
	 */
	async readOnce(): Promise<void> {
		await (this.reading ?? this.alone(async () => await this.readToEnd()));
	}

	/**
	 * There is something to read. Several calls while a page is on its way become one more reading.
	 *
	 * @param token of the callback
	 */
	ring(token?: string): void {
		if (this.stopped) return;
		this.requested = { token: token ?? this.requested?.token };
		if (!this.reading) void this.alone(async () => await this.readWhileRequested());
	}

	stop(): void {
		this.stopped = true;
	}

	/** One reader at a time. */
	private async alone(read: () => Promise<void>): Promise<void> {
		this.reading = read().finally(() => {
			this.reading = undefined;
			if (this.requested) this.ring(this.requested.token);
		});
		await this.reading;
	}

	private async readWhileRequested(): Promise<void> {
		const { host } = this.options;
		for (let failures = 0; this.requested && !this.stopped; ) {
			const { token } = this.requested;
			this.requested = undefined;
			try {
				await this.readToEnd(token);
				failures = 0;
			} catch (error) {
				host.log(`account ${this.id} could not be read: ${reasonOf(error)}`);
				// Without the token, which may be the reason.
				this.requested ??= {};
				await host.sleep(retryDelayMs(failures++));
			}
		}
	}

	private async readToEnd(token?: string): Promise<void> {
		for (let emptyPages = 0; !this.stopped; ) {
			const { cursor } = this;
			const page = await this.options.host.sync({
				open_kfid: this.id,
				...(cursor !== undefined && { cursor }),
				...(token !== undefined && { token }),
				limit: SYNC_PAGE,
			});
			emptyPages = page.msg_list?.length ? 0 : emptyPages + 1;
			// First what there is, even if the list turns out to have no end: its messages are known by their IDs.
			await this.take(page);
			if (page.has_more !== 1) return;
			checkProgress(page, { cursor, emptyPages });
		}
	}

	/** Hands over what is new on a page. */
	private async take({ msg_list = [], next_cursor }: SyncResponse): Promise<void> {
		const messages = msg_list.filter((message) => this.isDue(message));
		const page: Page = {
			after: next_cursor || (this.cursor ?? ''),
			open: new Set(messages.map(({ msgid }) => msgid)),
			all: msg_list.map(({ msgid }) => msgid),
		};
		this.pages.push(page);
		this.cursor = page.after || undefined;
		this.advance();
		for (const message of messages) {
			const { done } = await this.options.handOver(message);
			void done.then((isDone) => {
				if (isDone) this.finish(page, message.msgid);
			});
		}
	}

	/** Whether a message is to be handed over; it is marked as such. */
	private isDue(message: ServiceMessage): boolean {
		const { msgid, send_time } = message;
		if (this.done.has(msgid) || this.handedOver.has(msgid)) return false;
		if (send_time < this.options.notBefore() || !this.options.host.wants(message)) return false;
		this.handedOver.add(msgid);
		forgetOldest(this.handedOver, MAX_REMEMBERED);
		return true;
	}

	private finish(page: Page, msgid: string): void {
		this.done.add(msgid);
		page.open.delete(msgid);
		this.advance();
	}

	/** Moves what is saved past the pages that are done. */
	private advance(): void {
		for (let [page] = this.pages; page?.open.size === 0; [page] = this.pages) {
			this.pages.shift();
			this.doneUntil = page.after;
			for (const msgid of page.all) this.done.delete(msgid);
		}
		const { saved } = this.options.host;
		const account: SavedAccount = { cursor: this.doneUntil, done: [...this.done] };
		saved.accounts = { ...saved.accounts, [this.id]: account };
	}
}
