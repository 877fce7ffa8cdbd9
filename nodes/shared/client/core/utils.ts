/** Splits the values into chunks of at most `size`, in order. */
export function chunk<T>(values: readonly T[], size: number): T[][] {
	const chunks: T[][] = [];
	for (let start = 0; start < values.length; start += size) {
		chunks.push(values.slice(start, start + size));
	}
	return chunks;
}

/** Runs the work when its result is first requested, and never again: a failure is kept too. */
export function lazily<T>(work: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return async () => await (result ??= work());
}

/**
 * Filters the pages of one list to rows not seen before. Rows may repeat when the list shifts during reading: the last
 * row of one page can reappear as the first of the next.
 *
 * @param keyOf identifies a row; a row without a key, or with an empty one, can't be identified and is kept
 */
export function onlyNew<Row>(
	keyOf: (row: Row) => string | undefined,
): (rows: readonly Row[]) => Row[] {
	const seen = new Set<string>();
	return (rows) =>
		rows.filter((row) => {
			const key = keyOf(row);
			if (!key) return true;
			const isNew = !seen.has(key);
			seen.add(key);
			return isNew;
		});
}

/**
 * Unix seconds of a time that WeCom returns as a number or as text; undefined for 0 and for anything that isn't a time.
 */
export function unixSeconds(time: number | string | undefined): number | undefined {
	const seconds = Number(time);
	return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/**
 * The row with these fields as numbers. WeCom documents them as numbers, and quotes some in its samples; code compares
 * them. Whatever isn't a number stays as it is.
 */
export function withNumbers<Row extends object>(row: Row, ...fields: Array<keyof Row>): Row {
	const texts = fields.filter((field) => isNumeric(row[field]));
	if (texts.length === 0) return row;
	return { ...row, ...Object.fromEntries(texts.map((field) => [field, Number(row[field])])) };
}

function isNumeric(value: unknown): value is string {
	return typeof value === 'string' && /^-?\d+$/.test(value);
}

/** Keeps a map or set at its maximum size: what was added first goes first. */
export function forgetOldest<Key>(
	remembered: Pick<Map<Key, unknown>, 'size' | 'keys' | 'delete'>,
	most: number,
): void {
	for (const oldest of remembered.keys()) {
		if (remembered.size <= most) return;
		remembered.delete(oldest);
	}
}

/** How many list entries a sentence names. */
const MOST_LISTED = 5;

/** The start of a list, for a sentence: "a, b, c and 4 more". */
export function listed(entries: readonly string[]): string {
	const named = entries.slice(0, MOST_LISTED).join(', ');
	return entries.length > MOST_LISTED ? `${named} and ${entries.length - MOST_LISTED} more` : named;
}
