import { continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';
import { PATHS } from '../../harness/requests';

const scenario = useScenario();

it('creates nothing when all items together are too many tasks for a member', async () => {
	const { error } = await scenario.send(
		{ text: '=Order {{ $itemIndex }}', options: { maxTasksPerMember: 3 } },
		{ input: scenario.inputItems(4) },
	);
	expect(error?.message).toBe(
		"Member lin would get 4 tasks to confirm, and 'Max Tasks per Member' is 3",
	);
	expect(error?.description).toContain('Confirmations: lin 4.');
	expect(error?.description).toContain(
		"Broadcast with 'Customers From Input Items' makes one task",
	);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('counts what two items ask for alike once', async () => {
	const [a = {}, b = {}] = scenario.inputItems(2);
	const { items } = await scenario.send(
		{ options: { maxTasksPerMember: 2 } },
		{ input: [a, b, a, b] },
	);
	expect(items.map(({ json }) => json.state)).toEqual([
		'created',
		'created',
		'duplicate',
		'duplicate',
	]);
});

it('creates nothing when all items together are too many recipients', async () => {
	const { error } = await scenario.send(
		{ options: { maxRecipients: 3 } },
		{ input: scenario.inputItems(4) },
	);
	expect(error?.message).toBe("The run is for 4 recipients, and 'Max Recipients' is 3");
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('counts only items that can be read, and fails once for all under Continue On Fail', async () => {
	const input = [...scenario.inputItems(2), {}];
	const run = { input, ...continueOnFail };
	const passed = await scenario.send({ options: { maxTasksPerMember: 2 } }, run);
	expect(passed.items.map(({ json }) => json.state ?? json.error)).toEqual([
		'created',
		'created',
		"'Customer' is empty",
	]);
	const refused = await scenario.send({ options: { maxTasksPerMember: 1 } }, run);
	expect(refused.items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		[
			"Member lin would get 2 tasks to confirm, and 'Max Tasks per Member' is 1",
			[{ item: 0 }, { item: 1 }, { item: 2 }],
		],
	]);
});

it('counts the same on Retry On Fail', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.create,
		call: 3,
		fault: { kind: 'errcode', errcode: 40058 },
	});
	const { items } = await scenario.send(
		{ options: { maxTasksPerMember: 4 } },
		{ input: scenario.inputItems(4), ...retryOnFail },
	);
	expect(items.map(({ json }) => json.state)).toEqual(Array(4).fill('created'));
	expect(scenario.recipientsOfTasks()).toEqual(
		scenario.inputItems(4).map(({ customer }) => [customer]),
	);
});
