import { asError } from '../core/errors';
import { MAX_XML_DEPTH } from './limits';

/** An element's text, its children, or all elements of the same name. */
export type XmlValue = string | XmlElement | Array<string | XmlElement>;

/** Children by name, in their order. It has no prototype, so that every name is just a name. */
export interface XmlElement {
	[name: string]: XmlValue;
}

const DECLARATION = /\s*(?:<\?xml[^>]*\?>\s*)?/y;
/** Attributes are read over: WeCom sends none. */
const START_TAG =
	/<([A-Za-z][\w.-]*)(?:\s+[A-Za-z][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/y;
const END_TAG = /<\/([A-Za-z][\w.-]*)\s*>/y;
const BLANKS = /\s*/y;
const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';

const ENTITY = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(\w{1,8}));/gi;
const ENTITIES: ReadonlyMap<string, string> = new Map([
	['lt', '<'],
	['gt', '>'],
	['amp', '&'],
	['quot', '"'],
	['apos', "'"],
]);

/**
 * Reads the XML that WeCom sends: elements, text and CDATA. Document types, comments and processing instructions are
 * errors, so nothing expands, and names that begin with an underscore are too. Takes time in proportion to the length.
 *
 * @returns the children of the root element; undefined if the text isn't such XML
 */
export function parseXml(text: string): XmlElement | undefined {
	const reader = new Reader(text);
	try {
		return reader.document();
	} catch (error) {
		if (error instanceof NotXml) return undefined;
		throw asError(error);
	}
}

/** The text of an element; empty if it is missing, or has children or siblings of its name. */
export function textOf(value: XmlValue | undefined): string {
	return typeof value === 'string' ? value : '';
}

export function newElement(): XmlElement {
	return Object.create(null) as XmlElement;
}

class NotXml extends Error {}

class Reader {
	private at: number;

	constructor(private readonly text: string) {
		this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
	}

	document(): XmlElement {
		this.match(DECLARATION);
		const { value } = this.element(1);
		this.match(BLANKS);
		if (this.at < this.text.length) throw new NotXml();
		return typeof value === 'string' ? newElement() : value;
	}

	private element(depth: number): { name: string; value: string | XmlElement } {
		const [, name = '', empty] = this.match(START_TAG) ?? [];
		if (name === '' || depth > MAX_XML_DEPTH) throw new NotXml();
		if (empty) return { name, value: '' };
		let content = '';
		let children: XmlElement | undefined;
		for (;;) {
			if (this.text.startsWith(CDATA_START, this.at)) {
				content += this.upTo(CDATA_END, this.at + CDATA_START.length);
				this.at += CDATA_END.length;
			} else if (this.text.startsWith('</', this.at)) {
				if (this.match(END_TAG)?.[1] !== name) throw new NotXml();
				return { name, value: children ?? content };
			} else if (this.text[this.at] === '<') {
				const child = this.element(depth + 1);
				add((children ??= newElement()), child.name, child.value);
			} else {
				content += decodeEntities(this.plainText(content === ''));
			}
		}
	}

	/** The text outside CDATA. Blanks at either end of an element are its layout: indented XML has them around values. */
	private plainText(isStart: boolean): string {
		const text = this.upTo('<', this.at);
		const begun = isStart ? text.trimStart() : text;
		return this.text.startsWith('</', this.at) ? begun.trimEnd() : begun;
	}

	/** The text from `start` to the next `end`, which comes next. */
	private upTo(end: string, start: number): string {
		const found = this.text.indexOf(end, start);
		if (found < 0) throw new NotXml();
		this.at = found;
		return this.text.slice(start, found);
	}

	private match(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text);
		if (found) this.at = pattern.lastIndex;
		return found;
	}
}

function add(element: XmlElement, name: string, value: string | XmlElement): void {
	const before = element[name];
	if (before === undefined) element[name] = value;
	else if (Array.isArray(before)) before.push(value);
	else element[name] = [before, value];
}

/** An entity that XML doesn't define stays as it is written. */
function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		ENTITY,
		(whole, hex: string | undefined, decimal: string | undefined, name: string) => {
			if (name !== undefined) return ENTITIES.get(name) ?? whole;
			const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
			const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
			return isCharacter ? String.fromCodePoint(code) : whole;
		},
	);
}
