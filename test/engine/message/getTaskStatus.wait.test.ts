import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../../nodes/shared/adapters/clock';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const MINUTE = 60;

async function wait(
	msgid: string,
	options: IDataObject = {},
	run?: ScenarioRun,
	output = 'summary',
) {
	const parameters = { output, options: { waitUntilCompleted: true, ...options } };
	return await scenario.status(msgid, parameters, run);
}

/** Lets something happen while the node waits, at so many seconds from now. */
function after(seconds: number, act: () => void): void {
	const at = scenario.sandbox.clock.now() + seconds;
	const { sleep } = clock;
	let done = false;
	clock.sleep = async (ms) => {
		await sleep(ms);
		if (done || scenario.sandbox.clock.now() < at) return;
		done = true;
		act();
	};
}

it('waits until the members have confirmed', async () => {
	const msgid = await scenario.createTask();
	const start = scenario.sandbox.clock.now();
	after(10 * MINUTE, () => scenario.sandbox.world.confirmTask(msgid));
	const { items } = await wait(msgid);
	expect(items[0]?.json).toMatchObject({ msgid, state: 'completed', sent: 12, timed_out: false });
	expect(scenario.sandbox.clock.now() - start).toBeLessThanOrEqual(11 * MINUTE);
});

it('requests only the members while it waits', async () => {
	const msgid = await scenario.createTask();
	scenario.sandbox.log.clear();
	after(10 * MINUTE, () => scenario.sandbox.world.confirmTask(msgid));
	await wait(msgid, { waitInterval: 120 });
	expect(scenario.sandbox.log.count(PATHS.taskMembers)).toBe(6 + 1);
	expect(scenario.sandbox.log.count(PATHS.taskResults)).toBe(1);
});

it('does not wait for a task that is completed', async () => {
	const msgid = await scenario.createTask();
	scenario.sandbox.world.confirmTask(msgid);
	const start = scenario.sandbox.clock.now();
	expect((await wait(msgid)).items[0]?.json).toMatchObject({ state: 'completed' });
	expect(scenario.sandbox.clock.now()).toBe(start);
});

it('ends when the task is cancelled', async () => {
	const msgid = await scenario.createTask();
	after(3 * MINUTE, () => {
		const task = scenario.tasks()[0];
		if (task) task.cancelled = true;
	});
	expect((await wait(msgid)).items[0]?.json).toMatchObject({
		state: 'cancelled',
		timed_out: false,
	});
});

it('says if it timed out', async () => {
	const msgid = await scenario.createTask();
	const start = scenario.sandbox.clock.now();
	const { items } = await wait(msgid, { waitLimit: 5, waitInterval: 90 });
	expect(items[0]?.json).toMatchObject({
		state: 'awaiting_members',
		pending: 12,
		timed_out: true,
	});
	expect(scenario.sandbox.clock.now() - start).toBe(5 * MINUTE);
});

it('says so on every row', async () => {
	const msgid = await scenario.createTask();
	const { items } = await wait(msgid, { waitLimit: 1 }, {}, 'customers');
	expect(items.map(({ json }) => json.timed_out)).toEqual(items.map(() => true));
	expect(items).toHaveLength(12);
});

it('applies one limit to all items', async () => {
	const input = [
		{ msgid: await scenario.createTask({ sender: 'lin' }) },
		{ msgid: await scenario.createTask({ sender: 'wei' }) },
	];
	const start = scenario.sandbox.clock.now();
	const { items } = await wait('={{ $json.msgid }}', { waitLimit: 5 }, { input });
	expect(items.map(({ json, pairedItem }) => [json.timed_out, pairedItem])).toEqual([
		[true, { item: 0 }],
		[true, { item: 1 }],
	]);
	expect(scenario.sandbox.clock.now() - start).toBe(5 * MINUTE);
});

it('says nothing about a timeout when it did not wait', async () => {
	const msgid = await scenario.createTask();
	const { items } = await wait(msgid, { waitUntilCompleted: false, waitLimit: 1 });
	expect(items[0]?.json).not.toHaveProperty('timed_out');
});

it('waits for a task that WeCom is still dispatching', async () => {
	scenario.sandbox.world.setDispatchDelay(4 * MINUTE);
	const msgid = await scenario.createTask();
	after(6 * MINUTE, () => scenario.sandbox.world.confirmTask(msgid));
	expect((await wait(msgid)).items[0]?.json).toMatchObject({ state: 'completed' });
});

it('keeps waiting while a member has confirmed but is still sending', async () => {
	scenario.sandbox.world.settings.mixedStatus1 = true;
	const msgid = await scenario.createTask();
	const [recipient] = scenario.tasks()[0]?.parts.get('lin')?.recipients ?? [];
	scenario.sandbox.world.confirmTask(msgid, 'lin', { only: [recipient?.id ?? ''] });
	after(6 * MINUTE, () => scenario.sandbox.world.confirmTask(msgid));
	expect((await wait(msgid)).items[0]?.json).toMatchObject({ state: 'completed', sent: 12 });
});

it('ends at once when the execution is stopped', async () => {
	const msgid = await scenario.createTask();
	const { engine, credential, sandbox } = scenario;
	const start = sandbox.clock.now();
	const execution = engine.start({
		credential,
		node: {
			parameters: {
				resource: 'message',
				operation: 'getTaskStatus',
				msgid: byId(msgid),
				options: { waitUntilCompleted: true },
			},
		},
	});
	after(3 * MINUTE, () => execution.cancel());
	const { status } = await execution.result;
	expect(status).toBe('canceled');
	expect(sandbox.clock.now() - start).toBe(3 * MINUTE);
});

it.each([
	[
		{ waitInterval: '={{ "often" }}' },
		"'Wait Interval' must be a number of seconds from 5 to 3,600",
	],
	[{ waitLimit: 0 }, "'Wait Limit' must be a number of minutes from 1 to 10,080"],
	[{ waitLimit: -5 }, "'Wait Limit' must be a number of minutes from 1 to 10,080"],
	[{ waitInterval: 1e300 }, "'Wait Interval' must be a number of seconds from 5 to 3,600"],
	[{ waitUntilCompleted: '={{ $json.missing }}' }, "'Wait for Completion' must be true or false"],
])('refuses %j before any request', async (options, message) => {
	const { error } = await wait('msgX', options);
	expect(error?.message).toBe(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('reports a task that WeCom does not know and continues with the others', async () => {
	const msgid = await scenario.createTask();
	scenario.sandbox.world.confirmTask(msgid);
	const { items } = await wait(
		'={{ $json.msgid }}',
		{},
		{
			input: [{ msgid: 'msgUNKNOWN' }, { msgid }],
			...continueOnFail,
		},
	);
	expect(items).toMatchObject([
		{ json: { error: 'WeCom does not know this task' }, pairedItem: { item: 0 } },
		{ json: { state: 'completed' }, pairedItem: { item: 1 } },
	]);
});
