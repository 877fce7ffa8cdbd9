// Runs the end-to-end tests on real n8n: npm run e2e [-- [--n8n 2.41.0] [options of jest, such as -t agent]]
// The first run downloads n8n into the user's cache folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { N8N_VERSIONS, prepareBrowserDriver, prepareN8n } from '../test/e2e/support/cache.ts';
import { root, run } from './lib/run.mjs';

const { values, tokens } = parseArgs({
	options: { n8n: { type: 'string', multiple: true } },
	strict: false,
	tokens: true,
});
const versions = values.n8n ?? N8N_VERSIONS;
const own = new Set(tokens.filter(({ name }) => name === 'n8n').map(({ index }) => index));
const forJest = process.argv
	.slice(2)
	.filter(
		(_, index) => !own.has(index) && !(own.has(index - 1) && isVersion(process.argv[index + 2])),
	);

const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-e2e-'));
let passed = 0;
let failed = 0;
try {
	const [tarball] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', scratch], { cwd: root }),
	);
	for (const version of versions) {
		console.log(`\n== n8n ${version}`);
		await prepareN8n(version);
		await prepareBrowserDriver();
		const report = join(scratch, `${version}.json`);
		const args = ['--config=test/e2e/jest.config.js', '--json', `--outputFile=${report}`];
		const code = await run('jest', [...args, 'n8n.e2e', ...forJest], {
			env: { E2E_N8N: version, E2E_TARBALL: join(scratch, tarball.filename) },
		});
		count(report, code);
	}
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function isVersion(text) {
	return N8N_VERSIONS.includes(text);
}

function count(report, code) {
	try {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
		passed += numPassedTests;
		failed += numFailedTests;
		if (code !== 0 && numFailedTests === 0) failed++;
	} catch {
		console.log('The test runner left no report');
		failed++;
	}
}
