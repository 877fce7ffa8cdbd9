/**
 * Does `work` for every input with at most `lanes` at the same time, and gives the results in the order of the
 * inputs. After a failure nothing new is started, and the failure is thrown once what runs has ended.
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
 * As `mapConcurrently`, but gives every result as soon as those before it are given. Nothing more is started once the
 * caller stops asking, and what runs has ended before the caller goes on.
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

/** Lets pieces of work with the same key run one after the other, in the order in which they came. */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Does the work after any with the same key that came before, whether that failed or not. */
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
