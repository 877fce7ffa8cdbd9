import { phoneOf } from '../../sandbox';
import { PATHS } from '../../harness/requests';
import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

const HOUR = 3_600;
const TEXT = 'Our autumn teas have arrived.';

const hourly = async () => {
	const result = await runExample(scenario, 'deadline.json', { startNode: 'Every Hour' });
	expect(result.error).toBeUndefined();
	return result;
};

/** Creates tasks so many hours ago. */
async function hoursAgo(hours: number, create: () => Promise<string>): Promise<string> {
	const { clock } = scenario.sandbox;
	const now = clock.now();
	clock.set(now - hours * HOUR - 60);
	const msgid = await create();
	clock.set(now);
	return msgid;
}

it.each([
	[11, 0],
	[12, 1],
	[13, 0],
	[22, 0],
	[23, 1],
])('after %i hours, reminds %i times', async (hours, times) => {
	const msgid = await hoursAgo(hours, async () => await scenario.createTask({ text: TEXT }));
	await hoursAgo(hours, async () => await scenario.createTask({ text: 'Another campaign' }));
	await hourly();
	const reminders = scenario.tasks().map((task) => [task.msgid, task.reminders.length]);
	expect(reminders).toEqual([
		[msgid, times],
		[expect.any(String), 0],
	]);
	expect(scenario.tasks().map(({ cancelled }) => cancelled)).toEqual([false, false]);
});

it('after the deadline, cancels, asks again for those who got nothing, and reports', async () => {
	const { world } = scenario.sandbox;
	const lin = scenario.customersOf('lin').slice(3, 9);
	const wei = scenario.customersOf('wei').slice(4, 7);
	await hoursAgo(24, async () => await scenario.createTask({ to: lin, text: TEXT }));
	await hoursAgo(24, async () => await scenario.createTask({ sender: 'wei', to: wei, text: TEXT }));
	await hoursAgo(24, async () => await scenario.createTask({ text: 'Another campaign' }));
	const done = await hoursAgo(
		24,
		async () => await scenario.createTask({ sender: 'chen', text: TEXT }),
	);
	world.confirmTask(done);
	await hourly();

	const [first, second, other, completed, ...followUps] = scenario.tasks();
	expect([first, second, other, completed].map((task) => task?.cancelled)).toEqual([
		true,
		true,
		false,
		false,
	]);
	expect(scenario.sandbox.log.count(PATHS.cancel)).toBe(2);
	// WeCom lists the newest task first.
	expect(followUps.map(({ text, parts }) => [[...parts.keys()], text])).toEqual([
		[['wei'], 'Last days: the first autumn teas are waiting for you.'],
		[['lin'], 'Last days: the first autumn teas are waiting for you.'],
	]);
	expect(scenario.recipientsOfTasks().slice(4)).toEqual([wei, lin]);
	expect(phoneOf(world.corp, 'lin').messages.map(({ content }) => content.content)).toEqual([
		'The deadline of “Our autumn teas” has passed. Cancelled and asked again:\nwei: 3 customers\nlin: 6 customers',
	]);

	// The next hour finds nothing more to do.
	await hourly();
	expect(scenario.tasks()).toHaveLength(6);
	expect(phoneOf(world.corp, 'lin').messages).toHaveLength(1);
});

it('asks nobody again when the old task could not be cancelled', async () => {
	await hoursAgo(25, async () => await scenario.createTask({ text: TEXT }));
	scenario.sandbox.faults.add({
		path: PATHS.cancel,
		fault: { kind: 'errcode', errcode: 48002, errmsg: 'api forbidden' },
	});
	const result = await runExample(scenario, 'deadline.json', { startNode: 'Every Hour' });
	expect(result.status).toBe('error');
	expect(scenario.tasks()).toHaveLength(1);
});
