import { WeComResponseError } from './errors';

export interface Paged {
	cursor?: string;
	limit?: number;
}

export interface PagedResponse {
	next_cursor?: string;
}

/**
 * Consecutive empty pages that still count as a list. WeCom's filters produce some, but so many have never been seen.
 */
const MAX_EMPTY_PAGES = 100;

/**
 * All pages of a list, fetched sequentially on demand.
 *
 * An empty `next_cursor` ends the list; an empty page does not. Two things that would never end are errors, because
 * stopping there would silently truncate the list: a cursor that repeats, and an endless series of empty pages.
 *
 * @param entriesOf extracts the list entries of a page
 */
export async function* pages<Response extends PagedResponse>(
	path: string,
	fetchPage: (cursor: string) => Promise<Response>,
	entriesOf: (page: Response) => readonly unknown[] | undefined,
): AsyncGenerator<Response, void> {
	const seen = new Set<string>();
	let emptyPages = 0;
	let cursor = '';
	do {
		const page = await fetchPage(cursor);
		yield page;
		cursor = page.next_cursor ?? '';
		if (seen.has(cursor)) {
			throw new WeComResponseError('WeCom gave the same page twice, so the list has no end', path);
		}
		seen.add(cursor);
		emptyPages = entriesOf(page)?.length ? 0 : emptyPages + 1;
		if (emptyPages >= MAX_EMPTY_PAGES && cursor !== '') {
			throw new WeComResponseError(
				`WeCom gave ${MAX_EMPTY_PAGES} empty pages in a row, so the list has no end`,
				path,
			);
		}
	} while (cursor !== '');
}

/** Part of a list that the user browses, and where to resume; undefined at the end. */
export interface Portion<Entry, Position> {
	readonly entries: readonly Entry[];
	readonly next: Position | undefined;
}

/**
 * Reads on until there is something to show. A search may have to pass many entries that don't match, and a list
 * without a search would otherwise stop at a portion that happens to be empty.
 *
 * @param enough entries after which to stop
 * @param portions maximum number of portions to read; the editor asks again for more
 */
export async function readOn<Entry, Position>(
	start: Position,
	read: (position: Position) => Promise<Portion<Entry, Position>>,
	matches: (entry: Entry) => boolean,
	{ enough, portions }: { enough: number; portions: number },
): Promise<Portion<Entry, Position>> {
	const entries: Entry[] = [];
	let next: Position | undefined = start;
	for (let count = 0; count < portions && entries.length < enough && next !== undefined; count++) {
		const portion: Portion<Entry, Position> = await read(next);
		entries.push(...portion.entries.filter(matches));
		next = portion.next;
	}
	return { entries, next };
}
