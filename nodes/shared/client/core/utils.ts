/** The values in parts of at most `size`, in order. */
export function chunk<T>(values: readonly T[], size: number): T[][] {
	const chunks: T[][] = [];
	for (let start = 0; start < values.length; start += size) {
		chunks.push(values.slice(start, start + size));
	}
	return chunks;
}

/** Does the work when its result is first asked for, and never again: a failure is kept as well. */
export function lazily<T>(work: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return async () => await (result ??= work());
}

/**
 * For the pages of one list: the rows that did not come before. A row may come twice where rows move while they are
 * read: the last one of a page again as the first one of the next.
 *
 * @param keyOf tells rows apart; a row whose key is undefined cannot be told apart and is kept
 */
export function onlyNew<Row>(
	keyOf: (row: Row) => string | undefined,
): (rows: readonly Row[]) => Row[] {
	const seen = new Set<string>();
	return (rows) =>
		rows.filter((row) => {
			const key = keyOf(row);
			if (key === undefined) return true;
			const isNew = !seen.has(key);
			seen.add(key);
			return isNew;
		});
}

/** Unix seconds of a time that WeCom gives as a number or as text; undefined for 0 and for what is no time. */
export function unixSeconds(time: number | string | undefined): number | undefined {
	const seconds = Number(time);
	return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/** How many of a list a sentence names. */
const MOST_LISTED = 5;

/** The first of a list, for a sentence: "a, b, c and 4 more". */
export function listed(entries: readonly string[]): string {
	const named = entries.slice(0, MOST_LISTED).join(', ');
	return entries.length > MOST_LISTED ? `${named} and ${entries.length - MOST_LISTED} more` : named;
}
