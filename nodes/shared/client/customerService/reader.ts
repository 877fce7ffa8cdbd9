import { Places, Turns } from '../core/concurrency';
import { reasonOf } from '../core/errors';
import type { SavedAccount } from './accountReader';
import { AccountReader, retryDelayMs } from './accountReader';
import { conversationOf } from './messages';
import type { ServiceMessage, SyncRequest, SyncResponse } from './types';

/** What is kept while nobody listens. */
export interface SavedState {
	/** Unix seconds. Older messages are history. */
	notBefore?: number;
	accounts?: Record<string, SavedAccount>;
}

/** What the reader needs of whoever runs it. */
export interface ReaderHost {
	sync(request: SyncRequest): Promise<SyncResponse>;
	/** Starts one execution for a message. Resolves when it has ended, and rejects if it could not be started. */
	start(message: ServiceMessage): Promise<void>;
	/** Whether the builder wants this kind of message. */
	wants(message: ServiceMessage): boolean;
	/** Written by the host at each `start`. */
	readonly saved: SavedState;
	/** WeCom's time in Unix seconds. */
	now(): number;
	sleep(ms: number): Promise<void>;
	log(text: string): void;
}

export interface ReaderOptions {
	/** Seconds before the first reading from which messages count. */
	readonly startBackSeconds: number;
	/** Whether a customer's next message waits until the execution for the one before has ended. */
	readonly oneAtATime: boolean;
	/** Executions at the same time. */
	readonly maxRunning: number;
}

/** Maximum number of messages that are read but not done; reading waits above it. */
const READ_AHEAD = 1_000;
/** Milliseconds after which an execution no longer holds up others: it may wait for days. */
const LONGEST_HOLD_MS = 120_000;

/**
 * Reads the messages of customer service accounts (doc 94670) and starts one execution for each: at least once, in the
 * order of each customer, and each `msgid` once as long as this process lives. What is saved of an account moves only
 * past messages whose executions have ended, so whoever takes over after a crash reads the others again.
 */
export class Reader {
	private readonly accounts = new Map<string, AccountReader>();
	private readonly turns = new Turns();
	private readonly ahead = new Places(READ_AHEAD);
	private readonly running: Places;
	private stopped = false;

	constructor(
		private readonly host: ReaderHost,
		private readonly options: ReaderOptions,
	) {
		this.running = new Places(options.maxRunning);
	}

	/**
	 * Begins with these accounts. The first reading of an account is waited for, so that a refusal shows to whoever
	 * publishes the workflow; one that has a cursor is read on at once, without a callback.
	 *
	 * @throws WeComError
	 */
	async begin(ids: readonly string[]): Promise<void> {
		for (const id of ids) {
			const account = this.account(id);
			if (account.isNew) await account.readOnce();
			else account.ring();
		}
		this.notBefore();
	}

	/** Reads all known accounts: a callback may have been lost, or gone to another process. */
	lookAtAll(): void {
		for (const account of this.accounts.values()) account.ring();
	}

	/**
	 * There is something to read.
	 *
	 * @param token of the callback
	 */
	ring(id: string, token?: string): void {
		this.account(id).ring(token);
	}

	/** Reads an account no more: it is gone, or the app may not read it any longer. */
	forget(id: string): void {
		this.accounts.get(id)?.stop();
		this.accounts.delete(id);
	}

	/** Hands over nothing more. What is not done is read again by the next reader. */
	stop(): void {
		this.stopped = true;
		for (const account of this.accounts.values()) account.stop();
	}

	private account(id: string): AccountReader {
		const known = this.accounts.get(id);
		if (known) return known;
		const account = new AccountReader(id, {
			host: this.host,
			notBefore: () => this.notBefore(),
			handOver: async (message) => await this.handOver(message),
		});
		this.accounts.set(id, account);
		return account;
	}

	/** Set once a response has told WeCom's time. */
	private notBefore(): number {
		const { host, options } = this;
		return (host.saved.notBefore ??= host.now() - options.startBackSeconds);
	}

	private async handOver(message: ServiceMessage): Promise<{ done: Promise<boolean> }> {
		await this.ahead.take();
		return { done: this.inTurn(message).finally(() => this.ahead.give()) };
	}

	/** After the earlier messages of the customer; true when the message is done. */
	private async inTurn(message: ServiceMessage): Promise<boolean> {
		const { ended } = await this.turns.take(conversationOf(message), async () => {
			await this.running.take();
			const started = this.start(message);
			const held = Promise.race([started, this.host.sleep(LONGEST_HOLD_MS)]);
			const released = held.finally(() => this.running.give());
			if (this.options.oneAtATime) await released;
			return { ended: started };
		});
		return await ended;
	}

	/** Tries until it succeeds: a message that is skipped is lost. False when the reader was stopped before. */
	private async start(message: ServiceMessage): Promise<boolean> {
		for (let failures = 0; !this.stopped; ) {
			try {
				await this.host.start(message);
				return true;
			} catch (error) {
				this.host.log(`message ${message.msgid} did not start: ${reasonOf(error)}`);
				await this.host.sleep(retryDelayMs(failures++));
			}
		}
		return false;
	}
}
