// Makes a fresh clone ready: installs the development tools and builds the package, each only when needed.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun, root } from './lib/run.mjs';

const SOURCES = ['credentials', 'nodes', 'icons', 'package.json', 'tsconfig.json'];
const BUILT = 'dist/nodes/WeComExternalContact/WeComExternalContact.node.js';

if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
	console.log('Installing the development tools (about a minute)…');
	// Not `npm ci`, which fails where a registry lacks tools' builds for other platforms.
	await mustRun('npm', ['install', '--no-save', '--loglevel=error'], { quiet: true });
}
if (changedAt(BUILT) < Math.max(...SOURCES.map(changedAt))) {
	console.log('Building the package…');
	await mustRun('n8n-node', ['build'], { quiet: true });
}

/** When a file, or the newest file of a folder, was changed last; 0 when there is none. */
function changedAt(path) {
	const stats = statSync(join(root, path), { throwIfNoEntry: false });
	if (!stats) return 0;
	if (!stats.isDirectory()) return stats.mtimeMs;
	return Math.max(0, ...readdirSync(join(root, path)).map((name) => changedAt(join(path, name))));
}
