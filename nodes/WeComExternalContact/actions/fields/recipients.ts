import { WeComInputError } from '../../client/errors';

/**
 * IDs given as an array or as text with commas, semicolons, blanks or line breaks between them. Blank ones are
 * dropped and repeated ones kept once, in order.
 *
 * @throws WeComInputError when the value cannot be a list of IDs
 */
export function readIds(value: unknown, field: string): string[] {
	return readList(value, /[\s,;，；、]+/, `${field} is not a list of IDs`);
}

/**
 * Names, or IDs, given as `readIds` takes them, except that a blank belongs to the name it stands in.
 *
 * @throws WeComInputError when the value cannot be a list of names
 */
export function readNames(value: unknown, field: string): string[] {
	return readList(value, /[\r\n,;，；、]+/, `${field} is not a list of texts`);
}

function readList(value: unknown, separator: RegExp, problem: string): string[] {
	if (value === undefined || value === null) return [];
	const parts = Array.isArray(value)
		? (value as unknown[])
		: String(asText(value, problem)).split(separator);
	const entries = parts.map((part) => String(asText(part, problem)).trim());
	return [...new Set(entries.filter((entry) => entry !== ''))];
}

/** WeCom's IDs are text; a number may be one that a spreadsheet changed on the way. */
function asText(value: unknown, problem: string): string | number {
	if (typeof value === 'string' || typeof value === 'number') return value;
	if (value === null || value === undefined) return '';
	throw new WeComInputError(
		problem,
		'Give text with commas or line breaks between the entries, or an array of texts.',
	);
}
