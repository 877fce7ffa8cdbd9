import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../../nodes/shared/adapters/clock';
import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';
import type { Task } from '../../sandbox';

const scenario = useScenario();

/** Both executions have looked before either creates: the first creates take their time. */
function slowCreates(): void {
	scenario.sandbox.faults.add({
		path: PATHS.create,
		call: [1, 2],
		fault: { kind: 'delay', ms: 300 },
	});
}

function alive(): string[][] {
	return scenario
		.tasks()
		.filter(({ cancelled }) => !cancelled)
		.map(({ parts }) => [...parts.values()].flatMap((part) => part.recipients.map(({ id }) => id)));
}

describe('two executions of one process that start at the same moment', () => {
	it('wait for each other with Skip If Created Within', async () => {
		slowCreates();
		const externalUserIds = scenario.customersOf('lin');
		const options = { skipCreatedHours: 24 };
		const results = await Promise.all(
			['one', 'two'].map(
				async (executionId) =>
					await scenario.broadcast({ externalUserIds, options }, { executionId }),
			),
		);
		const rows = results.map(({ items }) => items[0]?.json);
		expect(rows.map((row) => row?.state).sort()).toEqual(['created', 'duplicate']);
		expect(rows[0]?.msgid).toBe(rows[1]?.msgid);
		expect(scenario.tasks()).toHaveLength(1);
		expect(scenario.sandbox.log.count(PATHS.cancel)).toBe(0);
	});

	it('wait for each other with Skip Customers at Their Limit', async () => {
		slowCreates();
		const externalUserIds = scenario.customersOf('lin');
		const results = await Promise.all(
			['Good morning', 'Good evening'].map(
				async (text) =>
					await scenario.broadcast({ externalUserIds, text, options: { skipAtLimit: 'perDay' } }),
			),
		);
		expect(results.map(({ items }) => items[0]?.json.state).sort()).toEqual([
			'created',
			'no_recipients',
		]);
		expect(scenario.tasks()).toHaveLength(1);
	});

	it('report each its own task when both lose their response to equal ones', async () => {
		scenario.sandbox.faults.add({ path: PATHS.create, call: [1, 2], fault: RESET_AFTER });
		const results = await Promise.all(
			['lost one', 'lost two'].map(
				async (executionId) => await scenario.broadcast({}, { executionId }),
			),
		);
		const msgids = results.map(({ items }) => items[0]?.json.msgid);
		expect(msgids.sort()).toEqual(
			scenario
				.tasks()
				.map(({ msgid }) => msgid)
				.sort(),
		);
	});
});

describe('two executions of one process, of which the first gets no answer', () => {
	const options = { skipCreatedHours: 24 };

	/** Which of them comes first is not said. */
	async function bothAtOnce() {
		const externalUserIds = scenario.customersOf('lin');
		const results = await Promise.all(
			[1, 2].map(async () => await scenario.broadcast({ externalUserIds, options })),
		);
		const isFirst = ({ error }: (typeof results)[0]) =>
			error?.message === 'WeCom may or may not have created the task';
		expect(results.filter(isFirst)).toHaveLength(1);
		return results.filter((result) => !isFirst(result))[0];
	}

	it('leave one task while the list of WeCom lags: the second reports that of the first', async () => {
		await scenario.restart({ listDelaySeconds: 15 });
		scenario.sandbox.faults.add({ path: PATHS.create, call: [1, 2], fault: RESET_AFTER });
		const second = await bothAtOnce();
		const [task] = scenario.tasks();
		expect(second?.items[0]?.json).toMatchObject({ state: 'duplicate', msgid: task?.msgid });
		expect(scenario.tasks()).toHaveLength(1);
	});

	it('leave one task when the list does not show it: the second stops and says why', async () => {
		await scenario.restart({ listDelaySeconds: 100 });
		scenario.sandbox.faults.add({ path: PATHS.create, call: [1, 2], fault: RESET_AFTER });
		const second = await bothAtOnce();
		expect(second?.error).toMatchObject({
			message: 'Another execution may already have created a task with this message',
			description: expect.stringContaining('requested a task for member lin') as string,
		});
		expect(scenario.tasks()).toHaveLength(1);
		scenario.sandbox.clock.advance(100);
		const again = await scenario.broadcast({ options });
		expect(again.items[0]?.json.state).toBe('duplicate');
		expect(scenario.tasks()).toHaveLength(1);
	});

	it('create the task when the one without an answer never came to be', async () => {
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
		const second = await bothAtOnce();
		expect(second?.error?.message).toContain('Another execution may already have');
		scenario.sandbox.clock.advance(120);
		const again = await scenario.broadcast({ options });
		expect(again.items[0]?.json.state).toBe('created');
		expect(scenario.tasks()).toHaveLength(1);
	});

	it('do not stand in the way of other customers, members or messages', async () => {
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
		const [first = '', ...others] = scenario.customersOf('lin');
		await scenario.broadcast({ externalUserIds: [first], options });
		const results = await Promise.all([
			scenario.broadcast({ externalUserIds: others, options }),
			scenario.broadcast({ text: 'Something else', options }),
			scenario.broadcast({
				externalUserIds: scenario.customersOf('wei'),
				member: byId('wei'),
				options,
			}),
		]);
		expect(results.map(({ items }) => items[0]?.json.state)).toEqual([
			'created',
			'created',
			'created',
		]);
	});

	it('do not stand in the way of the execution itself', async () => {
		await scenario.restart({ listDelaySeconds: 15 });
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await scenario.broadcast(
			{ options },
			{ node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
		);
		expect(items[0]?.json.state).toBe('recovered');
		expect(scenario.tasks()).toHaveLength(1);
	});
});

describe('two processes that create at the same moment', () => {
	it.each([
		['the same customers', (ids: string[]) => ids],
		['some of the customers', (ids: string[]) => ids.slice(3)],
	])('leave one message for each customer: %s', async (_, others) => {
		slowCreates();
		const ids = scenario.customersOf('lin');
		const options = { skipCreatedHours: 24 };
		const results = await Promise.all([
			scenario.broadcast({ externalUserIds: ids, options }),
			scenario.broadcastElsewhere({ externalUserIds: others(ids), options }),
		]);
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
		const reached = alive().flat();
		expect([...reached].sort()).toEqual([...ids].sort());
		// The one that came second says which task stands for its own.
		const rows = results.map(({ items }) => items[0]?.json);
		for (const row of rows) {
			const task = scenario.tasks().find(({ msgid }) => msgid === row?.msgid);
			expect([row?.state, task?.cancelled]).toEqual([expect.any(String), false]);
		}
	});

	it('keep customers within their limit', async () => {
		slowCreates();
		const externalUserIds = scenario.customersOf('lin');
		const options = { skipAtLimit: 'perDay' };
		const results = await Promise.all([
			scenario.broadcast({ externalUserIds, text: 'Good morning', options }),
			scenario.broadcastElsewhere({ externalUserIds, text: 'Good evening', options }),
		]);
		expect(results.map(({ items }) => items[0]?.json.state).sort()).toEqual([
			'created',
			'no_recipients',
		]);
		expect(alive().flat().sort()).toEqual([...externalUserIds].sort());
	});

	it('name both tasks when the younger one cannot be cancelled', async () => {
		slowCreates();
		scenario.sandbox.faults.add({
			path: PATHS.cancel,
			fault: { kind: 'errcode', errcode: 60011 },
		});
		const externalUserIds = scenario.customersOf('lin');
		const options = { skipCreatedHours: 24 };
		const results = await Promise.all([
			scenario.broadcast({ externalUserIds, options }),
			scenario.broadcastElsewhere({ externalUserIds, options }),
		]);
		const [error] = results.flatMap((result) => (result.error ? [result.error] : []));
		expect(error?.message).toBe('Two identical tasks exist');
		for (const { msgid } of scenario.tasks()) expect(error?.description).toContain(msgid);
	});
});

describe('an answer that is lost while another process creates the same', () => {
	const options = { skipCreatedHours: 24 };

	/** This process loses its answer, and finds an older task of another process beside its own. */
	async function loseAnswer(meanwhile: (own: Task, other: Task) => void) {
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const externalUserIds = scenario.customersOf('lin');
		const { sleep } = clock;
		clock.sleep = async (ms) => {
			clock.sleep = sleep;
			await scenario.broadcastElsewhere({ externalUserIds });
			const [own, other] = scenario.tasks() as [Task, Task];
			Object.assign(own, { createTime: other.createTime + 1 });
			meanwhile(own, other);
			await sleep(ms);
		};
		return await scenario.broadcast({ externalUserIds, options });
	}

	it('keeps the older task', async () => {
		const { items } = await loseAnswer(() => undefined);
		const [, other] = scenario.tasks();
		expect(alive()).toEqual([scenario.customersOf('lin')]);
		expect(items[0]?.json).toMatchObject({ state: 'recovered', msgid: other?.msgid });
	});

	it('leaves a task when each of them withdraws the one of the other', async () => {
		const { items } = await loseAnswer((own, other) => {
			let cancelled = false;
			Object.defineProperty(own, 'cancelled', {
				get: () => cancelled,
				set: () => (cancelled = other.cancelled = true),
			});
		});
		expect(alive()).toEqual([scenario.customersOf('lin')]);
		const standing = scenario.tasks().find(({ cancelled }) => !cancelled);
		expect(items[0]?.json).toMatchObject({ state: 'created', msgid: standing?.msgid });
	});
});

describe('how often the list is read', () => {
	it('is once before the first of 300 Sends, and once after each', async () => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 300 } });
		const [member = ''] = scenario.sandbox.world.corp.members.keys();
		const input = scenario.customersOf(member).map((customer) => ({ customer }));
		const { items } = await scenario.send(
			{ member: byId(member), options: { skipCreatedHours: 24, maxTasksPerMember: 300 } },
			{ input },
		);
		expect(items.every(({ json }) => json.state === 'created')).toBe(true);
		// Pages of 100: what was created a moment ago is read again, since WeCom may list it late.
		const looks = scenario.sandbox.log
			.calls(PATHS.tasks)
			.filter(({ body }) => (body as IDataObject).cursor === '');
		expect(looks).toHaveLength(301);
	});
});
