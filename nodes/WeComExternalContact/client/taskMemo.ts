import type { SkippedRecipient } from './recipientChecks';
import type { AddMsgTemplateRequest } from './types';

/** What became of a task that was asked for. */
export interface CreatedTask {
	/**
	 * - `created`: WeCom said so
	 * - `recovered`: the answer was lost, and the task was found in WeCom's list
	 * - `duplicate`: a task for all its recipients existed before; nothing was created
	 * - `no_recipients`: nobody was left to send to; nothing was created
	 */
	readonly state: 'created' | 'recovered' | 'duplicate' | 'no_recipients';
	/** Empty when there is no task. */
	readonly msgid: string;
	/** External user IDs or chat IDs that the task does not reach. */
	readonly fail_list: readonly string[];
	/** Recipients who were taken off before the request. */
	readonly skipped: readonly SkippedRecipient[];
}

/** What an execution knows of one task: what became of it, or that its fate is unknown. */
export type MemoEntry =
	| { readonly task: CreatedTask }
	| {
			readonly task?: undefined;
			/** Unix seconds of the first request. */
			readonly unknownSince: number;
			/** What was requested. */
			readonly body: AddMsgTemplateRequest;
			readonly skipped: readonly SkippedRecipient[];
	  };

/**
 * What the executions of this process have created, so that n8n's Retry On Fail, which runs a node again with
 * all its items, continues instead of repeating. In memory: WeCom's own records are the ledger.
 */
export class TaskMemos {
	private readonly scopes = new Map<string, TaskMemo>();

	/** @param maxScopes executions to remember; the one not used for longest is forgotten first */
	constructor(private readonly maxScopes = 1_000) {}

	/** @param scope names one run of one node in one execution */
	of(scope: string): TaskMemo {
		const memo = this.scopes.get(scope) ?? new TaskMemo(this);
		this.scopes.delete(scope);
		this.scopes.set(scope, memo);
		for (const oldest of this.scopes.keys()) {
			if (this.scopes.size <= this.maxScopes) break;
			this.scopes.delete(oldest);
		}
		return memo;
	}

	knowsMessage(msgid: string): boolean {
		return [...this.scopes.values()].some((memo) => memo.owns(msgid));
	}
}

export class TaskMemo {
	private readonly entries = new Map<string, MemoEntry>();
	private readonly messages = new Set<string>();
	private readonly running = new Map<string, Promise<unknown>>();

	constructor(private readonly process: TaskMemos) {}

	get(key: string): MemoEntry | undefined {
		return this.entries.get(key);
	}

	set(key: string, entry: MemoEntry): void {
		this.entries.set(key, entry);
		if (entry.task?.msgid && entry.task.state !== 'duplicate') this.messages.add(entry.task.msgid);
	}

	forget(key: string): void {
		this.entries.delete(key);
	}

	/** Does the work on a task alone, after any that began before: an AI agent may ask twice at the same time. */
	async alone<T>(key: string, work: () => Promise<T>): Promise<T> {
		const before = this.running.get(key) ?? Promise.resolve();
		const mine = before.then(work, work);
		this.running.set(key, mine);
		try {
			return await mine;
		} finally {
			if (this.running.get(key) === mine) this.running.delete(key);
		}
	}

	owns(msgid: string): boolean {
		return this.messages.has(msgid);
	}

	/** Whether an execution of this process already accounts for the message. */
	isAccountedFor(msgid: string): boolean {
		return this.process.knowsMessage(msgid);
	}
}
