import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

function isCancelled(msgid: string): boolean | undefined {
	return scenario.tasks().find((task) => task.msgid === msgid)?.cancelled;
}

it('cancels each item’s task', async () => {
	const input = [
		{ msgid: await scenario.createTask({ sender: 'lin' }) },
		{ msgid: await scenario.createTask({ sender: 'wei' }) },
	];
	const { items } = await scenario.cancel('={{ $json.msgid }}', { input });
	expect(items).toEqual(
		input.map(({ msgid }, index) => ({
			json: {
				msgid,
				cancelled: true,
				already_cancelled: false,
				last_known: expect.objectContaining({ sent: 0 }) as object,
			},
			pairedItem: { item: index },
		})),
	);
	expect(input.map(({ msgid }) => isCancelled(msgid))).toEqual([true, true]);
});

it('says if a task is already cancelled', async () => {
	const msgid = await scenario.createTask();
	await scenario.cancel(msgid);
	const { items, error } = await scenario.cancel(msgid);
	expect(error).toBeUndefined();
	expect(items[0]?.json).toEqual({
		msgid,
		cancelled: true,
		already_cancelled: true,
		last_known: null,
	});
});

it('cancels once when many items name the same task', async () => {
	const msgid = await scenario.createTask();
	const input = [{ msgid }, { msgid }, { msgid }];
	const { items } = await scenario.cancel('={{ $json.msgid }}', { input });
	expect(items.map(({ json }) => json.already_cancelled)).toEqual([false, false, false]);
	expect(scenario.sandbox.log.count(PATHS.cancel)).toBe(1);
});

it('waits for a task that WeCom is still dispatching, which is when mistakes are noticed', async () => {
	scenario.sandbox.world.setDispatchDelay(5);
	const msgid = await scenario.createTask();
	expect((await scenario.cancel(msgid)).items[0]?.json).toMatchObject({ cancelled: true });
	expect(isCancelled(msgid)).toBe(true);
});

it('waits for a task that WeCom does not know yet', async () => {
	scenario.sandbox.world.settings.unknownMsgidSeconds = 5;
	const msgid = await scenario.createTask();
	expect((await scenario.cancel(msgid)).items[0]?.json).toMatchObject({ cancelled: true });
});

describe('when the response is lost', () => {
	it('repeats the request', async () => {
		const msgid = await scenario.createTask();
		scenario.sandbox.faults.add({ path: PATHS.cancel, call: 1, fault: { kind: 'reset' } });
		expect((await scenario.cancel(msgid)).items[0]?.json).toMatchObject({
			msgid,
			cancelled: true,
			already_cancelled: false,
		});
	});

	it('does not mistake its own cancellation for an earlier one', async () => {
		const msgid = await scenario.createTask();
		scenario.sandbox.faults.add({ path: PATHS.cancel, call: 1, fault: RESET_AFTER });
		expect((await scenario.cancel(msgid)).items[0]?.json).toMatchObject({
			msgid,
			cancelled: true,
			already_cancelled: null,
		});
		expect(scenario.sandbox.log.count(PATHS.cancel)).toBe(2);
	});

	it('does not mistake it under Retry On Fail either', async () => {
		const msgid = await scenario.createTask();
		const fault = RESET_AFTER;
		scenario.sandbox.faults.add({ path: PATHS.cancel, times: 4, fault });
		const { items, error } = await scenario.cancel(msgid, retryOnFail);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({
			msgid,
			cancelled: true,
			already_cancelled: null,
			last_known: { sent: 0, pending: 12, customer_count: 12 },
		});
	});

	it('knows that a refused call cancelled nothing', async () => {
		const msgid = await scenario.createTask();
		const fault = { kind: 'errcode', errcode: 45033 } as const;
		scenario.sandbox.faults.add({ path: PATHS.cancel, call: 1, fault });
		expect((await scenario.cancel(msgid)).items[0]?.json.already_cancelled).toBe(false);
		expect(scenario.sandbox.log.count(PATHS.cancel)).toBe(2);
	});
});

it('tells how far the task was, which WeCom no longer does', async () => {
	const msgid = await scenario.createTask();
	const [first, second] = scenario.customersOf('lin');
	scenario.sandbox.world.confirmTask(msgid, 'lin', { only: [first ?? '', second ?? ''] });
	const other = await scenario.createTask({ sender: 'wei' });
	const { items } = await scenario.cancel('={{ $json.msgid }}', {
		input: [{ msgid }, { msgid: other }],
	});
	expect(items.map(({ json }) => json)).toMatchObject([
		{ cancelled: false, last_known: { sent: 2, pending: 10, customer_count: 12 } },
		{ cancelled: true, last_known: { sent: 0, customer_count: 13 } },
	]);
});

it('leaves a completed task as it is, with its report', async () => {
	const msgid = await scenario.createTask();
	scenario.sandbox.world.confirmTask(msgid);
	const { items, hints } = await scenario.cancel(msgid);
	expect(items[0]?.json).toMatchObject({
		cancelled: false,
		already_cancelled: false,
		last_known: { pending: 0, customer_count: 12 },
	});
	expect(hints.map(({ message }) => message)).toEqual([
		`Task ${msgid} is completed: all members have sent it, so nothing was cancelled.`,
	]);
	expect(scenario.sandbox.log.count(PATHS.cancel)).toBe(0);
	expect((await scenario.status(msgid)).items[0]?.json.state).toBe('completed');
});

it.each([
	['an expression that gives nothing', '={{ $json.nothing }}', "'Task' is empty"],
	['an unknown msgid', 'msgUNKNOWN', 'WeCom does not know this task'],
])('refuses %s', async (_, msgid, message) => {
	const { error } = await scenario.cancel(msgid);
	expect(error?.message).toBe(message);
});

it('keeps the other items with Continue On Fail', async () => {
	const input = [{ msgid: '' }, { msgid: await scenario.createTask() }];
	const { items } = await scenario.cancel('={{ $json.msgid }}', {
		input,
		...continueOnFail,
	});
	expect(items).toMatchObject([
		{ json: { error: "'Task' is empty" }, pairedItem: { item: 0 } },
		{ json: { cancelled: true }, pairedItem: { item: 1 } },
	]);
});
