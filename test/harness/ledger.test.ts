/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- starts a process, as the end-to-end tests do */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { noteEnd, noteStart, readLeftovers } from '../e2e/support/ledger';
import { killGroup, run, startServer } from '../e2e/support/processes';

describe('what an end-to-end run that is killed leaves behind', () => {
	let folder: string;
	let ledger: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'wecom-external-contact-ledger-'));
		ledger = join(folder, 'ledger');
		process.env.E2E_LEDGER = ledger;
	});
	afterEach(() => {
		delete process.env.E2E_LEDGER;
		rmSync(folder, { recursive: true, force: true });
	});

	const sleep = () =>
		startServer('sleep', ['600'], {
			cwd: folder,
			env: process.env,
			logFile: join(folder, 'log'),
		});

	it('is every process that was started and has not ended', async () => {
		expect(readLeftovers(ledger, 'process')).toEqual([]);
		await run('true', [], { cwd: folder });
		const [stopped, left] = [sleep(), sleep()];
		await stopped.stop();
		expect(readLeftovers(ledger, 'process')).toEqual([String(left.pid)]);

		killGroup({ pid: Number(readLeftovers(ledger, 'process')[0]) }, 'SIGKILL');
		await left.kill();
		expect(left.alive).toBe(false);
		expect(readLeftovers(ledger, 'process')).toEqual([]);
	});

	it('is every database that was not dropped', () => {
		noteStart('database', 'one');
		noteStart('database', 'two');
		noteEnd('database', 'one');
		expect(readLeftovers(ledger, 'database')).toEqual(['two']);
		expect(readLeftovers(ledger, 'process')).toEqual([]);
	});
});
