import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';

/** Readers of values that expressions may have made. What is not what it should be is an error, never a default. */

/** The error of a field in which there is nothing, although there must be something. */
export function nothingIn(problem: string, remedy: string): WeComInputError {
	return new WeComInputError(
		problem,
		`${remedy} If it is an expression, it resolved to nothing for this item.`,
	);
}

/**
 * True or false, also as the texts that sheets, forms and AI models give. Nothing else: 1, "yes" and nothing at all
 * are guesses, and some switches keep real messages from going out.
 *
 * @throws WeComInputError
 */
export function asSwitch(value: unknown, label: string): boolean {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	throw new WeComInputError(
		`${label} is neither true nor false`,
		'Switch it on or off, or let its expression give true or false. For this item it gave something else, or nothing.',
	);
}

/** Numbers that a field takes, both ends included. */
export interface NumberRange {
	readonly min: number;
	readonly max: number;
	/** What is counted: "seconds". */
	readonly unit: string;
}

/**
 * A number, also as text.
 *
 * @throws WeComInputError when the value is none, or outside the range
 */
export function asNumber(value: unknown, label: string, { min, max, unit }: NumberRange): number {
	const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const number = isNumeric ? Number(value) : NaN;
	if (number >= min && number <= max) return number;
	throw new WeComInputError(
		`${label} is not a number of ${unit} from ${min} to ${max.toLocaleString('en-US')}`,
		'Fill in such a number. If it is an expression, it resolved to nothing or to something else for this item.',
	);
}

/**
 * A text, also where a number stands for it.
 *
 * @throws WeComInputError for anything else: nobody wants to send "[object Object]"
 */
export function asText(value: unknown, label: string): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value);
	if (value === undefined || value === null) throw nothingIn(`${label} is empty`, 'Fill it in.');
	throw new WeComInputError(`${label} is not a text`, 'Let its expression give a text.');
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
		`${label} is not a list of entries`,
		'Add the entries one by one. If there is an expression in their place, it resolved to nothing or to something else for this item.',
	);
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
