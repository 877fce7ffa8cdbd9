import { Turns } from '../core/concurrency';

/** Maximum number of msgids to remember; the oldest is forgotten first. */
const MOST_REMEMBERED = 100_000;

/**
 * What this process's executions share about tasks. In memory only: it saves requests that two executions in one
 * process would otherwise send to find each other's tasks.
 */
class ProcessTasks {
	private readonly claimed = new Set<string>();
	private readonly cancelled = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
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
		forgetOldest(this.claimed);
		return true;
	}

	/** @param reached who had received the message by then, by `memberKey`, as far as WeCom reported */
	markCancelled(
		msgid: string,
		reached: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
	): void {
		this.cancelled.set(msgid, reached);
		forgetOldest(this.cancelled);
	}

	isCancelled(msgid: string): boolean {
		return this.cancelled.has(msgid);
	}

	/** Who received the message of a cancelled task: WeCom itself no longer tells. */
	reachedBeforeCancel(msgid: string): ReadonlyMap<string, ReadonlySet<string>> {
		return this.cancelled.get(msgid) ?? new Map();
	}
}

function forgetOldest(remembered: Set<string> | Map<string, unknown>): void {
	if (remembered.size <= MOST_REMEMBERED) return;
	for (const oldest of remembered.keys()) {
		remembered.delete(oldest);
		return;
	}
}

export const processTasks = new ProcessTasks();
