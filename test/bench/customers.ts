/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- starts the processes it measures */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import { startSandbox } from '../sandbox';
import type { Job, Outcome } from './customers.child';

/**
 * The requests, memory and time that Customer: List takes in a large company:
 * `npx tsx test/bench/customers.ts [members] [customers of each]`. The node runs in a process of its own, because
 * the fake WeCom holds all customers in memory as well.
 *
 * Ends with exit code 1 when a run fails, makes a call twice, or passes a limit.
 */
const MAX_REQUESTS = 1_010;
const MAX_MEGABYTES = 700;

const oneTag = { tags: ['Tag 3'] };
const everyTag = { tags: Array.from({ length: 10 }, (_, index) => `Tag ${index + 1}`) };

const runs: Record<string, IDataObject> = {
	'one tag of ten': { filters: oneTag },
	'all ten tags': { filters: everyTag },
	'all ten tags, raw data': { filters: everyTag, simple: false },
	once: { severalMembers: 'once' },
};

async function main(members: number, customersPerMember: number): Promise<boolean> {
	const sandbox = await startSandbox({ seed: { members, customersPerMember, tags: 10 } });
	const { corpId, secret, url: baseUrl, log } = sandbox;
	const table: Record<string, IDataObject> = {};
	let good = true;
	for (const [name, parameters] of Object.entries(runs)) {
		log.clear();
		const outcome = await measure({ credential: { corpId, secret, baseUrl }, parameters });
		const requests = log.count();
		const repeated = countRepeated(log.calls());
		table[name] = { ...outcome, requests, repeated };
		good &&=
			outcome.problem === '' &&
			repeated === 0 &&
			requests <= MAX_REQUESTS &&
			outcome.peakMegabytes < MAX_MEGABYTES;
	}
	await sandbox.stop();
	process.stdout.write(`${members} members with ${customersPerMember} customers each\n`);
	process.stdout.write(
		Object.entries(table)
			.map(([name, row]) => `${name}: ${JSON.stringify(row)}\n`)
			.join(''),
	);
	return good;
}

/** The list of members is read twice by design: the credential tries every new token on it. */
function countRepeated(
	calls: ReturnType<Awaited<ReturnType<typeof startSandbox>>['log']['calls']>,
) {
	const own = calls.filter(({ path }) => path !== PATHS.members);
	const distinct = new Set(own.map(({ path, query, body }) => JSON.stringify([path, query, body])));
	return own.length - distinct.size;
}

async function measure(job: Job): Promise<Outcome> {
	const { stdout } = await promisify(execFile)('node', [
		'--import',
		'tsx',
		join(__dirname, 'customers.child.ts'),
		JSON.stringify(job),
	]);
	return JSON.parse(stdout) as Outcome;
}

const [, , members = '200', customersPerMember = '500'] = process.argv;
void main(Number(members), Number(customersPerMember)).then((good) => {
	process.exitCode = good ? 0 : 1;
});
