import { WeComResponseError } from './errors';
import type { PagedResponse } from '../types';

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
