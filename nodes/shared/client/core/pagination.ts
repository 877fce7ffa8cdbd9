import { WeComResponseError } from './errors';

export interface Paged {
	cursor?: string;
	limit?: number;
}

export interface PagedResponse {
	next_cursor?: string;
}

/** Empty pages in a row that still count as a list: filters on WeCom's side leave some, but nobody has seen so many. */
const MAX_EMPTY_PAGES = 100;

/**
 * All pages of a list, fetched one after the other as they are asked for.
 *
 * An empty `next_cursor` ends the list; an empty page does not. Two things that would never end are errors, since
 * stopping there would cut the list in silence: a cursor that comes back a second time, and empty pages on and on.
 *
 * @param entriesOf what a page gives of the list
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

/** Some entries of a list that somebody looks through, and where to go on; undefined at the end. */
export interface Portion<Entry, Position> {
	readonly entries: readonly Entry[];
	readonly next: Position | undefined;
}

/**
 * Reads on until there is something to show: a search may have to go through many entries that do not match, and a
 * list without a search would otherwise stop at a portion that happens to be empty.
 *
 * @param enough entries after which to stop
 * @param portions at most so many are read; the editor asks again for more
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
