/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the documents */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { anchorsIn, filesIn, linksIn, REPOSITORY, root } from './markdown';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Every document of the repository. */
const documents = [
	...readdirSync(root).filter((file) => file.endsWith('.md')),
	...filesIn('docs', '.md'),
	...filesIn('examples', '.md'),
	'test/sandbox/README.md',
];

/** Texts that show outside the repository, such as sticky notes: only full addresses work there. */
const elsewhere = [
	...filesIn('examples', '.json').map((file) => {
		const { nodes } = JSON.parse(read(file)) as {
			nodes: Array<{ type: string; parameters: { content?: string } }>;
		};
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		return { file, links: notes.flatMap(({ parameters }) => linksIn(parameters.content ?? '')) };
	}),
	...[
		...filesIn('nodes', '.node.json'),
		...filesIn('nodes', '.ts'),
		...filesIn('credentials', '.ts'),
	]
		.map((file) => ({
			file,
			links: [...read(file).matchAll(/https:\/\/github\.com\/[^\s'"`<)]+/g)].map(String),
		}))
		.filter(({ links }) => links.length > 0),
];

/** What is wrong with a link; undefined if it leads somewhere, or out of the repository. */
function problem(from: string, link: string): string | undefined {
	let target = link;
	if (link.startsWith(REPOSITORY)) {
		const [, path = ''] = /^\/(?:blob|tree|raw)\/main\/?(.*)$/.exec(
			link.slice(REPOSITORY.length).replace(/^(?=#|$)/, '/blob/main/README.md'),
		) ?? [undefined, '\0'];
		target = `/${path}`;
	} else if (/^[a-z]+:/i.test(link)) return undefined;

	const [path = '', anchor] = target.split('#');
	const file = path.startsWith('/')
		? path.slice(1)
		: path === ''
			? from
			: normalize(join(dirname(from), decodeURIComponent(path)));
	if (path.includes('\0') || file.startsWith('..') || !existsSync(join(root, file))) {
		return `${from}: ${link} leads nowhere`;
	}
	if (anchor === undefined || !file.endsWith('.md')) return undefined;
	// GitHub shows the readme of a repository under an anchor of its own.
	const known = anchorsIn(read(file));
	return known.has(decodeURIComponent(anchor)) || link === `${REPOSITORY}#readme`
		? undefined
		: `${from}: ${link} has no such heading`;
}

it.each(documents)('%s has only links that lead somewhere', (file) => {
	const problems = linksIn(read(file)).map((link) => problem(file, link));
	expect(problems.filter(Boolean)).toEqual([]);
});

it('shipped files and examples link to what exists, by full addresses', () => {
	const relative = elsewhere.flatMap(({ file, links }) =>
		links.filter((link) => !/^https?:/.test(link)).map((link) => `${file}: ${link} is relative`),
	);
	const broken = elsewhere.flatMap(({ file, links }) => links.map((link) => problem(file, link)));
	expect([...relative, ...broken.filter(Boolean)]).toEqual([]);
	expect(elsewhere.map(({ file }) => file)).toEqual(
		expect.arrayContaining(['nodes/WeComExternalContact/WeComExternalContact.node.json']),
	);
});

it('every page of docs is reached from its index', () => {
	const linked = linksIn(read('docs/README.md')).map((link) =>
		join('docs', link.split('#')[0] ?? ''),
	);
	const pages = filesIn('docs', '.md').filter((file) => file !== 'docs/README.md');
	expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
});

it.each([
	['docs/README.md', 'no-such-page.md', 'leads nowhere'],
	['docs/README.md', '../../outside.md', 'leads nowhere'],
	['docs/README.md', '../README.md#no-such-heading', 'has no such heading'],
	['README.md', `${REPOSITORY}/blob/main/docs/none.md`, 'leads nowhere'],
	['README.md', `${REPOSITORY}#none`, 'has no such heading'],
])('notices in %s a link to %s', (from, link, what) => {
	expect(problem(from, link)).toBe(`${from}: ${link} ${what}`);
});

it('reads links and headings as GitHub does', () => {
	const text =
		'# 一、企业ID（Corp ID）\n## `a_b` & c\n## `a_b` & c\n```\n# no\n[x](y)\n```\n[t](z.md "n") `[c](d)`';
	expect([...anchorsIn(text)]).toEqual(['一企业idcorp-id', 'a_b--c', 'a_b--c-1']);
	expect(linksIn(text)).toEqual(['z.md']);
});
