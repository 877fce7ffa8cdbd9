import { Turns } from '../core/concurrency';
import type { MessageDraft } from './draft';
import { recipientsOf } from './draft';
import type { Unsettled } from './processTasks';
import { processTasks } from './processTasks';
import type { SkippedRecipient } from './recipientCheck';
import { messageKey, taskKey } from './taskKey';
import type { AddMsgTemplateRequest } from './types';

/** What became of a requested task. */
export interface CreatedTask {
	/**
	 * - `created`: WeCom said so
	 * - `recovered`: the response was lost, and the task was found in WeCom's list
	 * - `duplicate`: a task for all its recipients already existed; nothing was created
	 * - `no_recipients`: nobody was left to send to; nothing was created
	 */
	readonly state: 'created' | 'recovered' | 'duplicate' | 'no_recipients';
	/** Empty when there is no task. */
	readonly msgid: string;
	/** How many recipients this creation reaches: null if WeCom chose them, 0 if nothing was created. */
	readonly recipient_count: number | null;
	/** External user IDs or chat IDs that the task doesn't reach. */
	readonly fail_list: readonly string[];
	/** Recipients removed before the request. */
	readonly skipped: readonly SkippedRecipient[];
}

/** A requested task whose outcome is unknown. */
export interface OpenTask {
	readonly task?: undefined;
	/** When the first request was sent, in milliseconds of this server's clock. */
	readonly firstAttemptAt: number;
	/** The draft after the checks removed recipients. */
	readonly draft: MessageDraft;
	/** The request that was sent. */
	readonly body: AddMsgTemplateRequest;
	readonly skipped: readonly SkippedRecipient[];
	/** What other executions in this process see of it. */
	readonly shared: Unsettled;
}

export type MemoEntry = { readonly task: CreatedTask } | OpenTask;

/** What an input item asked for, and in which attempt. */
interface KeptItem {
	readonly item: number;
	readonly attempt: number;
	readonly drafts: readonly MessageDraft[];
}

/**
 * What one run of the node, or one AI agent, has asked for and what became of it, so that n8n's Retry On Fail continues
 * instead of starting over.
 */
export class ExecutionMemo {
	private readonly entries = new Map<string, MemoEntry & { readonly draft: MessageDraft }>();
	/** The attempt that first asked for a task. */
	private readonly attempts = new Map<string, number>();
	private readonly messages = new Set<string>();
	private readonly items = new Map<number, KeptItem>();
	private readonly changed = new Set<number>();
	/** An AI agent may ask for the same thing twice concurrently. */
	readonly turns = new Turns();
	/** Number of recipients and items remembered. */
	weight = 0;

	/** @param ofAgent whether it holds all calls of an AI agent, rather than the attempts of one run */
	constructor(private readonly ofAgent: boolean) {}

	/**
	 * What an item asks for. A retry gets what the first attempt asked for: an expression such as the current time or a
	 * random sample may return something else each time, and recipients already asked for must not also be asked for with
	 * another member or another text.
	 *
	 * @param read reads what the item asks for now
	 */
	async keep(
		item: number,
		attempt: number,
		read: () => Promise<readonly MessageDraft[]>,
	): Promise<KeptItem> {
		const kept = this.items.get(item);
		if (!kept) return this.remember(item, attempt, await read());
		// If it can't be read any more, it has changed too.
		const now = await read().catch(() => []);
		if (now.map(taskKey).join() !== kept.drafts.map(taskKey).join()) this.changed.add(item);
		return kept;
	}

	/** What an item asks for that has not asked before, where nothing is left to read. */
	remember(item: number, attempt: number, drafts: readonly MessageDraft[]): KeptItem {
		const fresh = { item, attempt, drafts };
		if (!this.ofAgent) this.items.set(item, fresh);
		return fresh;
	}

	/** Whether an item asked for something in an earlier attempt. */
	keeps(item: number): boolean {
		return this.items.has(item);
	}

	/** Items for which an expression returned something else in a later attempt. */
	get changedItems(): ReadonlySet<number> {
		return this.changed;
	}

	/** What is known about a task. If an AI agent asks for the same task again, it counts as a duplicate. */
	get(key: string): MemoEntry | undefined {
		const entry = this.entries.get(key);
		if (!entry?.task?.msgid || !this.ofAgent) return entry;
		// After cancelling the task, an agent may ask for it again.
		if (processTasks.isCancelled(entry.task.msgid)) return undefined;
		return { task: { ...entry.task, state: 'duplicate', recipient_count: 0 } };
	}

	set(key: string, draft: MessageDraft, entry: MemoEntry): void {
		if (!this.entries.has(key)) this.weight += weightOf(draft);
		this.entries.set(key, { draft, ...entry });
		if (entry.task?.msgid && entry.task.state !== 'duplicate') this.messages.add(entry.task.msgid);
	}

	forget(key: string): void {
		const entry = this.entries.get(key);
		if (entry) this.weight -= weightOf(entry.draft);
		this.entries.delete(key);
	}

	/**
	 * Earlier requests with the same message: of an AI agent all of them, of a run those of its earlier attempts, since
	 * within one attempt the builder decides who gets what.
	 */
	asksBefore(
		key: string,
		draft: MessageDraft,
		attempt: number,
	): Array<[key: string, entry: MemoEntry & { readonly draft: MessageDraft }]> {
		const wanted = messageKey(draft);
		this.attempts.set(key, Math.min(attempt, this.attempts.get(key) ?? attempt));
		return [...this.entries].filter(
			([earlier, { task, draft: asked }]) =>
				earlier !== key &&
				(this.ofAgent || (this.attempts.get(earlier) ?? 0) < attempt) &&
				!(task && (task.msgid === '' || processTasks.isCancelled(task.msgid))) &&
				messageKey(asked) === wanted,
		);
	}

	/** What was asked for and exists, or may exist. */
	existing(): MessageDraft[] {
		return [...this.entries.values()]
			.filter(({ task }) => task?.msgid !== '' && !(task && processTasks.isCancelled(task.msgid)))
			.map(({ draft }) => draft);
	}

	/** Whether a task belongs to this run. */
	owns(msgid: string): boolean {
		return this.messages.has(msgid);
	}
}

function weightOf(draft: MessageDraft): number {
	return 1 + recipientsOf(draft).length;
}
