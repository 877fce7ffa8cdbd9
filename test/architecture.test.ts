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

/** Areas that an area of the client may use besides `core`; an area that is not named here may use none. */
const areas: Readonly<Record<string, readonly string[]>> = {
	appMessages: ['customers', 'massMessages', 'media'],
	auth: ['customers'],
	customers: ['tags'],
	customerGroups: ['customers'],
	customerService: ['media'],
	massMessages: ['customers', 'customerGroups', 'media', 'tags'],
	welcome: ['massMessages', 'media'],
};

interface Rule {
	/** Files the rule is about; its groups can be named in `may` as $1. */
	readonly of: RegExp;
	/** What they may import. */
	readonly may: readonly string[];
}

/** Who may import what. The first rule that fits a file applies; `$1` is its node family or its area. */
const rules: readonly Rule[] = [
	{ of: /^nodes\/shared\/client\/core\//, may: ['nodes/shared/client/core/', 'node:crypto'] },
	{
		of: /^nodes\/shared\/client\/(\w+)\//,
		may: [
			'nodes/shared/client/core/',
			'nodes/shared/client/$1/',
			'nodes/shared/client/<areas of $1>/',
			'node:crypto',
		],
	},
	// The catalogues of all areas.
	{ of: /^nodes\/shared\/client\/\w+\.ts$/, may: ['nodes/shared/client/'] },
	{
		of: /^nodes\/shared\/(operation|fields)\//,
		may: [
			'nodes/shared/operation/',
			'nodes/shared/fields/',
			'nodes/shared/client/',
			'n8n-workflow',
			'luxon',
		],
	},
	{
		of: /^nodes\/shared\/adapters\//,
		may: ['nodes/shared/', 'n8n-workflow', 'luxon', 'node:crypto'],
	},
	{
		of: /^nodes\/(\w+)\/(resources|trigger)\//,
		may: [
			'nodes/$1/resources/',
			'nodes/$1/trigger/',
			'nodes/shared/operation/',
			'nodes/shared/fields/',
			'nodes/shared/client/',
			'n8n-workflow',
		],
	},
	{ of: /^nodes\/(\w+)\/methods\//, may: ['nodes/$1/methods/', 'nodes/shared/', 'n8n-workflow'] },
	{
		of: /^nodes\/(\w+)\/\w+\.node\.ts$/,
		may: ['nodes/$1/', 'nodes/shared/adapters/', 'nodes/shared/operation/', 'n8n-workflow'],
	},
	{
		of: /^credentials\/\w+\.credentials\.ts$/,
		may: ['nodes/shared/adapters/', 'nodes/shared/client/', 'nodes/shared/fields/', 'n8n-workflow'],
	},
];

function violations(file: string, imports: readonly string[]): string[] {
	const rule = rules.find((each) => each.of.test(file));
	if (!rule) return [`${file} has no place in the tree`];
	const [, name = ''] = rule.of.exec(file) ?? [];
	const allowed = rule.may.flatMap((path) =>
		path.includes('<')
			? (areas[name] ?? []).map((area) => path.replace(/<.*>/, area))
			: [path.replace('$1', name)],
	);
	return imports
		.filter((path) => !allowed.some((each) => `${path}/`.startsWith(each.replace(/\/?$/, '/'))))
		.map((path) => `${file} imports ${path}`);
}

it('imports one way: node -> adapters, methods -> resources -> operation, fields -> client area -> core', () => {
	expect(shipped.length).toBeGreaterThan(20);
	expect(shipped.flatMap((file) => violations(file, importsOf(file)))).toEqual([]);
});

const NODE = 'nodes/AnyNode';
const CLIENT = 'nodes/shared/client';

it.each([
	[`${CLIENT}/core/client.ts`, 'n8n-workflow'],
	[`${CLIENT}/core/client.ts`, 'nodes/shared/adapters/clock'],
	[`${CLIENT}/core/client.ts`, 'luxon'],
	[`${CLIENT}/core/client.ts`, `${CLIENT}/customers/customers`],
	[`${CLIENT}/tags/tags.ts`, `${CLIENT}/massMessages/records`],
	[`${CLIENT}/tags/tags.ts`, `${CLIENT}/endpoints`],
	['nodes/shared/operation/operation.ts', 'nodes/shared/adapters/run'],
	['nodes/shared/operation/operation.ts', 'axios'],
	['nodes/shared/fields/field.ts', `${NODE}/resources/message/send.operation`],
	[`${NODE}/resources/message/send.operation.ts`, 'nodes/OtherNode/resources/message/taskRow'],
	[`${NODE}/resources/message/send.operation.ts`, 'nodes/shared/adapters/context'],
	[`${CLIENT}/callbacks/message.ts`, `${CLIENT}/customers/customers`],
	[`${NODE}/trigger/item.ts`, 'nodes/shared/adapters/webhook'],
	[`${NODE}/trigger/item.ts`, 'nodes/OtherNode/trigger/item'],
	[`${NODE}/AnyNode.node.ts`, `${CLIENT}/core/client`],
	['credentials/AnyApi.credentials.ts', `${NODE}/resources`],
])('notices %s importing %s', (file, path) => {
	expect(violations(file, [path])).toEqual([`${file} imports ${path}`]);
});

it('lets neither client, operations nor fields read a clock, set a timer or know an n8n context', () => {
	const forbidden =
		/\b(Date\.now|setTimeout|Math\.random|IExecuteFunctions|ILoadOptionsFunctions|IWebhookFunctions)\b|new Date\(\)/;
	const found = shipped
		.filter((file) => /\/(client|operation|fields|resources|trigger)\//.test(file))
		.filter((file) => forbidden.test(ts.sys.readFile(join(root, file)) ?? ''));
	expect(found).toEqual([]);
});

it('keeps node classes to composition', () => {
	const nodes = shipped.filter((file) => file.endsWith('.node.ts'));
	expect(nodes).not.toEqual([]);
	for (const file of nodes) {
		const lines = ts.sys.readFile(join(root, file))?.split('\n') ?? [];
		expect([file, lines.length < 100]).toEqual([file, true]);
	}
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
		// A folder stands for its index.
		const known = compiled.has(file) ? file : `${file}/index`;
		for (const next of compiled.get(known) ?? []) visit(next, [...path, file]);
		done.add(file);
	};
	expect(() => [...compiled.keys()].forEach((file) => visit(file, []))).not.toThrow();
});
