/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the source files */
import { dirname, join, relative } from 'path';

import ts from 'typescript';

const root = dirname(__dirname);
const shipped = ['nodes', 'credentials'].flatMap((folder) =>
	ts.sys
		.readDirectory(join(root, folder), ['.ts'])
		.map((path) => relative(root, path).replaceAll('\\', '/')),
);

/** What a file imports: files of ours by their path in the repository, packages by their name. */
function importsOf(file: string): string[] {
	const text = ts.sys.readFile(join(root, file)) ?? '';
	return ts
		.preProcessFile(text)
		.importedFiles.map(({ fileName }) =>
			fileName.startsWith('.') ? join(dirname(file), fileName).replaceAll('\\', '/') : fileName,
		);
}

const NODE = 'nodes/WeComExternalContact';

/** Who may import what (design 1). The first rule whose folder a file is in applies. */
const rules: ReadonlyArray<{ readonly in: string; readonly may: readonly RegExp[] }> = [
	{ in: `${NODE}/client/`, may: [ours('client'), /^node:crypto$/] },
	{
		in: `${NODE}/actions/`,
		may: [ours('actions'), ours('client'), /^n8n-workflow$/, /^luxon$/],
	},
	{
		in: `${NODE}/adapters/`,
		may: [ours('adapters'), ours('actions'), ours('client'), /^n8n-workflow$/, /^luxon$/],
	},
	{
		in: `${NODE}/methods/`,
		may: [ours('methods'), ours('adapters'), ours('client'), ours('actions'), /^n8n-workflow$/],
	},
	{
		in: `${NODE}/WeComExternalContact.node.ts`,
		may: [ours('actions/registry'), ours('adapters/run'), ours('methods'), /^n8n-workflow$/],
	},
	{ in: 'credentials/', may: [ours('client'), /^n8n-workflow$/] },
];

function ours(path: string): RegExp {
	return new RegExp(`^${NODE}/${path}(/|$)`);
}

function violations(file: string, imports: readonly string[]): string[] {
	const rule = rules.find((each) => file.startsWith(each.in));
	if (!rule) return [`${file} has no place in the design`];
	return imports
		.filter((path) => !rule.may.some((allowed) => allowed.test(path)))
		.map((path) => `${file} imports ${path}`);
}

it('keeps the direction of imports: node -> adapters, methods -> actions -> client', () => {
	expect(shipped.length).toBeGreaterThan(20);
	expect(shipped.flatMap((file) => violations(file, importsOf(file)))).toEqual([]);
});

it.each([
	[`${NODE}/client/client.ts`, 'n8n-workflow'],
	[`${NODE}/client/client.ts`, `${NODE}/adapters/clock`],
	[`${NODE}/client/client.ts`, 'luxon'],
	[`${NODE}/actions/operation.ts`, `${NODE}/adapters/run`],
	[`${NODE}/actions/operation.ts`, 'axios'],
	['credentials/WeComExternalContactApi.credentials.ts', `${NODE}/adapters/clock`],
])('would notice %s importing %s', (file, path) => {
	expect(violations(file, [path])).toEqual([`${file} imports ${path}`]);
});

it('lets neither client nor actions read a clock, set a timer or know an n8n context', () => {
	const forbidden =
		/\b(Date\.now|setTimeout|Math\.random|IExecuteFunctions|ILoadOptionsFunctions)\b|new Date\(\)/;
	const found = shipped
		.filter((file) => file.includes('/client/') || file.includes('/actions/'))
		.filter((file) => forbidden.test(ts.sys.readFile(join(root, file)) ?? ''));
	expect(found).toEqual([]);
});

it('keeps the node class to composition', () => {
	const lines = ts.sys.readFile(join(root, NODE, 'WeComExternalContact.node.ts'))?.split('\n');
	expect(lines?.length).toBeLessThan(100);
});

it('has no cycle of imports at run time', () => {
	const compiled = new Map(
		shipped.map((file) => [
			file.replace(/\.ts$/, ''),
			// What only types are imported from is gone at run time.
			ts
				.preProcessFile(
					ts.transpileModule(ts.sys.readFile(join(root, file)) ?? '', {
						compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
					}).outputText,
				)
				.importedFiles.map(({ fileName }) => join(dirname(file), fileName).replaceAll('\\', '/')),
		]),
	);
	const done = new Set<string>();
	const visit = (file: string, path: readonly string[]): void => {
		if (path.includes(file))
			throw new Error([...path.slice(path.indexOf(file)), file].join(' -> '));
		if (done.has(file)) return;
		for (const next of compiled.get(file) ?? []) visit(next, [...path, file]);
		done.add(file);
	};
	expect(() => [...compiled.keys()].forEach((file) => visit(file, []))).not.toThrow();
});
