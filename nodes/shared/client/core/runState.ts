/** What one run of a node remembers across n8n's Retry On Fail, which reruns the node with all its items. */
export class RunState {
	private readonly values = new Map<string, object>();
	/** Which attempt of the run this is, from 1. */
	attempt = 0;
	/** When an attempt ended without a failure, in milliseconds since 1970; undefined where none has. */
	succeededAt: number | undefined;

	/** The value stored under `key`, created on first use. */
	state<T extends object>(key: string, make: () => T): T {
		const known = this.values.get(key) as T | undefined;
		const value = known ?? make();
		this.values.set(key, value);
		return value;
	}

	/** How much is remembered, as far as the values report it. */
	get weight(): number {
		let weight = 0;
		for (const value of this.values.values()) weight += (value as { weight?: number }).weight ?? 0;
		return weight;
	}
}

/**
 * n8n repeats a run only after a failure, and waits for 5 seconds at most. Should it find a failure in a success, there
 * is time enough.
 */
const SUCCESS_KEPT_MS = 60_000;

/** The runs of this process. In memory only: WeCom's own records are the ledger. */
export class RunStates {
	private readonly runs = new Map<string, RunState>();

	/**
	 * @param now milliseconds since 1970
	 * @param most upper bounds on what is remembered of runs that may be repeated; the least recently used goes first
	 */
	constructor(
		private readonly now: () => number,
		private readonly most = { runs: 1_000, weight: 1_000_000 },
	) {}

	/** @param scope identifies one run of one node in one execution, or all calls of an AI agent in one */
	of(scope: string): RunState {
		this.forgetSucceeded();
		const run = this.runs.get(scope) ?? new RunState();
		run.attempt++;
		run.succeededAt = undefined;
		this.runs.delete(scope);
		this.runs.set(scope, run);
		this.forgetOldest(run);
		return run;
	}

	/** @param run what `of` gave */
	succeeded(run: RunState): void {
		run.succeededAt = this.now();
	}

	/** A broadcast to 25,000 customers takes 14 MB, for as long as it is remembered. */
	private forgetSucceeded(): void {
		const before = this.now() - SUCCESS_KEPT_MS;
		for (const [scope, { succeededAt = Infinity }] of this.runs) {
			if (succeededAt < before) this.runs.delete(scope);
		}
	}

	private forgetOldest(newest: RunState): void {
		let weight = 0;
		for (const run of this.runs.values()) weight += run.weight;
		for (const [scope, run] of this.runs) {
			if (this.runs.size <= this.most.runs && weight <= this.most.weight) return;
			if (run === newest) return;
			weight -= run.weight;
			this.runs.delete(scope);
		}
	}
}
