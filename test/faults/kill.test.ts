/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals -- kills a real process */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'path';

import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import { customersOf, recipientsOfTasks, useSandbox } from '../harness/sandbox';
import type { Fault } from '../sandbox';
import { wait } from '../sandbox';
import type { Job } from './kill.child';

const sandbox = useSandbox({ seed: { members: 1, customersPerMember: 20_001 } });
let running: ChildProcess | undefined;

afterEach(() => {
	running?.kill('SIGKILL');
});

function startBroadcast(member: string): { process: ChildProcess; output: Promise<string> } {
	const credential = { corpId: sandbox.corpId, secret: sandbox.secret, baseUrl: sandbox.url };
	const job: Job = { credential, member };
	const child = spawn(
		'node',
		['--import', 'tsx', join(__dirname, 'kill.child.ts'), JSON.stringify(job)],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	running = child;
	const output = new Promise<string>((resolve) => {
		let text = '';
		child.stdout?.on('data', (data: Buffer) => (text += data.toString()));
		child.on('close', () => resolve(text));
	});
	return { process: child, output };
}

/** Ends the process, as a crash would, once the sandbox has seen `count` create requests. */
async function killAtCreate(child: ChildProcess, count: number): Promise<void> {
	while (sandbox.log.count(PATHS.create) < count) {
		if (child.exitCode !== null) throw new Error('The broadcast ended before it could be killed');
		await wait(1);
	}
	child.kill('SIGKILL');
}

it.each<[string, number, Fault | undefined]>([
	['between two batches', 2, { kind: 'reset' }],
	['inside a request that did nothing yet', 2, { kind: 'noAnswer' }],
	['inside a request that had done its work', 2, { kind: 'noAnswer', after: true }],
	['inside the first request', 1, { kind: 'noAnswer', after: true }],
	['inside the last request', 3, { kind: 'noAnswer', after: true }],
])(
	'killed %s and started again, every customer ends in exactly one task',
	async (_, call, fault) => {
		const [member] = [...sandbox.world.corp.members.keys()] as [string];
		const handle = fault && sandbox.faults.add({ path: PATHS.create, call, fault });

		const first = startBroadcast(member);
		await killAtCreate(first.process, call);
		await first.output;
		handle?.remove();
		const before = recipientsOfTasks(sandbox).flat().length;
		expect(before).toBeLessThanOrEqual(20_001);

		const second = startBroadcast(member);
		const rows = JSON.parse(await second.output) as IDataObject[];
		expect(rows).toHaveLength(3);

		const reached = recipientsOfTasks(sandbox).flat();
		expect(reached).toHaveLength(20_001);
		expect(new Set(reached)).toEqual(new Set(customersOf(sandbox, member)));
		const named = rows.map(({ msgid }) => msgid).sort();
		expect(named).toEqual(
			sandbox.world
				.tasks()
				.map(({ msgid }) => msgid)
				.sort(),
		);
	},
);
