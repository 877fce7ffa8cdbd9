/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions --
   rules for shipped code; the end-to-end tests start real processes and wait for them */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { setPriority } from 'node:os';

import { noteEnd, noteStart } from './ledger';

export interface RunOptions {
	readonly cwd: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Leave the processor to others while this runs. */
	readonly background?: boolean;
	readonly timeoutMs?: number;
}

/**
 * Runs a command to its end.
 *
 * @returns what it wrote to its standard output
 * @throws Error with the last lines it wrote when it fails or takes too long
 */
export async function run(
	command: string,
	args: readonly string[],
	options: RunOptions,
): Promise<string> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env ?? process.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	noteStart('process', child.pid);
	if (options.background) leaveProcessorToOthers(child);
	let output = '';
	let all = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		output += chunk.toString();
		all += chunk.toString();
	});
	child.stderr?.on('data', (chunk: Buffer) => {
		all += chunk.toString();
	});
	const timer = setTimeout(() => killGroup(child, 'SIGKILL'), options.timeoutMs ?? 60_000);
	const forwardEnd = () => killGroup(child, 'SIGKILL');
	process.once('exit', forwardEnd);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	noteEnd('process', child.pid);
	clearTimeout(timer);
	process.removeListener('exit', forwardEnd);
	if (code === 0) return output;
	const lastLines = all.trim().split('\n').slice(-30).join('\n');
	throw new Error(`${command} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${lastLines}`);
}

function leaveProcessorToOthers({ pid }: ChildProcess): void {
	try {
		if (pid !== undefined) setPriority(pid, 10);
	} catch {
		// It has ended already.
	}
}

export interface Server {
	readonly pid: number;
	/** True as long as the process lives. */
	readonly alive: boolean;
	/** Asks the process to end and makes sure that it and its children do. */
	stop(): Promise<void>;
	/** Ends it and its children at once, as a power cut would. */
	kill(): Promise<void>;
}

/** Starts a process that goes on until it is stopped; its output is added to a file. */
export function startServer(
	command: string,
	args: readonly string[],
	options: { cwd: string; env: NodeJS.ProcessEnv; logFile: string },
): Server {
	const log = createWriteStream(options.logFile, { flags: 'a' });
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A group of its own, so that its children (n8n's task runners) end with it.
		detached: true,
	});
	noteStart('process', child.pid);
	child.stdout?.pipe(log, { end: false });
	child.stderr?.pipe(log, { end: false });
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('close', () => resolve());
	});
	const endWithUs = () => killGroup(child, 'SIGKILL');
	process.once('exit', endWithUs);
	const finish = async () => {
		await ended;
		killGroup(child, 'SIGKILL');
		noteEnd('process', child.pid);
		process.removeListener('exit', endWithUs);
		log.end();
	};
	return {
		pid: child.pid ?? -1,
		get alive() {
			return child.exitCode === null && child.signalCode === null;
		},
		stop: async () => {
			child.kill('SIGTERM');
			const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 20_000);
			await finish();
			clearTimeout(timer);
		},
		kill: async () => {
			killGroup(child, 'SIGKILL');
			await finish();
		},
	};
}

/** Sends a signal to a process and its children. */
export function killGroup({ pid }: { pid?: number }, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// Nothing of it is left.
	}
}

export async function freePort(): Promise<number> {
	return await tryPort(0);
}

/** The port that people know, if nobody uses it. */
export async function portOrFree(port: number): Promise<number> {
	return await tryPort(port).catch(freePort);
}

async function tryPort(port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

/** One line for whoever watches a run; minutes without any look like a run that hangs. */
export function say(step: string): void {
	process.stderr.write(`${step}\n`);
}

export interface WaitOptions {
	readonly timeoutMs?: number;
	readonly everyMs?: number;
}

/**
 * Waits until `look` finds something.
 *
 * @throws Error that names what was waited for
 */
export async function waitFor<T>(
	what: string,
	look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
	{ timeoutMs = 120_000, everyMs = 100 }: WaitOptions = {},
): Promise<T> {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false && found !== null) return found;
		if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1_000} s for ${what}`);
		await pause(everyMs);
	}
}

export async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}
