import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** Entries of a list at a time; the editor asks for more when somebody scrolls, or while the list is not full. */
const PAGE = 100;

/** One page of a list that is already known as a whole. */
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

/** Some entries of a list that is read bit by bit; it goes on at `next`. */
export function portionOf<Position>(
	results: INodeListSearchItems[],
	next: Position | undefined,
): INodeListSearchResult {
	return { results, paginationToken: next && JSON.stringify(next) };
}

/** Where a list that `portionOf` began goes on. */
export function positionOf<Position>(
	paginationToken: string | undefined,
	start: Position,
): Position {
	return paginationToken ? (JSON.parse(paginationToken) as Position) : start;
}

/** Whether a name fits what somebody typed into the search, in upper or lower case. */
export function matches(name: string, filter = ''): boolean {
	return name.toLowerCase().includes(filter.trim().toLowerCase());
}
