/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- packs the package with npm */
import { execFileSync } from 'node:child_process';

import * as built from '../index.js';
import manifest from '../package.json';

/** Paths of the files in the tarball that users install. */
function packed(): string[] {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [tarball] = JSON.parse(output) as [{ files: Array<{ path: string }> }];
	return tarball.files.map(({ path }) => path);
}

describe('the tarball', () => {
	const files = packed();

	it('holds built code, icons and the documents, and nothing else', () => {
		const allowed = [
			/^dist\/(nodes|credentials)\/.*\.js$/,
			/^dist\/nodes\/.*\.node\.json$/,
			/^dist\/icons\/.*\.svg$/,
			/^(README(\.zh-CN)?|CHANGELOG|LICENSE)\.md$/,
			/^(index\.js|package\.json)$/,
		];
		expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
	});

	it.each([
		...manifest.n8n.nodes,
		...manifest.n8n.credentials,
		manifest.main,
		'README.md',
		'CHANGELOG.md',
		'LICENSE.md',
		'dist/icons/wecom-external-contact.svg',
		'dist/icons/wecom-external-contact.dark.svg',
		...manifest.n8n.nodes.map((path) => path.replace(/\.js$/, '.json')),
	])('holds %s', (file) => {
		expect(files).toContain(file);
	});
});

describe('package.json', () => {
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
