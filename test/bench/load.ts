/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- starts the processes it measures */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Spread } from './measure';
import { spread } from './measure';

/** What n8n pays when it starts and loads all nodes and credentials, beside as many empty modules. */
export interface Load {
	readonly modules: number;
	readonly ms: Spread;
	readonly emptyModulesMs: Spread;
	readonly heapMegabytes: Spread;
}

interface Sample {
	readonly modules: number;
	readonly ms: number;
	readonly heapMegabytes: number;
}

/** n8n-workflow is there already, as in n8n. */
const PROGRAM = `
const path = process.argv[1];
require('n8n-workflow');
gc();
const before = { modules: Object.keys(require.cache).length, heap: process.memoryUsage().heapUsed };
const start = performance.now();
require(path);
const ms = performance.now() - start;
gc();
process.stdout.write(JSON.stringify({
	ms,
	modules: Object.keys(require.cache).length - before.modules,
	heapMegabytes: (process.memoryUsage().heapUsed - before.heap) / 1e6,
}));`;

export async function measureLoad(rounds: number): Promise<Load> {
	const root = join(__dirname, '..', '..');
	const folder = mkdtempSync(join(tmpdir(), 'wecom-external-contact-bench-'));
	try {
		const { modules } = await load(root);
		const paths = Array.from({ length: modules - 1 }, (_, index) => `module${index}.js`);
		for (const path of paths) writeFileSync(join(folder, path), 'exports.x = 1;');
		const all = paths.map((path) => `require('./${path}');`).join('\n');
		writeFileSync(join(folder, 'index.js'), all);
		const ours: Sample[] = [];
		const empty: Sample[] = [];
		for (let round = 0; round < rounds; round++) {
			ours.push(await load(root));
			empty.push(await load(join(folder, 'index.js')));
		}
		return {
			modules,
			ms: spread(ours.map(({ ms }) => ms)),
			emptyModulesMs: spread(empty.map(({ ms }) => ms)),
			heapMegabytes: spread(ours.map(({ heapMegabytes }) => heapMegabytes)),
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function load(path: string): Promise<Sample> {
	const args = ['--expose-gc', '-e', PROGRAM, path];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: __dirname });
	return JSON.parse(stdout) as Sample;
}
