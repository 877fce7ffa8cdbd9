import type { XmlElement, XmlValue } from './xml';
import { newElement } from './xml';

/**
 * Reads a JSON object as XML would give it: texts, elements and lists (doc 90968 has a JSON form beside XML).
 *
 * @returns undefined if the text isn't a JSON object
 */
export function parseJsonObject(text: string): XmlElement | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return undefined;
	}
	return isObject(parsed) ? elementOf(parsed, 1) : undefined;
}

export function looksLikeJson(text: string): boolean {
	return /^\uFEFF?\s*\{/.test(text);
}

/** Objects deeper than this are left out: WeCom's messages have at most five levels. */
const MAX_DEPTH = 8;

function elementOf(object: object, depth: number): XmlElement {
	const element = newElement();
	for (const [name, value] of Object.entries(object)) {
		if (/^[A-Za-z]/.test(name)) element[name] = valueOf(value, depth);
	}
	return element;
}

function valueOf(value: unknown, depth: number): XmlValue {
	if (Array.isArray(value)) return value.map((each) => singleOf(each, depth));
	return singleOf(value, depth);
}

function singleOf(value: unknown, depth: number): string | XmlElement {
	if (isObject(value)) return depth < MAX_DEPTH ? elementOf(value, depth + 1) : '';
	return value === null || value === undefined || Array.isArray(value)
		? ''
		: String(value as string | number | boolean);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
