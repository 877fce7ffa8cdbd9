// What the node costs beside the bare calls: npm run bench [-- --json] [--only NAME] [--rounds N] [--delay MS] [--write]
// --write puts the table into docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { bench, toMarkdown, toText } from '../test/bench/index.ts';
import { root, run } from './lib/run.mjs';

const { values } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		only: { type: 'string', default: '' },
		rounds: { type: 'string', default: '5' },
		delay: { type: 'string', default: '60' },
		write: { type: 'boolean', default: false },
	},
});

const measured = await bench({
	only: values.only,
	rounds: Number(values.rounds),
	delayMs: Number(values.delay),
	// One line each while it goes on; standard output is for what comes out of it.
	onOutcome: ({ name }) => process.stderr.write(`${name}\n`),
});
console.log(values.json ? JSON.stringify(measured, null, '\t') : toText(measured));

if (values.write) {
	const file = join(root, 'docs', 'performance.md');
	const [before, , after] = readFileSync(file, 'utf8').split(/<!-- (?:table|end) -->/);
	const machine = `${availableParallelism()} cores, Node ${process.versions.node.split('.')[0]}`;
	const date = new Date().toISOString().slice(0, 10);
	const table = toMarkdown(measured, { machine, date });
	writeFileSync(file, `${before}<!-- table -->\n\n${table}\n\n<!-- end -->${after}`);
	await run('prettier', ['--write', '--log-level', 'silent', file]);
}
if (!values.json && values.only === '') await run('tsx', ['test/bench/uploadMemory.ts']);

// Time depends on the machine; calls do not.
const wrong = measured.outcomes.filter(({ calls, mostCalls }) => calls > mostCalls);
for (const { name, calls } of wrong) console.error(`${name}: ${calls} calls are too many`);
process.exit(wrong.length > 0 ? 1 : 0);
