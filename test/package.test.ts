/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- packs the package with npm */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import * as built from '../index.js';
import manifest from '../package.json';

/** Bytes of the tarball that users install, and the paths of its files. */
function packed(): { size: number; files: string[] } {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ size, files }] = JSON.parse(output) as [
		{ size: number; files: Array<{ path: string }> },
	];
	return { size, files: files.map(({ path }) => path) };
}

describe('the tarball', () => {
	const { size, files } = packed();

	it('is at most 150 kB', () => {
		expect(size).toBeLessThanOrEqual(150_000);
	});

	it('imports only what n8n has', () => {
		const code = files
			.filter((file) => file.startsWith('dist/') && file.endsWith('.js'))
			.map((file) => readFileSync(file, 'utf8'))
			.join('\n');
		const imports = [...code.matchAll(/\b(?:require|import)\(\s*([^)]*?)\s*\)/g)].map(
			([, name]) => name,
		);
		expect([...new Set(imports)].sort()).toEqual(
			[
				"'../nodes/bundle.js'",
				"'../bundle.js'",
				'"luxon"',
				'"n8n-workflow"',
				'"node:crypto"',
			].sort(),
		);
	});

	it('holds built code, icons and the documents, and nothing else', () => {
		const allowed = [
			/^dist\/(nodes|credentials)\/.*\.js$/,
			/^dist\/nodes\/.*\.node\.json$/,
			/^dist\/icons\/.*\.svg$/,
			/^(README(\.zh-CN)?|LICENSE)\.md$/,
			/^(index\.js|package\.json)$/,
		];
		expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
	});

	it.each([
		...manifest.n8n.nodes,
		...manifest.n8n.credentials,
		manifest.main,
		'README.md',
		'LICENSE.md',
		'dist/icons/wecom-external-contact.svg',
		'dist/icons/wecom-external-contact.dark.svg',
		'dist/icons/wecom-customer-service.svg',
		'dist/icons/wecom-customer-service.dark.svg',
		...manifest.n8n.nodes.map((path) => path.replace(/\.js$/, '.json')),
	])('holds %s', (file) => {
		expect(files).toContain(file);
	});
});

describe('package.json', () => {
	it('says what verification asks: name, keyword, licence, author, the public repository', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-[a-z-]+$/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.author).toEqual({
			name: expect.any(String),
			email: expect.stringMatching(/@/),
		});
		expect(manifest.repository.url).toBe(`git+${manifest.homepage}.git`);
	});

	it('has a version that the CHANGELOG tells of', () => {
		expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`## ${manifest.version}`);
	});

	it('promises what verified community nodes must: no dependencies, one peer, no install scripts', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('overrides');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(Object.keys(manifest.scripts)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(prepare|(pre|post)?install)$/)]),
		);
		expect(manifest.n8n.strict).toBe(true);
	});
});

it('is published by GitHub Actions, with provenance', () => {
	const workflow = readFileSync('.github/workflows/release.yml', 'utf8');
	expect(workflow).toContain('id-token: write');
	expect(workflow).toContain('npm run release');
});

it('index.js gives every node and credential, by the name of its class', () => {
	const classes = [...manifest.n8n.credentials, ...manifest.n8n.nodes].map(
		(path) => path.split('/').at(-1)?.split('.')[0],
	);
	const names = Object.keys(built).filter((name) => name !== 'default');
	expect(names.sort()).toEqual(classes.sort());
	expect(new built.WeComExternalContact()).toHaveProperty(
		'description.displayName',
		'WeCom External Contact',
	);
	expect(new built.WeComExternalContactApi()).toHaveProperty('name', 'weComExternalContactApi');
});
