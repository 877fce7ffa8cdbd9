/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program of its own, whose memory is measured */
import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials.js';
import { WeComExternalContact } from '../../nodes/WeComExternalContact/WeComExternalContact.node.js';
import { createEngine } from '../harness/engine';
import { fileOf } from '../harness/files';

/** Broadcasts a file and prints the memory it took as JSON of `Peak`. Argument: a JSON of `Job`. */
export interface Job {
	readonly store: 'default' | 'filesystem';
	readonly bytes: number;
	readonly credential: { corpId: string; secret: string; baseUrl: string };
	readonly member: string;
	readonly customer: string;
}

/** Bytes above what was in use before the node ran. */
export interface Peak {
	readonly buffers: number;
	readonly heap: number;
}

async function main({ store, bytes, credential, member, customer }: Job): Promise<void> {
	const engine = createEngine({
		nodeTypes: [new WeComExternalContact()],
		credentialTypes: [new WeComExternalContactApi()],
		binaryData: store,
	});
	const broadcast = async (size: number): Promise<Peak> => {
		const data = await engine.binary(fileOf('pdf', size), 'prices.pdf', 'application/pdf');
		const before = await settled();
		const stop = watch();
		const { error } = await engine.run({
			credential,
			input: [{ json: {}, binary: { data } }],
			node: {
				parameters: {
					resource: 'message',
					operation: 'broadcast',
					sendTo: 'customers',
					externalUserIds: customer,
					member: { __rl: true, mode: 'id', value: member },
					attachments: { attachment: [{ type: 'file' }] },
				},
			},
		});
		const peak = stop();
		if (error) throw error;
		return {
			buffers: peak.buffers - before.buffers,
			heap: peak.heap - before.heap,
		};
	};
	// The first run loads what every run needs.
	await broadcast(1_000);
	process.stdout.write(JSON.stringify(await broadcast(bytes)));
}

function inUse(): Peak {
	const { arrayBuffers, heapUsed } = process.memoryUsage();
	return { buffers: arrayBuffers, heap: heapUsed };
}

/** What is in use once everything that can go is gone; needs `--expose-gc`. */
async function settled(): Promise<Peak> {
	for (let round = 0; round < 3; round++) {
		(globalThis as { gc?: () => void }).gc?.();
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	return inUse();
}

function watch(): () => Peak {
	let peak = inUse();
	const look = () => {
		const now = inUse();
		peak = {
			buffers: Math.max(peak.buffers, now.buffers),
			heap: Math.max(peak.heap, now.heap),
		};
	};
	const timer = setInterval(look, 1);
	return () => {
		look();
		clearInterval(timer);
		return peak;
	};
}

main(JSON.parse(process.argv[2] ?? '') as Job).then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${String(error)}\n`);
		process.exit(1);
	},
);
