import { WeComInputError } from '../../client/errors';

/**
 * IDs given as an array or as text with commas, semicolons, blanks or line breaks between them. Blank ones are
 * dropped and repeated ones kept once, in order.
 *
 * @throws WeComInputError when the value cannot be a list of IDs
 */
export function readIds(value: unknown, field: string): string[] {
	if (value === undefined || value === null) return [];
	const parts = Array.isArray(value)
		? (value as unknown[])
		: String(asText(value, field)).split(/[\s,;，；、]+/);
	const ids = parts.map((part) => String(asText(part, field)).trim());
	return [...new Set(ids.filter((id) => id !== ''))];
}

/** WeCom's IDs are text; a number may be one that a spreadsheet changed on the way. */
function asText(value: unknown, field: string): string | number {
	if (typeof value === 'string' || typeof value === 'number') return value;
	if (value === null || value === undefined) return '';
	throw new WeComInputError(
		`${field} is not a list of IDs`,
		'Give IDs as text with commas or line breaks between them, or as an array of texts.',
	);
}
