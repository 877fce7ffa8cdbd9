import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import { REQUEST_TIMEOUT_MS, UPLOAD_TIMEOUT_MS } from '../client/core/settings';
import type { ItemInput } from '../operation/operation';
import type { Field, OptionalField } from './field';
import { labelOf, optional, readOption } from './field';
import { collectionField, numberField } from './kinds';

const DEFAULT_TIMEOUT = REQUEST_TIMEOUT_MS / 1_000;

export const requestTimeoutOption = optional(
	numberField({
		displayName: 'Request Timeout (Seconds)',
		name: 'requestTimeout',
		min: 0.1,
		max: 3_600,
		unit: 'seconds',
		default: DEFAULT_TIMEOUT,
		description: 'How long to wait for a response from WeCom. An upload gets at least 120 seconds.',
	}),
	DEFAULT_TIMEOUT,
);

/** For an operation that only uploads. A shorter time has no effect on it, so this starts with the shortest that has. */
export const uploadTimeoutOption: typeof requestTimeoutOption = {
	...requestTimeoutOption,
	property: {
		...requestTimeoutOption.property,
		default: UPLOAD_TIMEOUT_MS / 1_000,
		description:
			'How long to wait for WeCom to take the file and answer. An upload gets at least 120 seconds.',
	},
};

/** A collection named "Options"; read its fields with `readOption`. */
export function optionsField(fields: ReadonlyArray<OptionalField<unknown>>): Field<IDataObject> {
	return collectionField({
		displayName: 'Options',
		name: 'options',
		placeholder: 'Add Option',
		fields,
	});
}

/** The options of an operation that has no others. */
export const requestOptions = optionsField([requestTimeoutOption]);

/**
 * The value of an option that holds for the whole run; undefined when there is no item.
 *
 * @throws WeComInputError when its expression gives different values: what the first item says could create what
 * another item only wants to try
 */
export function readForRun<T>(
	items: readonly ItemInput[],
	option: OptionalField<T>,
): T | undefined {
	const [first] = items;
	if (first?.isConstantOption(option.property.name)) return readOption(first, option);
	const values = items.map((item) => readOption(item, option));
	if (new Set(values.map((value) => JSON.stringify(value))).size <= 1) return values[0];
	throw new WeComInputError(
		`${labelOf(option)} must be the same for all items`,
		'It applies to the whole run. Enter one value, or let the expression return the same for every item. Use a second node for items that need another value.',
	);
}

/** Milliseconds to wait for a response. */
export function readTimeoutMs(items: readonly ItemInput[]): number | undefined {
	const seconds = readForRun(items, requestTimeoutOption);
	return seconds === undefined ? undefined : Math.round(seconds * 1_000);
}
