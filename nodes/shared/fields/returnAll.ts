import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import type { ItemInput } from '../operation/operation';
import { asSwitch } from './read';

/** Return All and Limit, as every list has them. */
export const listFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/**
 * How many results to return; Infinity for all.
 *
 * @throws WeComInputError when an expression gave something else than a number
 */
export function readLimit(item: ItemInput): number {
	if (asSwitch(item.parameter('returnAll'), 'Return All')) return Infinity;
	const limit = Math.floor(Number(item.parameter('limit') ?? NaN));
	if (limit >= 1) return limit;
	throw new WeComInputError(
		'Limit is not a number of results',
		'Give a whole number from 1 on, or switch Return All on.',
	);
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
