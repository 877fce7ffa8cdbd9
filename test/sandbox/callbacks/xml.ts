import { z } from 'zod';

/**
 * A node of a callback: text, a number, a list that becomes `<Item>` nodes (doc 92130), or nodes
 * inside it.
 */
export type XmlValue = string | number | readonly string[] | XmlNodes;

/** Nodes by name, or as pairs where a name comes several times. An undefined one is left out. */
export type XmlNodes =
	| { readonly [name: string]: XmlValue | undefined }
	| ReadonlyArray<readonly [string, XmlValue]>;

const xmlValue: z.ZodType<XmlValue> = z.lazy(() =>
	z.union([z.string(), z.number(), z.array(z.string()), xmlNodesSchema]),
);

export const xmlNodesSchema: z.ZodType<XmlNodes> = z.lazy(() =>
	z.union([z.record(xmlValue.optional()), z.array(z.tuple([z.string(), xmlValue]))]),
);

/** Text in CDATA, numbers bare, as in the samples of doc 92130. */
export function toXml(nodes: XmlNodes): string {
	return `<xml>${inside(nodes)}</xml>`;
}

export function entriesOf(nodes: XmlNodes): ReadonlyArray<readonly [string, XmlValue]> {
	if (isPairs(nodes)) return nodes;
	return Object.entries(nodes).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, value] as const],
	);
}

function inside(nodes: XmlNodes): string {
	return entriesOf(nodes)
		.map(([name, value]) => `<${name}>${inner(value)}</${name}>`)
		.join('');
}

function inner(value: XmlValue): string {
	if (typeof value === 'number') return String(value);
	if (typeof value === 'string') return cdata(value);
	if (isTexts(value)) return value.map((item) => `<Item>${cdata(item)}</Item>`).join('');
	return inside(value);
}

function isTexts(value: readonly string[] | XmlNodes): value is readonly string[] {
	return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isPairs(nodes: XmlNodes): nodes is ReadonlyArray<readonly [string, XmlValue]> {
	return Array.isArray(nodes);
}

/** Splits the one sequence that CDATA cannot hold over two sections. */
function cdata(text: string): string {
	return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
