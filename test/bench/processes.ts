/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts the processes it measures */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { Job, Sample } from './worker';
import type { World } from './world';

/** The fake WeCom, in a process of its own. */
export class Server {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	static async start(): Promise<Server> {
		const child = start('server.ts');
		const { url } = (await answer(child)) as { url: string };
		return new Server(child, url);
	}

	/** Serves this company from now on, with no tasks, and counts calls anew. */
	async serve(world: World): Promise<void> {
		await ask(this.child, world);
	}

	/** The paths called since `serve`. */
	async calls(): Promise<string[]> {
		return ((await ask(this.child, 'calls')) as { calls: string[] }).calls;
	}

	stop(): void {
		this.child.disconnect();
	}
}

/** Does a job in a fresh process. */
export async function work(job: Job): Promise<Sample[]> {
	const child = start('worker.ts');
	try {
		const { samples, problem } = (await ask(child, job)) as {
			samples?: Sample[];
			problem?: string;
		};
		if (!samples) throw new Error(`${job.scenario}: ${problem}`);
		return samples;
	} finally {
		child.disconnect();
	}
}

function start(file: string): ChildProcess {
	return fork(join(__dirname, file), {
		execArgv: [
			'--expose-gc',
			'--import',
			'tsx',
			...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []),
		],
	});
}

async function ask(child: ChildProcess, message: object | string): Promise<unknown> {
	child.send(message);
	return await answer(child);
}

async function answer(child: ChildProcess): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const ended = (code: number | null) => reject(new Error(`A process ended with code ${code}`));
		child.once('exit', ended);
		child.once('message', (message) => {
			child.off('exit', ended);
			resolve(message);
		});
	});
}
