import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';

/** Readers of values that expressions may have made. A wrong value is an error and never becomes a default. */

/** The error for a field that needs a value and has none. */
export function nothingIn(problem: string, remedy: string): WeComInputError {
	return new WeComInputError(
		problem,
		`${remedy} If you used an expression, it resolved to nothing for this item.`,
	);
}

/** @throws WeComInputError when the value is not among the values */
export function asChoice<T extends string | number>(
	value: unknown,
	label: string,
	values: readonly T[],
): T {
	const choice = values.find((each) => String(each) === String(value));
	if (choice !== undefined) return choice;
	throw new WeComInputError(
		`${label} has an unknown value`,
		`Choose from the list. An expression must return one of: ${values.join(', ')}.`,
	);
}

/**
 * True or false, also as the text that sheets, forms and AI models give. Nothing else counts: 1, "yes" and nothing
 * at all would be guesses, and some switches keep real messages from going out.
 *
 * @throws WeComInputError
 */
export function asSwitch(value: unknown, label: string): boolean {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	throw new WeComInputError(
		`${label} must be true or false`,
		'Turn it on or off, or let the expression return true or false. For this item it returned something else, or nothing.',
	);
}

/** The numbers that a field takes, both ends included. */
export interface NumberRange {
	readonly min: number;
	/** No upper end unless it is given. */
	readonly max?: number;
	/** What is counted: "seconds". */
	readonly unit?: string;
	/** Takes whole numbers only. */
	readonly whole?: boolean;
}

/**
 * A number, also as text.
 *
 * @throws WeComInputError when the value is not a number, or out of range
 */
export function asNumber(value: unknown, label: string, range: NumberRange): number {
	const { min, max = Infinity, unit, whole = false } = range;
	const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const number = isNumeric ? Number(value) : NaN;
	if (number >= min && number <= max && (!whole || Number.isInteger(number))) return number;
	const kind = `a ${whole ? 'whole ' : ''}number${unit === undefined ? '' : ` of ${unit}`}`;
	const within =
		max === Infinity ? `of at least ${min}` : `from ${min} to ${max.toLocaleString('en-US')}`;
	throw new WeComInputError(
		`${label} must be ${kind} ${within}`,
		'Enter such a number. If you used an expression, it resolved to something else or to nothing for this item.',
	);
}

/**
 * Text, also where a number stands for it.
 *
 * @throws WeComInputError for anything else: nobody wants to send "[object Object]", or the "NaN" of a calculation with
 * a missing value
 */
export function asText(value: unknown, label: string): string {
	if (typeof value === 'string' || Number.isFinite(value)) return String(value);
	if (typeof value === 'number') {
		throw new WeComInputError(
			`${label} is ${value}`,
			'The expression calculates with something that is no number. Correct it, or filter out items without a value before this node.',
		);
	}
	if (value === undefined || value === null)
		throw nothingIn(`${label} has no value`, 'Fill it in.');
	throw new WeComInputError(`${label} must be text`, 'Let the expression return text.');
}

/**
 * The values of a collection by the names of the fields that were added; none where there is nothing.
 *
 * @throws WeComInputError when an expression gave something else in its place
 */
export function asValues(value: unknown, label: string): IDataObject {
	if (value === undefined || value === null) return {};
	if (isObject(value)) return value;
	throw new WeComInputError(
		`${label} must be a collection of fields`,
		'Add the fields one by one. An expression can stand in each of them, not in their place.',
	);
}

/**
 * The entries of a collection that takes several.
 *
 * @param entry the name that its entries have
 * @throws WeComInputError when an expression gave something else in their place
 */
export function asEntries(value: unknown, entry: string, label: string): IDataObject[] {
	const entries = isObject(value) ? (entry in value ? value[entry] : []) : undefined;
	if (Array.isArray(entries) && entries.every(isObject)) return entries;
	throw new WeComInputError(
		`${label} must be a list of entries`,
		'Add the entries one by one. If an expression stands in their place, it resolved to something else or to nothing for this item.',
	);
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
