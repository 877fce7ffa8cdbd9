import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

it.each([false, true])(
	'warns that a customer of two of the members may get two messages (dry run: %j)',
	async (dryRun) => {
		const tell = async (members: string[]) =>
			(await scenario.broadcast({ sendTo: 'allOfMembers', members, options: { dryRun } })).hints
				.filter(({ type }) => type === 'warning')
				.map(({ message }) => message);
		expect(await tell(['lin', 'chen'])).toEqual([
			expect.stringMatching(/^WeCom chooses the customers of 2 tasks\. .* more than one message/),
		]);
		expect(await tell(['lin'])).toEqual([]);
	},
);

it('makes one task per member, however many input items there are', async () => {
	const { items } = await scenario.broadcast(
		{ sendTo: 'allOfMembers', members: ['lin', 'chen'] },
		{ input: [{}, {}] },
	);
	expect(items.map(({ json }) => json.sender)).toEqual(['lin', 'chen']);
	expect(scenario.recipientsOfTasks()).toEqual([
		scenario.customersOf('lin'),
		scenario.customersOf('chen'),
	]);
});

it.each([
	['an empty choice', [], 'Parameter "Member Names or IDs" is required'],
	['an expression that gives undefined', '={{ $json.missing }}', "'Member Names or IDs' is empty"],
])('refuses %s before any request', async (_, members, message) => {
	const { error } = await scenario.broadcast({ sendTo: 'allOfMembers', members });
	expect(error?.message).toContain(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each(['engine', 'supplyData'] as const)('refuses an AI agent (%s)', async (through) => {
	const { items, errorItems, error, status } = await scenario.broadcast(
		{ sendTo: 'allOfMembers', members: ['lin'] },
		{ asTool: { arguments: {}, through } },
	);
	expect(JSON.stringify({ items, errorItems, error, status })).toContain(
		'An AI agent may not send to all customers of a member',
	);
	expect(scenario.tasks()).toEqual([]);
});
