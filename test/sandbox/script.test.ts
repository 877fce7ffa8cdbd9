/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs the script as people do */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { startSandbox } from './index';

const root = join(__dirname, '../..');

function sandboxScript(...options: string[]) {
	const args = ['--import', 'tsx', 'scripts/sandbox.mjs', ...options];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, {
		cwd: root,
		encoding: 'utf8',
		timeout: 60_000,
	});
	return { status, lines: (stdout + stderr).trim().split('\n') };
}

describe('npm run sandbox', () => {
	test('--help is three lines', () => {
		const { status, lines } = sandboxScript('--help');
		expect(status).toBe(0);
		expect(lines).toHaveLength(3);
		expect(lines[1]).toContain('--port N');
	});

	test.each([
		[['--ports', '9000'], "Unknown option '--ports'."],
		[['--port', '99999'], '--port is a whole number from 0 to 65535.'],
		[['--seed', 'huge'], '--seed is small or large.'],
	])('%j gives the usage', (options, problem) => {
		const { status, lines } = sandboxScript(...options);
		expect(status).toBe(1);
		expect(lines[0]).toBe(problem);
		expect(lines.slice(1)).toHaveLength(3);
		expect(lines[1]).toMatch(/^npm run sandbox/);
	});

	test('a port in use is one sentence, with the option that chooses another', async () => {
		const other = await startSandbox();
		try {
			const port = Number(new URL(other.url).port);
			expect(sandboxScript('--port', String(port))).toEqual({
				status: 1,
				lines: [`Port ${port} is in use. Choose another: npm run sandbox -- --port ${port + 1}`],
			});
		} finally {
			await other.stop();
		}
	});
});
