import type { INodeProperties, INodeType } from 'n8n-workflow';

import manifest from '../../package.json';
import { REPOSITORY } from './markdown';

interface Codex {
	node: string;
	categories: string[];
	subcategories?: Record<string, string[]>;
	alias: string[];
	resources: Record<'credentialDocumentation' | 'primaryDocumentation', Array<{ url: string }>>;
}

/** Those of n8n's categories that fit nodes like ours, with its own spelling. */
const CATEGORIES = ['Communication', 'HITL', 'Marketing', 'Sales'];

const nodes = manifest.n8n.nodes.map((path) => {
	const file = path.replace(/^dist\//, '').replace(/\.js$/, '');
	const className = file.split('/').at(-1)?.split('.')[0] ?? '';
	const module = jest.requireActual<Record<string, new () => INodeType>>(`../../${file}`);
	const Node = module[className];
	if (!Node) throw new Error(`${file} does not export ${className}`);
	return {
		className,
		description: new Node().description,
		codex: jest.requireActual<Codex>(`../../${file}.json`),
	};
});

describe.each(nodes)('the codex of $className', ({ description, codex }) => {
	it('is about this node', () => {
		expect(codex.node).toBe(`${manifest.name}.${description.name}`);
	});

	it('has categories of n8n, in order', () => {
		expect(codex.categories).not.toEqual([]);
		expect(codex.categories.filter((each) => !CATEGORIES.includes(each))).toEqual([]);
		expect(codex.categories).toEqual([...codex.categories].sort());
	});

	it('is among the humans in the loop exactly if it can wait for one', () => {
		const waits = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [] }) => options as INodeProperties[])
			.some((option) => 'value' in option && option.value === 'sendAndWait');
		expect(codex.categories.includes('HITL')).toBe(waits);
		expect(codex.subcategories).toEqual(waits ? { HITL: ['Human in the Loop'] } : undefined);
	});

	it('is found by what people type, each word once', () => {
		expect(codex.alias).toEqual(
			expect.arrayContaining(['wechat', '微信', '企业微信', 'qywx', 'tencent']),
		);
		expect(new Set(codex.alias).size).toBe(codex.alias.length);
	});

	it('leads to a page of its own and to the set-up', () => {
		const { primaryDocumentation, credentialDocumentation } = codex.resources;
		for (const [page, ...more] of [primaryDocumentation, credentialDocumentation]) {
			expect(page?.url).toMatch(`${REPOSITORY}/blob/main/docs/`);
			expect(more).toEqual([]);
		}
	});
});
