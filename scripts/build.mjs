// Builds the package into dist/. n8n's own build checks the types and copies icons and codex files. Then all code becomes
// one file: n8n loads every node when it starts, and most of that time went into finding and reading 300 files. One for
// all nodes, since they share what the process remembers: tokens, tasks without an answer, replies left.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import { build } from 'esbuild';

import { mustRun, root } from './lib/run.mjs';

const DIST = join(root, 'dist');
const BUNDLE = join(DIST, 'nodes/bundle.js');

const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Every node and credential: the file that n8n loads, its source, and the class that n8n looks for in there. */
const entries = [...n8n.credentials, ...n8n.nodes].map((path) => ({
	file: join(root, path),
	source: `./${relative('dist', path).replace(/\.js$/, '')}`,
	className: basename(path).split('.')[0],
}));

await mustRun('n8n-node', ['build'], { quiet: process.argv.includes('--quiet') });
await build({
	stdin: {
		contents: entries
			.map(({ source, className }) => `export { ${className} } from '${source}';`)
			.join('\n'),
		resolveDir: root,
	},
	outfile: BUNDLE,
	bundle: true,
	platform: 'node',
	target: 'node20',
	external: ['n8n-workflow', 'luxon'],
	// Names stay as they are, and no line is endless, so that a stack trace can be read.
	minifyWhitespace: true,
	minifySyntax: true,
	lineLimit: 500,
	logLevel: 'warning',
});

for (const file of readdirSync(DIST, { recursive: true }).map((name) => join(DIST, name))) {
	if (file.endsWith('.js') && file !== BUNDLE) rmSync(file);
}
for (const { file, className } of entries) {
	const bundle = relative(dirname(file), BUNDLE);
	writeFileSync(file, `exports.${className} = require('${bundle}').${className};\n`);
}
