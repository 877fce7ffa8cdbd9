/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program of its own, whose time and memory are measured */
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

import { WeComExternalContact, WeComExternalContactApi } from '../../index.js';
import { createEngine } from '../harness/engine';
import type { Http } from './floor';
import { Floor } from './floor';
import type { Scenario } from './scenarios';
import { allScenarios } from './all';
import { CORP } from './world';

/** Who does the work: the node, the floor, or n8n with a node that does next to nothing of its own. */
export type Side = 'node' | 'floor' | 'n8n';

/** Does a scenario some times and prints what each time took as JSON of `Sample[]`. Argument: a JSON of `Job`. */
export interface Job {
	readonly url: string;
	readonly scenario: string;
	/** In this order, each after the other. */
	readonly sides: readonly Side[];
}

export interface Sample {
	readonly side: Side;
	readonly wallMs: number;
	/** Of this process, all threads. */
	readonly cpuMs: number;
	/** By how much the process has grown at its peak, in bytes. */
	readonly grownBytes: number;
}

/** n8n alone. */
function bareNode(scenario: Scenario): INodeType {
	const { besideN8n, expression } = scenario;
	return {
		description: {
			...new WeComExternalContact().description,
			name: 'bare',
			displayName: 'Bare',
		},
		async execute() {
			const items = this.getInputData();
			if (besideN8n === 'calls') {
				const input = items.map(({ json }) => json);
				const made = await scenario.floor(new Floor(helperOf(this)), input);
				return [(made ?? items) as INodeExecutionData[]];
			}
			if (expression !== undefined) {
				for (const index of items.keys()) this.getNodeParameter(expression, index, '');
			}
			return [items];
		},
	};
}

/** n8n's HTTP helper with the credential, which gets and tries the token as it does for the node. */
function helperOf(context: IExecuteFunctions): Http {
	const call = async (options: IHttpRequestOptions) =>
		(await context.helpers.httpRequestWithAuthentication.call(
			context,
			'weComExternalContactApi',
			options,
		)) as IDataObject;
	return {
		get: async (url) => await call({ url, json: true }),
		post: async (url, body) => await call({ method: 'POST', url, body, json: true }),
	};
}

let runs = 0;

async function main({ url, scenario: name, sides }: Job): Promise<Sample[]> {
	const scenario = allScenarios.find((each) => each.name === name);
	if (!scenario) throw new Error(`There is no scenario "${name}"`);
	const engine = createEngine({
		nodeTypes: [new WeComExternalContact(), bareNode(scenario)],
		credentialTypes: [new WeComExternalContactApi()],
	});
	const input = scenario.items?.() ?? [{}];
	const work: Record<Side, () => Promise<unknown>> = {
		node: async () => await (scenario.node?.(url) ?? run(scenario, input, 'weComExternalContact')),
		floor: async () => await scenario.floor(await Floor.start(url), input),
		n8n: async () => await run(scenario, input, 'bare'),
	};
	const samples: Sample[] = [];
	for (const side of sides) samples.push(await measure(side, work[side]));
	return samples;

	async function run({ parameters = {} }: Scenario, items: IDataObject[], type: string) {
		// A new corp each time, which has no token.
		const corpId = `${CORP.corpId}${process.pid}${runs++}`;
		const { error, items: made } = await engine.run({
			credential: { ...CORP, corpId, baseUrl: url, allowUnencrypted: true },
			node: { type, parameters },
			input: items.map((json) => ({ json })),
		});
		if (error) throw error;
		return made;
	}
}

async function measure(side: Side, work: () => Promise<unknown>): Promise<Sample> {
	for (let round = 0; round < 2; round++) {
		(globalThis as { gc?: () => void }).gc?.();
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	const before = process.resourceUsage().maxRSS;
	const cpu = process.cpuUsage();
	const start = performance.now();
	const made = await work();
	const wallMs = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	const grownBytes = (process.resourceUsage().maxRSS - before) * 1_024;
	// Kept until here, as n8n keeps the items of a node.
	void made;
	return { side, wallMs, cpuMs: (user + system) / 1_000, grownBytes };
}

process.on('message', (job: Job) => {
	main(job).then(
		(samples) => process.send?.({ samples }),
		(error: unknown) =>
			process.send?.({
				problem:
					error instanceof Error
						? `${error.message} ${(error as { description?: string }).description ?? ''}`
						: String(error),
			}),
	);
});
process.on('disconnect', () => process.exit());
