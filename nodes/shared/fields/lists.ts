import { WeComInputError } from '../client/core/errors';

/**
 * IDs given as an array, as text separated by commas, semicolons, spaces or line breaks, or as the text of a JSON
 * array, which AI models like to write. Blank ones are dropped, repeated ones are kept once, in order.
 *
 * @throws WeComInputError when the value cannot be a list of IDs
 */
export function readIds(value: unknown, label: string): string[] {
	return readList(value, {
		separator: /[\s,;，；、]+/,
		looksLikeJson: /^\s*[[{]/,
		problem: `${label} must be a list of IDs`,
	});
}

/**
 * Names, or IDs, given as `readIds` takes them, except that a space belongs to the name it stands in.
 *
 * @throws WeComInputError when the value cannot be a list of names
 */
export function readNames(value: unknown, label: string): string[] {
	return readList(value, {
		separator: /[\r\n,;，；、]+/,
		// A name may begin with a bracket.
		looksLikeJson: /^\s*(\[\s*["'\]]|\[object )/,
		problem: `${label} must be a list of text values`,
	});
}

/**
 * Whether an array has an empty entry, such as an expression that resolved to nothing. Reading drops it, which is
 * wrong where every entry is a condition, or where an empty list has a meaning.
 */
export function hasBlankEntry(value: unknown): boolean {
	return Array.isArray(value) && value.some((entry) => String(entry ?? '').trim() === '');
}

interface ListFormat {
	readonly separator: RegExp;
	/** Text that is JSON, or was meant to be. */
	readonly looksLikeJson: RegExp;
	readonly problem: string;
}

function readList(value: unknown, { separator, looksLikeJson, problem }: ListFormat): string[] {
	if (value === undefined || value === null) return [];
	if (typeof value === 'string' && looksLikeJson.test(value)) {
		return entriesOf(parseArray(value, problem), problem);
	}
	const parts = Array.isArray(value) ? value : String(asEntry(value, problem)).split(separator);
	return entriesOf(parts, problem);
}

function entriesOf(parts: readonly unknown[], problem: string): string[] {
	const entries = parts.map((part) => String(asEntry(part, problem)).trim());
	return [...new Set(entries.filter((entry) => entry !== ''))];
}

function parseArray(text: string, problem: string): readonly unknown[] {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		parsed = undefined;
	}
	if (Array.isArray(parsed)) return parsed;
	throw notAList(problem);
}

/** WeCom's IDs are text; a number may be one that a spreadsheet changed on the way. */
function asEntry(value: unknown, problem: string): string | number {
	if (typeof value === 'string' || typeof value === 'number') return value;
	if (value === null || value === undefined) return '';
	throw notAList(problem);
}

function notAList(problem: string): WeComInputError {
	return new WeComInputError(
		problem,
		'Use an array of strings, or text separated by commas or line breaks.',
	);
}
