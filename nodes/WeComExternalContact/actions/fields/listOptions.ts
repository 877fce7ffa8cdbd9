import type { INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../operation';

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

/** How many results to return; Infinity for all. */
export function readLimit(item: ItemInput): number {
	return item.parameter('returnAll') === true
		? Infinity
		: Math.max(1, Math.floor(Number(item.parameter('limit'))));
}
