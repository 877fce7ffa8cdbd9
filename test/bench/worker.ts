/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program of its own, whose time and memory are measured */
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { WeComExternalContact, WeComExternalContactApi } from '../../index.js';
import { createEngine } from '../harness/engine';
import { Floor } from './floor';
import type { Scenario } from './scenarios';
import { allScenarios } from './all';
import { CORP } from './world';

/** Who does the work: the node, the floor, or n8n with a node that only evaluates the scenario's expression. */
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

/** Does nothing but to pass items on, and to evaluate the parameter that it is told. */
class Passing {
	description = {
		...new WeComExternalContact().description,
		name: 'passing',
		displayName: 'Passing',
		credentials: [],
	};

	constructor(private readonly parameter: string | undefined) {}

	execute = (() => {
		const { parameter } = this;
		return async function (this: IExecuteFunctions) {
			const items = this.getInputData();
			if (parameter !== undefined) {
				for (const index of items.keys()) this.getNodeParameter(parameter, index, '');
			}
			return await Promise.resolve([items]);
		};
	})();
}

let runs = 0;

async function main({ url, scenario: name, sides }: Job): Promise<Sample[]> {
	const scenario = allScenarios.find((each) => each.name === name);
	if (!scenario) throw new Error(`There is no scenario "${name}"`);
	const engine = createEngine({
		nodeTypes: [
			new WeComExternalContact(),
			new Passing(scenario.expression) as unknown as INodeType,
		],
		credentialTypes: [new WeComExternalContactApi()],
	});
	const input = scenario.items?.() ?? [{}];
	const work: Record<Side, () => Promise<unknown>> = {
		node: async () => await (scenario.node?.(url) ?? run(scenario, input, 'weComExternalContact')),
		floor: async () => await scenario.floor(await Floor.start(url), input),
		n8n: async () => await run(scenario, input, 'passing'),
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
