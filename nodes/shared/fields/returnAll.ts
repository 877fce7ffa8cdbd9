import type { ItemInput } from '../operation/operation';
import { read, shownWhen } from './field';
import { numberField, switchField } from './kinds';

const returnAllField = switchField({
	displayName: 'Return All',
	name: 'returnAll',
	description: 'Whether to return all results or only up to a given limit',
});

const limitField = numberField({
	displayName: 'Limit',
	name: 'limit',
	min: 1,
	whole: true,
	default: 50,
	description: 'Max number of results to return',
});

/** Return All and Limit, as every list has them. */
export const listFields = [returnAllField, shownWhen(returnAllField, [false], limitField)];

/** How many results to return; Infinity for all. */
export function readLimit(item: ItemInput): number {
	return read(item, returnAllField) ? Infinity : read(item, limitField);
}

/** Pages with the results up to the limit; no more of them are asked for than are given. */
export async function* takePages<T>(
	pages: AsyncIterable<readonly T[]>,
	limit: number,
): AsyncGenerator<readonly T[], void> {
	let left = limit;
	for await (const page of pages) {
		yield page.slice(0, left);
		left -= page.length;
		if (left <= 0) return;
	}
}

/** The results up to the limit; no more of them are asked for than are given. */
export async function* take<T>(
	results: AsyncIterable<T> | Iterable<T>,
	limit: number,
): AsyncGenerator<T, void> {
	let count = 0;
	for await (const result of results) {
		yield result;
		if (++count >= limit) return;
	}
}
