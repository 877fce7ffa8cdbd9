import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../nodes/shared/adapters/clock';
import type { EngineResult } from '../harness/engine';
import { Scenario } from '../harness/scenario';
import type { Cell } from './cells';
import { CONDITIONS } from './cells';
import { arrange, putRelayInFront } from './inject';
import type { Outcome } from './judge';
import { judge } from './judge';

/** Seconds by which the clock of this server is off. */
const CLOCK_ERROR: Partial<Record<keyof typeof CONDITIONS, number>> = {
	clockBehind: -300,
	clockAhead: 300,
};

/** The tag of customers who want no messages. */
const LEFT_OUT = 'Silver';

/** Runs one cell: a broadcast to all 12 customers of Lin, which the test's limit cuts into 3 tasks. */
export async function runCell(cell: Cell): Promise<Outcome> {
	const scenario = new Scenario(CONDITIONS[cell.conditions]);
	await scenario.start();
	const relay = await putRelayInFront(scenario);
	try {
		const { sandbox } = scenario;
		setClockOff(scenario, CLOCK_ERROR[cell.conditions] ?? 0);
		const named = scenario.customersOf('lin');
		const wanted = cell.leavesOut ? withoutTagged(scenario, named) : named;
		const started = sandbox.clock.now();
		arrange(cell, scenario, relay);
		const results = await runsOf(scenario, named, cell);
		const took = sandbox.clock.now() - started;
		return judge(cell, scenario, wanted, results, took);
	} finally {
		relay.refuse();
		await scenario.stop();
	}
}

/** One customer of each task has the tag, with a member of theirs. */
function withoutTagged(scenario: Scenario, named: readonly string[]): string[] {
	const { sandbox } = scenario;
	const tag = scenario.tagId(LEFT_OUT);
	const tagged = named.filter((_, index) => index % 4 === 1);
	for (const { relations } of sandbox.world.corp.members.values()) {
		for (const relation of relations) {
			relation.tagIds = relation.tagIds.filter((id) => id !== tag);
		}
	}
	for (const id of tagged) {
		const relation =
			sandbox.world.corp.relation('wei', id) ?? sandbox.world.corp.relation('lin', id);
		relation?.tagIds.push(tag);
	}
	return named.filter((id) => !tagged.includes(id));
}

/** The clock of the sandbox stays right. */
function setClockOff({ sandbox }: Scenario, seconds: number): void {
	clock.now = () => (sandbox.clock.now() + seconds) * 1_000;
}

/** What the executions of one cell come to. */
async function runsOf(
	scenario: Scenario,
	ids: readonly string[],
	cell: Cell,
): Promise<EngineResult[]> {
	const parameters: IDataObject = {
		externalUserIds: ids.join(','),
		options: {
			ifUnknown: cell.ifUnknown,
			requestTimeout: 0.15,
			...(cell.leavesOut && { leaveOutTags: [LEFT_OUT] }),
		},
	};
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	switch (cell.mode) {
		case 'plain':
			return [await scenario.broadcast(parameters)];
		case 'retryOnFail':
			return [await scenario.broadcast(parameters, { node: retry })];
		case 'continueOnFail':
			return [await scenario.broadcast(parameters, { node: { onError: 'continueRegularOutput' } })];
		case 'changingExpressions':
			return [await scenario.broadcast({ ...parameters, ...changing(ids) }, { node: retry })];
		case 'retryButton': {
			const failed = await scenario.broadcast(parameters);
			scenario.sandbox.clock.advance(60);
			return failed.error
				? [failed, await scenario.broadcast(parameters, { mode: 'retry' })]
				: [failed];
		}
		case 'twoProcesses': {
			const skipping = {
				...parameters,
				options: { ...(parameters.options as IDataObject), skipCreatedHours: 24 },
			};
			return await Promise.all([
				scenario.broadcast(skipping),
				scenario.broadcastElsewhere(skipping),
			]);
		}
	}
}

/** Another text and other customers at every try. */
function changing(ids: readonly string[]): IDataObject {
	return {
		text: '=The new harvest is here {{ Math.random() }}',
		externalUserIds: `={{ ${JSON.stringify(ids)}.sort(() => Math.random() - 0.5) }}`,
	};
}
