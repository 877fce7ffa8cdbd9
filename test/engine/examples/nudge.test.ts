import { phoneOf } from '../../sandbox';
import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

const DAY = 86_400;

it('tells each member once how many customers wait for tasks older than a day', async () => {
	const { clock, world } = scenario.sandbox;
	const now = clock.now();
	clock.set(now - 3 * DAY);
	const lin = scenario.customersOf('lin');
	await scenario.createTask({ sender: 'lin', to: lin.slice(0, 4), text: 'One' });
	await scenario.createTask({ sender: 'lin', to: lin.slice(0, 3), text: 'Two' });
	const done = await scenario.createTask({ sender: 'chen', text: 'Three' });
	world.confirmTask(done);
	clock.set(now - DAY / 2);
	await scenario.createTask({ sender: 'wei', text: 'Young' });
	clock.set(now);

	const result = await runExample(scenario, 'nudge.json', { startNode: 'Every Morning' });
	expect(result.error).toBeUndefined();
	expect(phoneOf(world.corp, 'lin').messages.map(({ content }) => content.content)).toEqual([
		expect.stringContaining('7 customers wait for a message from you: 2 tasks'),
	]);
	for (const userid of ['wei', 'chen']) expect(phoneOf(world.corp, userid).messages).toEqual([]);
});

it('says nothing to anybody when nothing is old', async () => {
	await scenario.createTask();
	const result = await runExample(scenario, 'nudge.json', { startNode: 'Every Morning' });
	expect(result.status).toBe('success');
	expect(phoneOf(scenario.sandbox.world.corp, 'lin').messages).toEqual([]);
});
