import { phoneOf } from '../../sandbox';
import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

const DAY = 86_400;

it('gives the lead one line per member', async () => {
	const { clock, world } = scenario.sandbox;
	const now = clock.now();
	clock.set(now - 8 * DAY);
	await scenario.createTask({ sender: 'chen', text: 'Last week' });
	clock.set(now - 2 * DAY);
	const lin = scenario.customersOf('lin');
	const confirmed = await scenario.createTask({ sender: 'lin', to: lin.slice(0, 5), text: 'One' });
	world.confirmTask(confirmed);
	await scenario.createTask({ sender: 'lin', to: lin.slice(0, 2), text: 'Two' });
	const wei = scenario.customersOf('wei');
	await scenario.createTask({ sender: 'wei', to: wei.slice(0, 3), text: 'One' });
	clock.set(now);

	const result = await runExample(scenario, 'weekly-report.json', { startNode: 'Every Monday' });
	expect(result.error).toBeUndefined();
	const [message] = phoneOf(world.corp, 'lin').messages;
	const [head, ...lines] = String(message?.content.content).split('\n');
	expect(head).toMatch(/^Tasks of the week until \d\d-\d\d$/);
	expect(lines.sort()).toEqual([
		'lin: 1 of 2 confirmed, 5 customers reached, 2 waiting, 0 at their limit',
		'wei: 0 of 1 confirmed, 0 customers reached, 3 waiting, 0 at their limit',
	]);
});
