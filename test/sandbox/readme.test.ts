/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- compares the README with the sources next to it */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { endpoints, errorTexts } from './index';
import { settingsSchema } from './settings';

const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
	.map((file) => ({ file, text: readFileSync(join(__dirname, file), 'utf8') }));
const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');
const entries = [...readme.matchAll(/^\| (A\d+) +\|.*\|([^|]*)\|$/gm)].map(([, id, code]) => ({
	id: id ?? '',
	files: [...(code ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
}));

describe('the README is honest', () => {
	test('every assumption has one entry, in order', () => {
		expect(entries.map(({ id }) => id)).toEqual(entries.map((_, index) => `A${index + 1}`));
	});

	test('every assumption marked in the code has an entry', () => {
		const marked = sources.flatMap(({ text }) => [...text.matchAll(/\bA\d+\b/g)].map(String));
		const known = new Set(entries.map(({ id }) => id));
		expect([...new Set(marked)].filter((id) => !known.has(id))).toEqual([]);
	});

	test('every entry names files that carry its mark', () => {
		const unmarked = entries.filter(({ id, files }) =>
			files.every(
				(name) =>
					!sources.some(({ file, text }) => file === name && new RegExp(`\\b${id}\\b`).test(text)),
			),
		);
		expect(unmarked).toEqual([]);
	});

	test('every file that it names exists', () => {
		const named = [...readme.matchAll(/`([\w/]+\.ts)`/g)].map((match) => match[1]);
		const existing = new Set(sources.map(({ file }) => file));
		expect(named.filter((file) => !existing.has(file ?? ''))).toEqual([]);
	});

	test('every setting that stands for an assumption is in it', () => {
		const known = Object.keys(settingsSchema.shape).filter((name) =>
			readme.includes(`\`${name}\``),
		);
		expect(known).toEqual(
			expect.arrayContaining(['listSpanDays', 'lastPageCursor', 'markTagMilliseconds']),
		);
		const marked = sources
			.flatMap(({ text }) => [...text.matchAll(/\/\*\* A\d+.*?\*\/\n\t(\w+): z\./g)])
			.map(([, name]) => name);
		expect(marked.length).toBeGreaterThan(10);
		expect(known).toEqual(expect.arrayContaining(marked));
	});

	test('every code that the sandbox refuses with has a text', () => {
		const used = sources.flatMap(({ text }) =>
			[...text.matchAll(/(?:ApiError|refuse|requiredString)\((\d+)/g)].map((match) => match[1]),
		);
		expect(used.filter((code) => !((code ?? '') in errorTexts))).toEqual([]);
	});

	test('every endpoint names its documentation page', () => {
		for (const { path, doc } of endpoints.values()) {
			expect([path, doc]).toEqual([path, expect.any(Number)]);
		}
	});
});
