/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- starts the processes it measures */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { MB } from '../harness/files';
import { startSandbox } from '../sandbox';
import type { Job, Peak } from './uploadMemory.child';

/**
 * The memory that the upload of a file takes at its peak, as a multiple of the file:
 * `npx tsx test/bench/uploadMemory.ts [MB]`. The node runs in a process of its own, so that the fake WeCom, which
 * keeps what it gets, does not count.
 */
async function main(megabytes: number): Promise<void> {
	const sandbox = await startSandbox();
	const { corpId, secret, url: baseUrl, world } = sandbox;
	const relation = world.corp.members.get('lin')?.relations[0];
	for (const store of ['filesystem', 'default'] as const) {
		const { buffers, heap } = await measure({
			store,
			bytes: megabytes * MB,
			credential: { corpId, secret, baseUrl },
			member: 'lin',
			customer: relation?.customer.externalUserid ?? '',
		});
		const times = (bytes: number) => `${(bytes / megabytes / MB).toFixed(2)} x`;
		process.stdout.write(
			`${megabytes} MB from the ${store} store: buffers ${times(buffers)}, heap ${times(heap)}\n`,
		);
	}
	await sandbox.stop();
}

async function measure(job: Job): Promise<Peak> {
	const { stdout } = await promisify(execFile)('node', [
		'--expose-gc',
		'--import',
		'tsx',
		join(__dirname, 'uploadMemory.child.ts'),
		JSON.stringify(job),
	]);
	return JSON.parse(stdout) as Peak;
}

void main(Number(process.argv[2] ?? 20));
