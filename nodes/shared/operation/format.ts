import type { IDataObject } from 'n8n-workflow';

/** A number with its noun: "1 task", "3 tasks". */
export function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The name of one of WeCom's numbers: null where WeCom gave none, and never the name of another number. */
export function nameOf(
	names: Readonly<Record<number, string>>,
	value: number | undefined,
): string | null {
	return value === undefined ? null : (names[value] ?? `unknown_${value}`);
}

/** These fields alone, in this order. One that the record lacks is null, so that all items have the same fields. */
export function pick(record: IDataObject, fields: readonly string[]): IDataObject {
	return Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));
}

/** How many of a list a sentence names. */
const MOST_LISTED = 5;

/** The first of a list, for a sentence: "a, b, c and 4 more". */
export function listed(entries: readonly string[]): string {
	const named = entries.slice(0, MOST_LISTED).join(', ');
	return entries.length > MOST_LISTED ? `${named} and ${entries.length - MOST_LISTED} more` : named;
}
