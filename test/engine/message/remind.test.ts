import type { IDataObject } from 'n8n-workflow';

import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const HOUR = 3600;

async function remind(msgid: string, run: ScenarioRun = {}) {
	return await scenario.run({ resource: 'message', operation: 'remind', msgid: byId(msgid) }, run);
}

function reminders(msgid: string): number {
	return scenario.tasks().find((task) => task.msgid === msgid)?.reminders.length ?? 0;
}

it('reminds the members of each item’s task', async () => {
	const input = [
		{ msgid: await scenario.createTask({ sender: 'lin' }) },
		{ msgid: await scenario.createTask({ sender: 'wei' }) },
	];
	const { items } = await remind('={{ $json.msgid }}', { input });
	expect(items).toEqual(
		input.map(({ msgid }, index) => ({
			json: { msgid, reminded: true },
			pairedItem: { item: index },
		})),
	);
	expect(input.map(({ msgid }) => reminders(msgid))).toEqual([1, 1]);
});

it('reminds once when many items name the same task', async () => {
	const msgid = await scenario.createTask();
	const input = Array.from({ length: 5 }, () => ({ msgid }));
	const { items } = await remind('={{ $json.msgid }}', { input });
	expect(items.map(({ json }) => json)).toEqual(input.map(() => ({ msgid, reminded: true })));
	expect(reminders(msgid)).toBe(1);
});

it('says when the day’s reminders are used up, and reminds again a day later', async () => {
	const msgid = await scenario.createTask();
	for (let count = 0; count < 3; count++) await remind(msgid);
	const { error } = await remind(msgid);
	expect(error?.message).toBe('The members were reminded too often');
	expect(error?.description).toContain('3 times in 24 hours');
	expect(error?.description).toContain('errcode 41094, doc 97610');

	scenario.sandbox.clock.advance(24 * HOUR);
	expect((await remind(msgid)).error).toBeUndefined();
});

it('fails for a cancelled task', async () => {
	const msgid = await scenario.createTask();
	await scenario.cancel(msgid);
	const { error } = await remind(msgid);
	expect(error?.message).toBe('The task is cancelled');
});

it('waits for a task that WeCom is still dispatching', async () => {
	scenario.sandbox.world.setDispatchDelay(5);
	const msgid = await scenario.createTask();
	expect((await remind(msgid)).items[0]?.json).toEqual({ msgid, reminded: true });
});

it('fails with a retryable error when WeCom takes long to dispatch the task', async () => {
	scenario.sandbox.world.setDispatchDelay(HOUR);
	const msgid = await scenario.createTask();
	const { items } = await remind(msgid, continueOnFail);
	expect(items[0]?.json).toMatchObject({
		error: 'WeCom is still handing the task out',
		details: {
			errcode: 41063,
			retryable: true,
			hint: "Try again in a few seconds.\nWeCom: errcode 41063, doc 93338.\nWeCom's document: https://developer.work.weixin.qq.com/document/path/93338",
		},
	});
});

describe('when the response is lost', () => {
	it.each([
		['the connection breaks', RESET_AFTER],
		['the answer is a web page', { kind: 'html', after: true }],
		['WeCom is busy', { kind: 'errcode', errcode: -1 }],
	] as const)('because %s, says so and does not remind again', async (_, fault) => {
		const msgid = await scenario.createTask();
		scenario.sandbox.faults.add({ path: PATHS.remind, fault });
		const { error } = await remind(msgid);
		expect(error?.message).toBe('WeCom may or may not have reminded the members');
		expect(error?.description).toContain('one more of the 3 reminders in 24 hours');
		expect(scenario.sandbox.log.count(PATHS.remind)).toBe(1);
	});

	it('does not remind again under Retry On Fail either', async () => {
		const msgid = await scenario.createTask();
		scenario.sandbox.faults.add({ path: PATHS.remind, fault: RESET_AFTER });
		const { error } = await remind(msgid, {
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(error?.message).toBe('WeCom may or may not have reminded the members');
		expect(reminders(msgid)).toBe(1);
	});
});

it('does not repeat the reminders of an earlier attempt', async () => {
	const input = [
		{ msgid: await scenario.createTask({ sender: 'lin' }) },
		{ msgid: await scenario.createTask({ sender: 'wei' }) },
	];
	scenario.sandbox.faults.add({
		path: PATHS.remind,
		call: 2,
		fault: { kind: 'errcode', errcode: 41094 },
	});
	const { error, items } = await remind('={{ $json.msgid }}', {
		input,
		...retryOnFail,
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(2);
	expect(input.map(({ msgid }) => reminders(msgid))).toEqual([1, 1]);
});

it.each([
	['an expression that gives nothing', '={{ $json.nothing }}', "'Task' is empty"],
	['blanks', '  ', "'Task' is empty"],
	['an unknown msgid', 'msgUNKNOWN', 'WeCom does not know this task'],
])('refuses %s', async (_, msgid, message) => {
	const { error } = await remind(msgid);
	expect(error?.message).toBe(message);
});

it('keeps the other items with Continue On Fail', async () => {
	const input: IDataObject[] = [{ msgid: 'msgUNKNOWN' }, { msgid: await scenario.createTask() }];
	const { items } = await remind('={{ $json.msgid }}', {
		input,
		...continueOnFail,
	});
	expect(items).toEqual([
		{
			json: {
				error: 'WeCom does not know this task',
				details: {
					errcode: 41047,
					retryable: false,
					hint: expect.stringContaining('Use the msgid that Send or Broadcast returned.') as string,
				},
			},
			pairedItem: { item: 0 },
		},
		{ json: { msgid: input[1]?.msgid, reminded: true }, pairedItem: { item: 1 } },
	]);
});

describe('an AI agent that asks again', () => {
	const tool = { asTool: { arguments: {} }, executionId: 'a conversation about reminders' };

	it('reminds again', async () => {
		const msgid = await scenario.createTask();
		await remind(msgid, tool);
		await remind(msgid, tool);
		expect(reminders(msgid)).toBe(2);
	});

	it('does not remind again if the members may have been reminded already', async () => {
		const msgid = await scenario.createTask();
		scenario.sandbox.faults.add({ path: PATHS.remind, call: 1, fault: RESET_AFTER });
		for (let call = 0; call < 2; call++) {
			const answer = JSON.stringify((await remind(msgid, tool)).runData);
			expect(answer).toContain('WeCom may or may not have reminded the members');
		}
		expect(reminders(msgid)).toBe(1);
	});
});

it('reminds nobody of a completed task', async () => {
	const msgid = await scenario.createTask();
	scenario.sandbox.world.confirmTask(msgid);
	const { items, hints } = await remind(msgid);
	expect(items[0]?.json).toEqual({ msgid, reminded: false });
	expect(hints[0]?.message).toContain('all members have sent it');
	expect(scenario.sandbox.log.count(PATHS.remind)).toBe(0);
});
