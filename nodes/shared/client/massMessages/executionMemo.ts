import { WeComInputError } from '../core/errors';
import type { SkippedRecipient } from './recipientCheck';
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
	/** How many recipients this creation reaches: null where WeCom chose them, 0 when nothing was created. */
	readonly recipient_count: number | null;
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
			readonly firstAttemptAt: number;
			/** What was requested. */
			readonly body: AddMsgTemplateRequest;
			readonly skipped: readonly SkippedRecipient[];
	  };

/** A task as it was asked for, by hashes, and the input items that asked. */
export interface TaskIdentity {
	/** Member, content and recipients: equal for two tasks that would say the same to the same people. */
	readonly key: string;
	/** Member and recipients. */
	readonly address: string;
	/** Member and content. */
	readonly message: string;
	readonly sender?: string;
	readonly items: readonly number[];
}

/**
 * What the executions of this process have created, so that n8n's Retry On Fail, which runs a node again with
 * all its items, continues instead of repeating. In memory: WeCom's own records are the ledger.
 */
export class ExecutionMemos {
	private readonly scopes = new Map<string, ExecutionMemo>();

	/** What to remember at most; the scope not used for longest is forgotten first. */
	constructor(private readonly most = { scopes: 1_000, items: 1_000_000 }) {}

	/**
	 * @param scope names one run of one node in one execution, or all calls of an AI agent in one
	 * @param isRun the first of the two: asked for again, the run is repeated
	 */
	of(scope: string, isRun: boolean): ExecutionMemo {
		const earlier = this.scopes.get(scope);
		const memo = earlier ?? new ExecutionMemo(this, isRun);
		if (earlier) earlier.isRepeated = true;
		this.scopes.delete(scope);
		this.scopes.set(scope, memo);
		this.forgetOldest(memo);
		return memo;
	}

	/** Whether an execution of this process accounts for the message. */
	own(msgid: string): boolean {
		return [...this.scopes.values()].some((memo) => memo.owns(msgid));
	}

	/** An AI agent may ask for a task again after it was cancelled. */
	cancelled(msgid: string): void {
		for (const memo of this.scopes.values()) memo.forgetMessage(msgid);
	}

	private forgetOldest(newest: ExecutionMemo): void {
		let items = 0;
		for (const memo of this.scopes.values()) items += memo.items;
		for (const [scope, memo] of this.scopes) {
			if (this.scopes.size <= this.most.scopes && items <= this.most.items) return;
			if (memo === newest) return;
			items -= memo.items;
			this.scopes.delete(scope);
		}
	}
}

export class ExecutionMemo {
	private readonly entries = new Map<string, MemoEntry & { readonly identity: TaskIdentity }>();
	private readonly messages = new Set<string>();
	private readonly running = new Map<string, Promise<unknown>>();
	/** n8n runs the node once more with the same items. */
	isRepeated = false;
	/** Input items remembered. */
	items = 0;

	constructor(
		private readonly process: ExecutionMemos,
		private readonly isRun: boolean,
	) {}

	/**
	 * The task that stands for this one: itself, or the one that its items asked for when the run was tried before.
	 * An expression such as the current time may give another text at the next try, and the customers of a task that
	 * exists must not get that too.
	 *
	 * @throws WeComInputError when the earlier try put these items into other tasks
	 */
	keyOf(identity: TaskIdentity): string {
		if (this.entries.has(identity.key) || !this.isRun || !this.isRepeated) return identity.key;
		const items = new Set(identity.items);
		const others = [...this.entries.values()].filter(
			(earlier) =>
				earlier.identity.message !== identity.message &&
				earlier.identity.sender === identity.sender &&
				earlier.identity.items.some((item) => items.has(item)),
		);
		if (others.length === 0) return identity.key;
		const same = others.find(({ identity: { address } }) => address === identity.address);
		if (same) return same.identity.key;
		throw new WeComInputError(
			'The message is another one than at the first try, when a task was created for some of these customers',
			'Nothing more was created. An expression such as the current time gives another text at every try: set it once in a node before this one.',
		);
	}

	/** What is known of a task. One that an AI agent asks for a second time exists already. */
	get(key: string): MemoEntry | undefined {
		const entry = this.entries.get(key);
		if (!entry?.task?.msgid || this.isRun) return entry;
		return { task: { ...entry.task, state: 'duplicate', recipient_count: 0 } };
	}

	set(identity: TaskIdentity, entry: MemoEntry): void {
		if (!this.entries.has(identity.key)) this.items += identity.items.length;
		this.entries.set(identity.key, { ...entry, identity });
		if (entry.task?.msgid && entry.task.state !== 'duplicate') this.messages.add(entry.task.msgid);
	}

	forget(key: string): void {
		this.items -= this.entries.get(key)?.identity.items.length ?? 0;
		this.entries.delete(key);
	}

	/** Forgets that the task of a message was asked for, not that the message is known. */
	forgetMessage(msgid: string): void {
		if (this.isRun || !this.messages.has(msgid)) return;
		for (const [key, { task }] of this.entries) if (task?.msgid === msgid) this.forget(key);
	}

	/** The task was cancelled. */
	cancelled(msgid: string): void {
		this.process.cancelled(msgid);
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

	/** Whether any execution of this process accounts for the message. */
	ownedByAnyRun(msgid: string): boolean {
		return this.process.own(msgid);
	}
}
