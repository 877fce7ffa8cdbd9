import { Turns } from '../core/concurrency';
import { forgetOldest } from '../core/utils';
import type { MessageDraft } from './draft';

/** Maximum number of msgids to remember; the oldest is forgotten first. */
const MAX_REMEMBERED = 100_000;

/** Maximum number of tasks whose recipients to remember; the oldest is forgotten first. */
const MAX_WITH_RECIPIENTS = 1_000;

/** A requested task of which nobody knows whether it exists, as other executions need to know it. */
export interface Unsettled {
	/** The `account` of the client that requested it. */
	readonly account: string;
	/** The `creationKey` of its draft. */
	readonly key: string;
	readonly draft: MessageDraft;
	/** When the first request was sent, in milliseconds of this server's clock. */
	readonly firstAttemptAt: number;
	/** The memo of the execution that looks after it. */
	readonly owner: object;
}

/**
 * What this process's executions share about tasks. In memory only: it saves requests that two executions in one
 * process would otherwise send to find each other's tasks.
 */
class ProcessTasks {
	private readonly claimed = new Set<string>();
	private readonly cancelled = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
	private readonly groups = new Map<string, readonly string[]>();
	private readonly unsettled = new Set<Unsettled>();
	/** Creations that must not run concurrently. */
	readonly turns = new Turns();
	/** How many tasks this process has created. */
	creations = 0;

	/** Whether an execution already accounts for the task. */
	isClaimed(msgid: string): boolean {
		return this.claimed.has(msgid);
	}

	/**
	 * Marks the task as accounted for by the calling execution.
	 *
	 * @returns false when another one already accounts for it
	 */
	claim(msgid: string): boolean {
		if (this.claimed.has(msgid)) return false;
		this.claimed.add(msgid);
		forgetOldest(this.claimed, MAX_REMEMBERED);
		return true;
	}

	/** Remembers for which customer groups this process created a task: WeCom tells only those it was sent to. */
	markGroups(msgid: string, chatIds: readonly string[]): void {
		this.groups.set(msgid, chatIds);
		forgetOldest(this.groups, MAX_WITH_RECIPIENTS);
	}

	/** Chat IDs of a task's customer groups; undefined when this process doesn't know them. */
	groupsOf(msgid: string): readonly string[] | undefined {
		return this.groups.get(msgid);
	}

	/** Remembers a requested task until its outcome is known. */
	leaveUnsettled(requested: Unsettled): void {
		this.unsettled.add(requested);
		forgetOldest(this.unsettled, MAX_WITH_RECIPIENTS);
	}

	/** Its outcome is known. */
	settle(requested: Unsettled): void {
		this.unsettled.delete(requested);
	}

	/** Tasks with the same member and message that other executions have requested, and of which nobody knows. */
	unsettledOf(account: string, key: string, ours: object): readonly Unsettled[] {
		return [...this.unsettled].filter(
			(requested) =>
				requested.owner !== ours && requested.account === account && requested.key === key,
		);
	}

	/** @param reached who had received the message by then, by `memberKey`, as far as WeCom reported */
	markCancelled(
		msgid: string,
		reached: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
	): void {
		this.cancelled.set(msgid, reached);
		forgetOldest(this.cancelled, MAX_REMEMBERED);
	}

	isCancelled(msgid: string): boolean {
		return this.cancelled.has(msgid);
	}

	/** Who received the message of a cancelled task: WeCom itself no longer tells. */
	reachedBeforeCancel(msgid: string): ReadonlyMap<string, ReadonlySet<string>> {
		return this.cancelled.get(msgid) ?? new Map();
	}
}

export const processTasks = new ProcessTasks();
