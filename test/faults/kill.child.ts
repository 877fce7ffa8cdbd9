/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program of its own, which the test kills */
import { WeComExternalContact, WeComExternalContactApi } from '../../index.js';
import { createEngine } from '../harness/engine';

/** Broadcasts to all customers of a member and prints the output items. Argument: a JSON of `Job`. */
export interface Job {
	readonly credential: { corpId: string; secret: string; baseUrl: string };
	readonly member: string;
}

async function main({ credential, member }: Job): Promise<void> {
	const engine = createEngine({
		nodeTypes: [new WeComExternalContact()],
		credentialTypes: [new WeComExternalContactApi()],
	});
	const options = { skipCreatedHours: 24 };
	const customers = await engine.run({
		credential,
		node: {
			parameters: {
				resource: 'customer',
				operation: 'list',
				memberScope: 'chosen',
				members: [member],
				output: 'ids',
				returnAll: true,
			},
		},
	});
	const result = await engine.run({
		credential,
		input: customers.items.map(({ json }) => json),
		node: {
			parameters: {
				resource: 'message',
				operation: 'broadcast',
				sendTo: 'inputItems',
				idField: 'external_userid',
				sentBy: 'member',
				member: { __rl: true, mode: 'id', value: member },
				text: 'The new harvest is here',
				options,
			},
		},
	});
	process.stdout.write(JSON.stringify(result.items.map(({ json }) => json)));
}

void main(JSON.parse(process.argv[2] ?? '') as Job);
