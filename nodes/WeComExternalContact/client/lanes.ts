/**
 * Does `work` for every input with at most `lanes` at the same time, and gives the results in the order of the
 * inputs. After a failure nothing new is started, and the failure is thrown once what runs has ended.
 */
export async function inLanes<Input, Result>(
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
