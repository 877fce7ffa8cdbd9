import { WeComUnknownOutcomeError } from './errors';

/**
 * What one run of the node has done and must not redo when Retry On Fail runs it again: a second upload of the same
 * file would return another media ID, and with it create another task for the same customers.
 */
export class Once {
	private readonly done = new Map<string, Promise<unknown>>();

	/**
	 * Runs the work named by `key` unless it was already done. A failure is not remembered unless its outcome is unknown:
	 * what may have been done must not be redone either.
	 *
	 * @param options.cacheSuccess false: this success is not remembered either, because a repeated request means to
	 * repeat it
	 */
	async run<T>(
		key: string,
		work: () => Promise<T>,
		{ cacheSuccess = true }: { readonly cacheSuccess?: boolean | ((result: T) => boolean) } = {},
	): Promise<T> {
		const earlier = this.done.get(key) as Promise<T> | undefined;
		if (earlier) return await earlier;
		const result = work();
		this.done.set(key, result);
		result.then(
			(value) => {
				const keeps = typeof cacheSuccess === 'function' ? cacheSuccess(value) : cacheSuccess;
				return keeps || this.done.delete(key);
			},
			(error: unknown) => error instanceof WeComUnknownOutcomeError || this.done.delete(key),
		);
		return await result;
	}
}
