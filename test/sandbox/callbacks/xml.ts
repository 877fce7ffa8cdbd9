/** A node of a callback: text, a number, or a list that becomes `<Item>` nodes (doc 92130). */
export type XmlValue = string | number | readonly string[];

/** Text in CDATA, numbers bare, as in the samples of doc 92130. */
export function toXml(nodes: Readonly<Record<string, XmlValue>>): string {
	const body = Object.entries(nodes).map(([name, value]) => `<${name}>${inner(value)}</${name}>`);
	return `<xml>${body.join('')}</xml>`;
}

function inner(value: XmlValue): string {
	if (typeof value === 'number') return String(value);
	if (typeof value === 'string') return cdata(value);
	return value.map((item) => `<Item>${cdata(item)}</Item>`).join('');
}

/** Splits the one sequence that CDATA cannot hold over two sections. */
function cdata(text: string): string {
	return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
