import type { Field } from './field';

/** For operations whose records have more than ten fields. Only an explicit false gives the raw data. */
export const simplifyField: Field<boolean> = {
	property: {
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	parse: (value) => value !== false,
};
