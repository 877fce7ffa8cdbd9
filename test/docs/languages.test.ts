/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the documents */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import type { INodeProperties, INodeType } from 'n8n-workflow';

import { endpoints } from '../../nodes/shared/client/endpoints';
import { errorCodes } from '../../nodes/shared/client/errorCodes';
import manifest from '../../package.json';
import { linksIn, root } from './markdown';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

function load<T>(path: string): T {
	const file = path.replace(/^dist\//, '').replace(/\.js$/, '');
	const className = file.split('/').at(-1)?.split('.')[0] ?? '';
	const module = jest.requireActual<Record<string, new () => T>>(`../../${file}`);
	const Type = module[className];
	if (!Type) throw new Error(`${file} does not export ${className}`);
	return new Type();
}

const nodes = manifest.n8n.nodes.map((path) => load<INodeType>(path).description);
const credentials = manifest.n8n.credentials.map((path) =>
	load<{ displayName: string; properties: INodeProperties[] }>(path),
);

/** Operations of a node as its panel shows them. */
function operationsOf({ properties }: (typeof nodes)[number]): string[] {
	const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
	return (resources as Array<{ name: string; value: string }>).flatMap(({ name, value }) => {
		const operations = properties.find(
			(property) =>
				property.name === 'operation' && property.displayOptions?.show?.resource?.includes(value),
		);
		return (operations?.options ?? []).map((operation) => `${name} > ${operation.name}`);
	});
}

/** Labels of fields, also those within collections. */
function labelsOf(properties: readonly INodeProperties[]): string[] {
	return properties.flatMap(({ displayName, type, options = [] }) => [
		displayName,
		...(type === 'collection' ? labelsOf(options as INodeProperties[]) : []),
		...(type === 'fixedCollection'
			? (options as Array<{ values: INodeProperties[] }>).flatMap(({ values }) => labelsOf(values))
			: []),
	]);
}

const operations = nodes.flatMap(operationsOf);
const labels = new Set(
	[...nodes, ...credentials].flatMap(({ properties }) => labelsOf(properties)),
);
const names = new Set([
	...operations,
	...labels,
	...[...nodes, ...credentials].map(({ displayName }) => displayName),
]);

/** Rows of the tables with these columns. */
function rowsOf(markdown: string, first: string, second?: string): string[][] {
	const rows: string[][] = [];
	let isInside = false;
	for (const line of markdown.split('\n')) {
		const cells = line.startsWith('|')
			? line
					.slice(1, -1)
					.split('|')
					.map((cell) => cell.trim())
			: undefined;
		if (!cells) isInside = false;
		else if (cells[0] === first && (second === undefined || cells[1] === second)) isInside = true;
		else if (isInside && !cells[0]?.startsWith('---')) rows.push(cells);
	}
	return rows;
}

const operationsIn = (markdown: string) =>
	rowsOf(markdown, 'Resource', 'Operation').map(([resource, name]) => `${resource} > ${name}`);
const boldIn = (markdown: string) =>
	[...markdown.matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, text]) => text ?? '');
const codeIn = (markdown: string) =>
	[...markdown.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text ?? '');
const codesIn = (markdown: string) =>
	[...markdown.matchAll(/(?<![\d.,])\d{5,6}(?!\d|[.,]\d)/g)]
		.map(Number)
		.filter((code) => code in errorCodes);
const sorted = <T>(values: Iterable<T>) => [...new Set(values)].sort();

it.each(['docs/operations.md', 'README.zh-CN.md'])(
	'%s names every operation, and no other',
	(file) => {
		expect(operations.length).toBeGreaterThan(30);
		expect(operationsIn(read(file)).sort()).toEqual([...operations].sort());
	},
);

describe.each([
	['README.md', 'README.zh-CN.md'],
	['docs/admin-guide.md', 'docs/zh-CN/admin-guide.md'],
	['docs/recipes.md', 'docs/zh-CN/recipes.md'],
])('%s and %s', (english, chinese) => {
	const [en, zh] = [read(english), read(chinese)];

	it('link to each other', () => {
		const [toChinese, toEnglish] = [
			relative(dirname(english), chinese),
			relative(dirname(chinese), english),
		];
		expect(linksIn(en)).toContain(toChinese);
		expect(linksIn(zh)).toContain(toEnglish);
	});

	it('have headings of the same levels, one for one', () => {
		const levels = (markdown: string) =>
			[...markdown.matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length);
		expect(levels(zh)).toEqual(levels(en));
	});

	it('name the same codes', () => {
		expect(sorted(codesIn(zh))).toEqual(sorted(codesIn(en)));
	});
});

describe.each([
	['docs/admin-guide.md', 'docs/zh-CN/admin-guide.md'],
	['docs/recipes.md', 'docs/zh-CN/recipes.md'],
])('%s and %s name the same', (english, chinese) => {
	const [en, zh] = [read(english), read(chinese)];
	const named = (markdown: string) => sorted(boldIn(markdown).filter((text) => names.has(text)));

	it('operations, fields and nodes', () => {
		expect(named(en).length).toBeGreaterThan(3);
		expect(named(zh)).toEqual(named(en));
	});

	it('values, files and expressions', () => {
		const spans = (markdown: string) => sorted(codeIn(markdown));
		expect(spans(zh)).toEqual(spans(en));
	});

	it('console menus of the other in Chinese', () => {
		// What the English text gives in brackets is what the Chinese text calls it.
		const menus = [...en.matchAll(/\(([^()\n]*\p{Script=Han}[^()\n]*)\)/gu)].map(
			([, menu]) => menu,
		);
		const plain = (text: string) => text.replace(/[\s「」]/g, '');
		const missing = sorted(menus).filter((menu) => !plain(zh).includes(plain(menu ?? '')));
		expect(missing).toEqual([]);
	});
});

it.each([
	['docs/recipes.md', 'Field'],
	['docs/zh-CN/recipes.md', '字段'],
])('%s gives values to fields that exist', (file, column) => {
	const fields = rowsOf(read(file), column).map(([field = '']) => field.replaceAll('*', ''));
	expect(fields.length).toBeGreaterThan(20);
	expect(fields.filter((field) => !labels.has(field))).toEqual([]);
});

it.each([['README.md'], ['docs/recipes.md'], ['docs/zh-CN/recipes.md']])(
	'%s names output fields as they are written: in small letters',
	(file) => {
		const spans = codeIn(read(file)).filter((code) => !code.includes('{{'));
		const keys = spans.flatMap((code) => code.match(/^[A-Za-z_]+(?=: \S)/) ?? []);
		expect(keys.filter((key) => !/^[a-z]+(_[a-z]+)*$/.test(key))).toEqual([]);
	},
);

it.each([['docs/recipes.md'], ['docs/zh-CN/recipes.md']])(
	'%s names operations that exist',
	(file) => {
		const resources = new Set(operations.map((each) => each.split(' > ')[0]));
		const named = boldIn(read(file)).filter(
			(text) => resources.has(text.split(' > ')[0] ?? '') && text.includes(' > '),
		);
		expect(named.length).toBeGreaterThan(10);
		expect(sorted(named.filter((each) => !operations.includes(each)))).toEqual([]);
	},
);

/** What a code means, which may depend on the endpoint. */
function meaningsOf(code: number): string[] {
	return Object.values(endpoints).flatMap(({ errorCodes: codes }) => codes[code]?.meaning ?? []);
}

it.each([
	['docs/admin-guide.md', 'Error', 'The node says'],
	['docs/zh-CN/admin-guide.md', '错误码', '节点的提示'],
])('%s quotes what the node really says', (file, error, says) => {
	const rows = rowsOf(read(file), error, says).flatMap(([codes = '', text = '']) =>
		codesIn(codes).map((code) => ({ code, text: text.replace(/IP [\d.]+ is/, 'IP is') })),
	);
	expect(rows.length).toBeGreaterThan(20);
	const quotes = rows.map(({ code, text }) => {
		return { code, text, isQuoted: meaningsOf(code).some((meaning) => text.includes(meaning)) };
	});
	expect(quotes.filter(({ isQuoted }) => !isQuoted)).toEqual([]);
});

it('reads tables, bold names and codes', () => {
	const text =
		'| Resource | Operation |\n| --- | --- |\n| Tag | List |\n\n| Code | x |\n| --- | --- |\n| 60020 | **A** `b` |';
	expect(operationsIn(text)).toEqual(['Tag > List']);
	expect([boldIn(text), codeIn(text), codesIn(`${text} 10,000 2026-12345`)]).toEqual([
		['A'],
		['b'],
		[60020],
	]);
});
