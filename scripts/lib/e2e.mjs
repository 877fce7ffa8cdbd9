// What the end-to-end scripts share: the package as npm would publish it, and a run of the cases.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8N_VERSIONS, prepareN8n } from '../../test/e2e/support/cache.ts';
import { readLeftovers } from '../../test/e2e/support/ledger.ts';
import { killGroup } from '../../test/e2e/support/processes.ts';
import { removeServices } from '../../test/e2e/support/services.ts';
import { root, run } from './run.mjs';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };
const PARENT_CHECK_MS = 1_000;

/** Packs the package into a folder and returns the path of the tarball. */
export function pack(folder) {
	const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return join(folder, JSON.parse(output)[0].filename);
}

/**
 * Runs the cases of one file for each of the environments, then prints the one line that counts them. Nothing of a run
 * outlives it: not when it is asked to end, and not when the test runner dies.
 *
 * @returns {Promise<number>} the exit code
 */
export async function runCases(file, environments, jestOptions) {
	const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-e2e-'));
	const report = join(scratch, 'report.json');
	const ledger = join(scratch, 'ledger');
	const args = ['--config=test/e2e/jest.config.js', '--json', `--outputFile=${report}`];
	const end = new AbortController();
	const stopListening = whenAskedToEnd((signal) => end.abort(signal));
	// Folders of the cases go with ours, unless somebody wants to look into them.
	const folders = process.env.E2E_KEEP ? {} : { TMPDIR: scratch };
	let passed = 0;
	let failed = 0;
	try {
		console.log('Packing the package');
		const E2E_TARBALL = pack(scratch);
		for (const env of environments) {
			// A signal that came while npm packed is heard now.
			await new Promise(setImmediate);
			if (end.signal.aborted) break;
			rmSync(report, { force: true });
			const code = await run('jest', [...args, file, ...jestOptions], {
				env: { E2E_TARBALL, E2E_LEDGER: ledger, ...folders, ...env },
				signal: end.signal,
			});
			if (end.signal.aborted) break;
			const { numPassedTests, numFailedTests } = read(report);
			passed += numPassedTests;
			failed += code === 0 ? numFailedTests : Math.max(1, numFailedTests);
			await removeLeftovers(ledger);
		}
	} finally {
		await removeLeftovers(ledger);
		rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
		stopListening();
	}
	if (end.signal.aborted) {
		console.log('Stopped. Nothing of it is left');
		return EXIT_CODES[end.signal.reason];
	}
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 && passed > 0 ? 0 : 1;
}

/**
 * Ends this script, and the commands it runs, when it is asked to end before the cases begin.
 *
 * @returns what stops listening
 */
export function exitWhenAskedToEnd() {
	return whenAskedToEnd((signal) => process.exit(EXIT_CODES[signal]));
}

/** Calls back on a signal, and when npm's shell has ended, which gets npm's signals and keeps them to itself. */
function whenAskedToEnd(callBack) {
	const onSignal = (signal) => callBack(signal);
	for (const signal of Object.keys(EXIT_CODES)) process.on(signal, onSignal);
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.env.npm_lifecycle_event && process.ppid !== parent) callBack('SIGTERM');
	}, PARENT_CHECK_MS);
	return () => {
		clearInterval(timer);
		for (const signal of Object.keys(EXIT_CODES)) process.off(signal, onSignal);
	};
}

async function removeLeftovers(ledger) {
	for (const pid of readLeftovers(ledger, 'process')) killGroup({ pid: Number(pid) }, 'SIGKILL');
	for (const name of readLeftovers(ledger, 'database')) {
		await removeServices(await prepareN8n(N8N_VERSIONS[0]), name);
	}
	// Another program may get the ID of one that has ended.
	rmSync(ledger, { force: true });
}

function read(report) {
	try {
		return JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		console.log('The test runner left no report');
		return { numPassedTests: 0, numFailedTests: 1 };
	}
}
