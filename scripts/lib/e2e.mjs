// What the end-to-end scripts share: the package as npm would publish it, and a run of the cases.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root, run } from './run.mjs';

/** Packs the package into a folder and returns the path of the tarball. */
export function pack(folder) {
	const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return join(folder, JSON.parse(output)[0].filename);
}

/**
 * Runs the cases of one file for each of the environments, then prints the one line that counts them.
 *
 * @returns {Promise<number>} the exit code
 */
export async function runCases(file, environments, jestOptions) {
	const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-e2e-'));
	const report = join(scratch, 'report.json');
	const args = ['--config=test/e2e/jest.config.js', '--json', `--outputFile=${report}`];
	let passed = 0;
	let failed = 0;
	try {
		const E2E_TARBALL = pack(scratch);
		for (const env of environments) {
			rmSync(report, { force: true });
			const code = await run('jest', [...args, file, ...jestOptions], {
				env: { E2E_TARBALL, ...env },
			});
			const { numPassedTests, numFailedTests } = read(report);
			passed += numPassedTests;
			failed += code === 0 ? numFailedTests : Math.max(1, numFailedTests);
		}
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 && passed > 0 ? 0 : 1;
}

function read(report) {
	try {
		return JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		console.log('The test runner left no report');
		return { numPassedTests: 0, numFailedTests: 1 };
	}
}
