import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../operation/operation';

/** For operations whose records have more than ten fields. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Only an explicit false gives the raw data. */
export function wantsSimple(item: ItemInput): boolean {
	return item.parameter('simple') !== false;
}

/** These fields alone, in this order; one that the record lacks is null, so that all items have the same. */
export function pick(record: IDataObject, fields: readonly string[]): IDataObject {
	return Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));
}
