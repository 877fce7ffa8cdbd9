/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs the script that writes the page */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorCodes } from '../../nodes/shared/client/errorCodes';
import { root } from './markdown';

const page = readFileSync(join(root, 'docs/error-codes.md'), 'utf8');

it('is what npm run docs:codes writes', () => {
	const script = ['--import', 'tsx', 'scripts/docs-codes.mjs', '--check'];
	const { stderr, status } = spawnSync('node', script, { cwd: root, encoding: 'utf8' });
	expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

it('has a row for every code that the nodes know, and no other', () => {
	const rows = [...page.matchAll(/^\| (-?\d+) /gm)].map(([, code]) => Number(code));
	expect(new Set(rows)).toEqual(new Set(Object.keys(errorCodes).map(Number)));
});
