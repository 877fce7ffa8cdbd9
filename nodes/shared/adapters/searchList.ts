import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** List entries per page. The editor asks for more when the user scrolls or while the list isn't full. */
const PAGE = 100;

/** One page of a list that is already complete in memory. */
export function pageOf(
	all: readonly INodeListSearchItems[],
	filter: string | undefined,
	paginationToken?: string,
): INodeListSearchResult {
	const items = all.filter(({ name }) => matches(name, filter));
	const start = Number(paginationToken ?? 0);
	const end = start + PAGE;
	return {
		results: items.slice(start, end),
		paginationToken: end < items.length ? String(end) : undefined,
	};
}

/** Part of a list that is read incrementally; reading resumes at `next`. */
export function portionOf<Position>(
	results: INodeListSearchItems[],
	next: Position | undefined,
): INodeListSearchResult {
	return { results, paginationToken: next && JSON.stringify(next) };
}

/** Where to resume a list started by `portionOf`. */
export function positionOf<Position>(
	paginationToken: string | undefined,
	start: Position,
): Position {
	return paginationToken ? (JSON.parse(paginationToken) as Position) : start;
}

/** Whether a name matches the search text, ignoring case. */
export function matches(name: string, filter = ''): boolean {
	return name.toLowerCase().includes(filter.trim().toLowerCase());
}
