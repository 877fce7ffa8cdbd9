import { Turns } from '../core/concurrency';

/** msgids to remember; the oldest is forgotten first. */
const MOST_REMEMBERED = 100_000;

/**
 * What the executions of this process tell each other about tasks. In memory only: it saves the looks at WeCom that
 * two executions of one process would otherwise have to take at each other.
 */
class ProcessTasks {
	private readonly claimed = new Set<string>();
	private readonly cancelled = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
	/** Creations that must not happen side by side. */
	readonly turns = new Turns();
	/** How many tasks were created. */
	creations = 0;

	/** Whether an execution accounts for the task. */
	isClaimed(msgid: string): boolean {
		return this.claimed.has(msgid);
	}

	/**
	 * Makes an execution account for a task.
	 *
	 * @returns false when another one already does
	 */
	claim(msgid: string): boolean {
		if (this.claimed.has(msgid)) return false;
		this.claimed.add(msgid);
		forgetOldest(this.claimed);
		return true;
	}

	/** @param reached who had the message by then, by `memberKey`, as far as WeCom told */
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

	/** Who has the message of a cancelled task: WeCom itself no longer tells. */
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
