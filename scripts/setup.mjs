// Gets a fresh clone ready: installs the development tools and builds the package, each only when needed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun, root } from './lib/run.mjs';

const SOURCES = [
	'credentials',
	'nodes',
	'icons',
	'package.json',
	'tsconfig.json',
	'scripts/build.mjs',
];

const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const built = [...n8n.nodes, ...n8n.credentials];

if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
	console.log('Installing the development tools (about a minute)…');
	// Not `npm ci`, which fails where a registry lacks tools' builds for other platforms.
	await mustRun('npm', ['install', '--no-save', '--loglevel=error'], { quiet: true });
}
if (Math.min(...built.map(changedAt)) < Math.max(...SOURCES.map(changedAt))) {
	console.log('Building the package…');
	await mustRun('node', ['scripts/build.mjs', '--quiet'], { quiet: true });
}

/**
 * When a file was last changed; 0 if there is none. A folder counts with everything in it, and with itself, because
 * moving or deleting a file changes only the folder.
 */
function changedAt(path) {
	const stats = statSync(join(root, path), { throwIfNoEntry: false });
	if (!stats) return 0;
	if (!stats.isDirectory()) return stats.mtimeMs;
	const entries = readdirSync(join(root, path)).map((name) => changedAt(join(path, name)));
	return Math.max(stats.mtimeMs, ...entries);
}
