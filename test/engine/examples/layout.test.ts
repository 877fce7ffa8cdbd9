/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this reads the index of the examples */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import type { Example, ExampleNode } from '../../harness/examples';
import { exampleFiles, ourNodes, readExample } from '../../harness/examples';
import { WeComExternalContactApi } from '../../../credentials/WeComExternalContactApi.credentials';

const OURS = 'n8n-nodes-wecom-external-contact.';
/** Also as tools of AI agents, which have fields of n8n's beside ours, and as review steps of these. */
const nodeTypes = new Map(
	ourNodes.flatMap(({ description }) =>
		['', 'Tool', 'HitlTool'].map((suffix) => [`${OURS}${description.name}${suffix}`, description]),
	),
);
/** Of all fields, those of collections and entries too. */
const labels = [
	...[...ourNodes.map(({ description }) => description), new WeComExternalContactApi()].flatMap(
		({ properties }) => labelsOf(properties),
	),
	// n8n's own, of its HTTP Request node.
	'Predefined Credential Type',
];

function labelsOf(properties: readonly INodeProperties[]): string[] {
	return properties.flatMap(({ displayName, options = [] }) => [
		displayName,
		...options.flatMap((option) => {
			if ('values' in option) return labelsOf(option.values);
			return 'displayName' in option ? labelsOf([option]) : [];
		}),
	]);
}

const OF_TOOLS = ['descriptionType', 'toolDescription'];

const files = exampleFiles();
const isNote = ({ type }: ExampleNode) => type === 'n8n-nodes-base.stickyNote';
const stepsOf = ({ nodes }: Example) => nodes.filter((node) => !isNote(node));

it('finds the examples, and the index has exactly these', () => {
	expect(files.length).toBeGreaterThanOrEqual(11);
	const index = readFileSync(join(__dirname, '../../../examples/README.md'), 'utf8');
	const listed = [...index.matchAll(/^\| \[([a-z0-9-]+\.json)\]\(\1\)/gm)].map(([, file]) => file);
	expect(listed.sort()).toEqual([...files].sort());
});

describe.each(files)('%s', (file) => {
	const example = readExample(file);

	it('says what it is for, what to fill in and what it costs in confirmations', () => {
		const [about = ''] = example.nodes
			.filter(isNote)
			.map(({ parameters }) => String(parameters.content))
			.filter((content) => content.startsWith('## '));
		expect(about).toContain('### What to fill in');
		expect(about.split('### What it costs')[1]).toMatch(/confirm/i);
		const named = [...about.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name);
		const names = example.nodes.map(({ name }) => name);
		expect(named.some((name) => names.includes(String(name)))).toBe(true);
	});

	it('names nodes in bold and fields in italics that exist', () => {
		const text = example.nodes
			.filter(isNote)
			.map(({ parameters }) => String(parameters.content))
			.join('\n');
		const bold = [...text.matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, words]) => words ?? '');
		// Sentences about what it costs are in bold too.
		const named = bold.filter((words) => !/confirmation|tasks?$/.test(words));
		expect(example.nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
		const italics = [...text.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(
			([, words]) => words ?? '',
		);
		// Those in small letters are values and fields of items.
		const fields = italics.filter((words) => /^[A-Z]/.test(words));
		expect(labels).toEqual(expect.arrayContaining(fields));
	});

	it('goes from left to right, with room between the nodes', () => {
		const steps = stepsOf(example);
		const at = new Map(steps.map(({ name, position }) => [name, position]));
		for (const [source, outputs] of Object.entries(example.connections)) {
			for (const { node } of outputs.main?.flat() ?? []) {
				const apart = (at.get(node)?.[0] ?? 0) - (at.get(source)?.[0] ?? 0);
				expect([source, node, apart >= 200]).toEqual([source, node, true]);
			}
		}
		for (const [index, { name, position }] of steps.entries()) {
			for (const other of steps.slice(index + 1)) {
				const [x, y] = [0, 1].map((axis) =>
					Math.abs((position[axis] ?? 0) - (other.position[axis] ?? 0)),
				) as [number, number];
				expect([name, other.name, x >= 200 || y >= 180]).toEqual([name, other.name, true]);
			}
		}
	});

	it('has only parameters that our nodes know, and no credential of anybody', () => {
		for (const node of example.nodes) {
			expect(node).not.toHaveProperty('credentials');
			const description = nodeTypes.get(node.type);
			if (node.type.startsWith(OURS)) expect(description).toBeDefined();
			if (!description) continue;
			const known = description.properties.map(({ name }: INodeProperties) => name);
			expect([...known, ...OF_TOOLS]).toEqual(expect.arrayContaining(Object.keys(node.parameters)));
		}
	});

	it('gives every node and note a name of its own', () => {
		const names = example.nodes.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
	});

	it('connects every node', () => {
		const { connections } = example;
		const targets = Object.values(connections).flatMap((types) =>
			Object.values(types).flatMap((outputs) => outputs.flat().map(({ node }) => node)),
		);
		const names = stepsOf(example).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(targets));
		for (const name of names) {
			expect([name, name in connections || targets.includes(name)]).toEqual([name, true]);
		}
	});
});
