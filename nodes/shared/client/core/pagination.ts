import { WeComResponseError } from './errors';

export interface Paged {
	cursor?: string;
	limit?: number;
}

export interface PagedResponse {
	next_cursor?: string;
}

/**
 * All pages of a list, fetched one after the other as they are asked for.
 *
 * An empty `next_cursor` ends the list; an empty page does not. A cursor that comes back a second time is an
 * error: following it would never end, and stopping there would cut the list in silence.
 */
export async function* pages<Response extends PagedResponse>(
	path: string,
	fetchPage: (cursor: string) => Promise<Response>,
): AsyncGenerator<Response, void> {
	const seen = new Set<string>();
	let cursor = '';
	do {
		const page = await fetchPage(cursor);
		yield page;
		cursor = page.next_cursor ?? '';
		if (seen.has(cursor)) {
			throw new WeComResponseError('WeCom gave the same page twice, so the list has no end', path);
		}
		seen.add(cursor);
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
