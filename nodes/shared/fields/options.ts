import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import { REQUEST_TIMEOUT_MS } from '../client/core/settings';
import type { ItemInput } from '../operation/operation';
import { asChoice } from './choice';
import type { NumberRange } from './read';
import { asNumber, asSwitch } from './read';

const DEFAULT_TIMEOUT = REQUEST_TIMEOUT_MS / 1_000;
const TIMEOUT = { min: 0.1, max: 3_600, unit: 'seconds', notAdded: DEFAULT_TIMEOUT };

export const requestTimeoutOption: INodeProperties = {
	displayName: 'Request Timeout (Seconds)',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: TIMEOUT.min, maxValue: TIMEOUT.max },
	default: DEFAULT_TIMEOUT,
	description: 'How long to wait for an answer from WeCom; uploads always get 120 seconds',
};

/** A collection named "Options" with these fields. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}

/** The options of an operation that has no others. */
export const requestOptions: INodeProperties = optionsField([requestTimeoutOption]);

/**
 * Whether an option is on; one that was not added is off.
 *
 * @throws WeComInputError when an expression gave neither true nor false
 */
export function readSwitch(item: ItemInput, name: string, label: string): boolean {
	return item.hasOption(name) && asSwitch(item.option(name), label);
}

/**
 * What is chosen in an option.
 *
 * @throws WeComInputError when an expression gave something that is not among the values
 */
export function readChoiceOption<T extends string>(
	item: ItemInput,
	name: string,
	label: string,
	{ values, notAdded }: { readonly values: readonly T[]; readonly notAdded: NoInfer<T> },
): T {
	return item.hasOption(name) ? asChoice(item.option(name), label, values) : notAdded;
}

/**
 * The number in an option.
 *
 * @throws WeComInputError when an expression gave something else, or one outside the range
 */
export function readNumber(
	item: ItemInput,
	name: string,
	label: string,
	{ notAdded, ...range }: NumberRange & { readonly notAdded: number },
): number {
	return item.hasOption(name) ? asNumber(item.option(name), label, range) : notAdded;
}

/**
 * The value of an option that holds for the whole run; undefined when there is no item.
 *
 * @throws WeComInputError when its expression gives different values: what the first item says could create what
 * another one wants to be tried only
 */
export function readForRun<T>(
	items: readonly ItemInput[],
	label: string,
	read: (item: ItemInput, label: string) => T,
): T | undefined {
	const values = new Set(items.map((item) => read(item, label)));
	if (values.size <= 1) return [...values][0];
	throw new WeComInputError(
		`${label} is not the same for all items`,
		'It holds for the whole run. Fill in one value, or let the expression give the same for every item; use a second node for items that need another one.',
	);
}

/** Milliseconds to wait for an answer. */
export function readTimeoutMs(items: readonly ItemInput[]): number | undefined {
	const seconds = readForRun(items, 'Request Timeout', (item, label) =>
		readNumber(item, 'requestTimeout', label, TIMEOUT),
	);
	return seconds === undefined ? undefined : Math.round(seconds * 1_000);
}
