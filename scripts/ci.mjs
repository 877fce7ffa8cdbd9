// Runs every check of the project and ends with one line "N passed, N failed".
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from './lib/run.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-ci-'));
const report = join(scratch, 'tests.json');
let passed = 0;
let failed = 0;

await step('npm', ['test', '--', '--json', `--outputFile=${report}`]);
countTests();
await step('npm', ['run', 'lint']);
await step('npm', ['run', 'build']);
await step('npm', ['run', 'scan']);
await step('npm', ['start']);

rmSync(scratch, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function step(command, args) {
	console.log(`\n== ${[command, ...args].join(' ')}`);
	if ((await run(command, args)) !== 0) failed++;
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
