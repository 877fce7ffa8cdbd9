import { WeComInputError } from '../client/core/errors';
import type { IdKind } from './ids';
import { checkId, checkName, cleanId, cleanName, isPlain } from './ids';

/** What stands between IDs; WeCom itself writes "lin|wei". */
const BETWEEN_IDS = /[\s,;，；、|]+/;
/** A space belongs to the name or number it stands in. */
const BETWEEN_NAMES = /[\r\n,;，；、]+/;

/** No ID has a bracket. */
const JSON_OF_IDS = /^\s*[[{]|\[object /;
/** A name may begin with one. */
const JSON_OF_NAMES = /^\s*(\[\s*["'\]]|\[object )/;

/**
 * IDs given as an array, as text separated by commas, semicolons, spaces or line breaks, or as the text of a JSON
 * array, which AI models like to write. An entry of an array may be such a text too. Blank ones are dropped, repeated
 * ones are kept once, in order.
 *
 * @throws WeComInputError when the value cannot be a list of IDs of this kind
 */
export function readIds(value: unknown, label: string, kind: IdKind): string[] {
	if (isPlain(value)) {
		checkId(value, label, kind);
		return [value];
	}
	return readList(value, {
		separator: kind === 'phone' ? BETWEEN_NAMES : BETWEEN_IDS,
		splitsEntries: true,
		looksLikeJson: JSON_OF_IDS,
		problem: `${label} must be a list of ${kind === 'phone' ? 'text values' : 'IDs'}`,
		clean: (entry) => cleanId(entry, kind),
		check: (entry) => checkId(entry, label, kind),
	});
}

/**
 * Names, or IDs, given as `readIds` takes them, except that a space belongs to the name it stands in, and so does
 * whatever an entry of an array has.
 *
 * @throws WeComInputError when the value cannot be a list of names
 */
export function readNames(value: unknown, label: string): string[] {
	return readList(value, {
		separator: BETWEEN_NAMES,
		splitsEntries: false,
		looksLikeJson: JSON_OF_NAMES,
		problem: `${label} must be a list of text values`,
		clean: cleanName,
		check: (entry) => checkName(entry, label),
	});
}

/**
 * Values of fixed options, given as `readIds` takes them. Whether there are such options is for the caller to see.
 *
 * @throws WeComInputError when the value cannot be a list
 */
export function readChoices(value: unknown, label: string): string[] {
	return readList(value, {
		separator: BETWEEN_IDS,
		splitsEntries: false,
		looksLikeJson: JSON_OF_IDS,
		problem: `${label} must be a list of IDs`,
		clean: (entry) => entry.trim(),
	});
}

/**
 * Whether an array has an empty entry, such as an expression that resolved to nothing. Reading drops it, which is
 * wrong where every entry is a condition, or where an empty list has a meaning.
 */
export function hasBlankEntry(value: unknown): boolean {
	return Array.isArray(value) && value.some((entry) => isBlankEntry(String(entry ?? '')));
}

function isBlankEntry(entry: string): boolean {
	return entry.split(BETWEEN_NAMES).every((part) => cleanId(part, 'phone') === '');
}

interface ListFormat {
	readonly separator: RegExp;
	/** Whether an entry of an array may be a list in turn. */
	readonly splitsEntries: boolean;
	/** Text that is JSON, or was meant to be. */
	readonly looksLikeJson: RegExp;
	readonly problem: string;
	/** The entry without what does not belong to it. */
	readonly clean: (entry: string) => string;
	/** Throws when it cannot be an entry. */
	readonly check?: (entry: string) => void;
}

function readList(value: unknown, format: ListFormat): string[] {
	const { splitsEntries, clean, check } = format;
	const parts = !Array.isArray(value)
		? partsOf(value, format)
		: splitsEntries
			? value.flatMap((entry) => partsOf(entry, format))
			: value.map((entry) => textOf(entry, format));
	const entries = parts.map(clean).filter((entry) => entry !== '');
	if (check) entries.forEach(check);
	return [...new Set(entries)];
}

/** The entries of a text. */
function partsOf(value: unknown, format: ListFormat): string[] {
	if (isPlain(value)) return [value];
	// A byte order mark would count as a space, and quotes may stand around the whole list.
	const text = cleanName(textOf(value, format));
	if (!format.looksLikeJson.test(text)) return text.split(format.separator);
	const entries = parseArray(text, format).map((entry) => textOf(entry, format));
	return format.splitsEntries ? entries.flatMap((entry) => entry.split(format.separator)) : entries;
}

function parseArray(text: string, { problem }: ListFormat): readonly unknown[] {
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
function textOf(value: unknown, { problem }: ListFormat): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value);
	if (value === null || value === undefined) return '';
	throw notAList(problem);
}

function notAList(problem: string): WeComInputError {
	return new WeComInputError(
		problem,
		'Use an array of strings, or text separated by commas or line breaks.',
	);
}
