import { WeComUnknownOutcomeError } from './errors';

/**
 * What one run of the node has done and must not do again when n8n's Retry On Fail runs it once more: a second
 * upload of the same file would give another media ID, and with it another task to the same customers.
 */
export class Once {
	private readonly done = new Map<string, Promise<unknown>>();

	/**
	 * Does the work named by `key` unless it was done before. A failure is not remembered, except where nobody knows
	 * the outcome: what may have been done must not be done again either.
	 *
	 * @param options.cacheSuccess false: a success is not remembered either, since whoever asks again wants it again
	 */
	async run<T>(
		key: string,
		work: () => Promise<T>,
		{ cacheSuccess = true }: { readonly cacheSuccess?: boolean } = {},
	): Promise<T> {
		const earlier = this.done.get(key) as Promise<T> | undefined;
		if (earlier) return await earlier;
		const result = work();
		this.done.set(key, result);
		result.then(
			() => cacheSuccess || this.done.delete(key),
			(error: unknown) => error instanceof WeComUnknownOutcomeError || this.done.delete(key),
		);
		return await result;
	}
}
