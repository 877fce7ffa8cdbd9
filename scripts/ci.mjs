// Runs the checks of the project and ends with one line "N passed, N failed": .ci/run [checks | e2e]
// Without a word it runs both parts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from './lib/run.mjs';

/** The exit code of test:e2e:queue where there is no Redis or no PostgreSQL. */
const LEFT_OUT = 3;

const PARTS = { checks, e2e };

const [chosen] = process.argv.slice(2);
if (chosen !== undefined && !Object.hasOwn(PARTS, chosen)) {
	console.log(`There is no part "${chosen}". Choose from ${Object.keys(PARTS).join(', ')}.`);
	process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-ci-'));
const report = join(scratch, 'tests.json');
let passed = 0;
let failed = 0;

await step('node', ['scripts/setup.mjs']);
for (const [name, part] of Object.entries(PARTS)) {
	if (chosen === undefined || chosen === name) await part();
}

rmSync(scratch, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function checks() {
	await step('npm', ['test', '--', '--json', `--outputFile=${report}`]);
	countTests();
	await step('npm', ['run', 'test:absent-lists', '--', '--silent']);
	await step('npm', ['run', 'verify']);
	await step('npm', ['start']);
}

async function e2e() {
	await step('node', ['--import', 'tsx', 'scripts/install-chromium.mjs']);
	await step('npm', ['run', 'test:e2e', '--', '--n8n', '2.41.0']);
	await step('npm', ['run', 'test:e2e:queue'], LEFT_OUT);
}

/** Runs a check. If it ends with its own "N passed, N failed", that is what counts. */
async function step(command, args, leftOut = 0) {
	console.log(`\n== ${[command, ...args].join(' ')}`);
	let end = '';
	const onOutput = (piece) => (end = (end + piece).slice(-100));
	const code = await run(command, args, { onOutput });
	const [, itsPassed = 0, itsFailed = 0] = /^(\d+) passed, (\d+) failed\n$/m.exec(end) ?? [];
	passed += Number(itsPassed);
	failed += Math.max(Number(itsFailed), [0, leftOut].includes(code) ? 0 : 1);
}

/** Failed tests have already been counted once, as the failed step. */
function countTests() {
	try {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
		passed += numPassedTests;
		failed += Math.max(0, numFailedTests - 1);
		if (numPassedTests === 0) failed++;
	} catch {
		console.log('The test runner left no report');
		failed++;
	}
}
