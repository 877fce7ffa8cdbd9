/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program of its own, whose memory is measured */
import type { IDataObject } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials.js';
import { WeComExternalContact } from '../../nodes/WeComExternalContact/WeComExternalContact.node.js';
import { createEngine } from '../harness/engine';

/** Lists customers and prints what it took as JSON of `Outcome`. Argument: a JSON of `Job`. */
export interface Job {
	readonly credential: { corpId: string; secret: string; baseUrl: string };
	readonly parameters: IDataObject;
}

export interface Outcome {
	/** Empty when all went well. */
	readonly problem: string;
	readonly items: number;
	readonly seconds: number;
	/** Resident memory of the whole process at its peak, n8n and the TypeScript loader included. */
	readonly peakMegabytes: number;
	/** The same before the node ran. */
	readonly startMegabytes: number;
}

async function main({ credential, parameters }: Job): Promise<Outcome> {
	const engine = createEngine({
		nodeTypes: [new WeComExternalContact()],
		credentialTypes: [new WeComExternalContactApi()],
	});
	const startMegabytes = peakMegabytes();
	const start = performance.now();
	const list = { resource: 'customer', operation: 'list', memberScope: 'all', returnAll: true };
	const { error, items } = await engine.run({
		credential,
		node: { parameters: { ...list, output: 'details', ...parameters } },
	});
	return {
		problem: error?.message ?? '',
		items: items.length,
		seconds: Math.round((performance.now() - start) / 100) / 10,
		peakMegabytes: peakMegabytes(),
		startMegabytes,
	};
}

/** Node gives kilobytes. */
function peakMegabytes(): number {
	return Math.round(process.resourceUsage().maxRSS / 1_024);
}

main(JSON.parse(process.argv[2] ?? '') as Job).then(
	(outcome) => {
		process.stdout.write(JSON.stringify(outcome));
		process.exit(0);
	},
	(error: unknown) => {
		process.stderr.write(`${String(error)}\n`);
		process.exit(1);
	},
);
