import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

/** As n8n repeats a run, but much later. */
const TEN_MINUTES = 600;

it('forgets what it created once it succeeded and a minute is over', async () => {
	const [customer] = scenario.customersOf('lin');
	const run = async () =>
		await scenario.broadcast({ externalUserIds: customer }, { executionId: 'forgotten' });
	await run();
	await run();
	expect(scenario.tasks()).toHaveLength(1);
	scenario.sandbox.clock.advance(TEN_MINUTES);
	await run();
	expect(scenario.recipientsOfTasks()).toEqual([[customer], [customer]]);
});

it('remembers what it created as long as an item has failed, however late n8n repeats it', async () => {
	const ids = scenario.customersOf('lin').slice(0, 2);
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'errcode', errcode: 40058 } });
	const run = async () =>
		await scenario.broadcast(
			{ sendTo: 'inputItems', idField: 'id', text: '={{ $json.id }}' },
			{
				executionId: 'half done',
				node: { onError: 'continueRegularOutput' },
				input: ids.map((id) => ({ id })),
			},
		);
	const first = await run();
	expect(first.items.map(({ json }) => 'error' in json)).toEqual([false, true]);
	sandbox.clock.advance(TEN_MINUTES);
	await run();
	expect(scenario.recipientsOfTasks()).toEqual(ids.map((id) => [id]));
});

it('remembers what an AI agent asked for, however long its execution lasts', async () => {
	const [customer] = scenario.customersOf('lin');
	const run = async () =>
		await scenario.send(
			{ customer: byId("={{ $fromAI('customer') }}") },
			{ asTool: { arguments: { customer } }, executionId: 'a long conversation' },
		);
	await run();
	scenario.sandbox.clock.advance(TEN_MINUTES);
	const { items } = await run();
	expect(items[0]?.json.state).toBe('duplicate');
	expect(scenario.tasks()).toHaveLength(1);
});
