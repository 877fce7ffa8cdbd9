/**
 * Runs `work` for every input, at most `lanes` at a time, and returns the results in input order. After a failure
 * nothing new starts; the failure is thrown once the work in flight has ended.
 */
export async function mapConcurrently<Input, Result>(
	inputs: readonly Input[],
	lanes: number,
	work: (input: Input) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(inputs.length);
	let next = 0;
	let failure: { error: unknown } | undefined;

	async function lane() {
		while (next < inputs.length && !failure) {
			const index = next++;
			try {
				results[index] = await work(inputs[index] as Input);
			} catch (error) {
				failure ??= { error };
			}
		}
	}

	await Promise.all(Array.from({ length: Math.min(lanes, inputs.length) }, lane));
	if (failure) throw failure.error;
	return results;
}

/**
 * Like `mapConcurrently`, but yields each result as soon as all earlier ones have been yielded. Nothing new starts once
 * the caller stops iterating, and the work in flight ends before the caller continues.
 */
export async function* mapConcurrentlyInOrder<Input, Result>(
	inputs: readonly Input[],
	lanes: number,
	work: (input: Input) => Promise<Result>,
): AsyncGenerator<Result, void> {
	const running: Array<Promise<PromiseSettledResult<Result>>> = [];
	const waiting = inputs[Symbol.iterator]();

	function start() {
		const { done, value } = waiting.next();
		if (!done) running.push(settled(work(value)));
	}

	for (let lane = 0; lane < lanes; lane++) start();
	try {
		for (let first = running.shift(); first; first = running.shift()) {
			const outcome = await first;
			if (outcome.status === 'rejected') throw outcome.reason;
			yield outcome.value;
			start();
		}
	} finally {
		await Promise.all(running);
	}
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
	const [outcome] = await Promise.allSettled([work]);
	return outcome;
}

/** Serializes work with the same key, in order of arrival. */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Runs the work after all earlier work with the same key, whether that succeeded or failed. */
	async take<T>(key: string, work: () => Promise<T>): Promise<T> {
		const before = this.last.get(key) ?? Promise.resolve();
		const mine = before.then(work, work);
		this.last.set(key, mine);
		try {
			return await mine;
		} finally {
			if (this.last.get(key) === mine) this.last.delete(key);
		}
	}
}

/** A number of places; whoever finds none waits in line. */
export class Places {
	private readonly waiting: Array<() => void> = [];

	constructor(private free: number) {}

	async take(): Promise<void> {
		if (this.free > 0) {
			this.free--;
			return;
		}
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	give(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.free++;
	}
}
