/** Does the work when its result is first asked for, and never again: a failure is kept as well. */
export function lazily<T>(work: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return async () => await (result ??= work());
}
