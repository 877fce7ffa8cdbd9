import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('sends each half its text and compares them after a week', async () => {
	const { world, clock } = scenario.sandbox;
	const start = clock.now();
	// During the week Wei confirms both texts, and Lin only one of them.
	const advance = clock.advance.bind(clock);
	clock.advance = (seconds) => {
		for (const { msgid, parts, text } of world.tasks()) {
			if (parts.has('wei') || (parts.has('lin') && text?.startsWith('Our'))) {
				world.confirmTask(msgid);
			}
		}
		advance(seconds);
	};
	const result = await runExample(scenario, 'ab-test.json');
	expect(result.error).toBeUndefined();
	expect(clock.now() - start).toBe(7 * 86_400);

	const half = new Map(
		result.output('Half').map(({ json }) => [String(json.external_userid), json.half]),
	);
	expect(new Set(half.values())).toEqual(new Set(['A', 'B']));
	for (const [index, ids] of scenario.recipientsOfTasks().entries()) {
		const wanted = scenario.tasks()[index]?.text?.startsWith('Our') ? 'A' : 'B';
		expect(ids.map((id) => half.get(id))).toEqual(ids.map(() => wanted));
	}
	const recipients = scenario.recipientsOfTasks().flat();
	expect([...recipients].sort()).toEqual([...half.keys()].sort());

	const received = recipients.filter((id) => world.receivedBy(id).length > 0);
	const cakes = scenario.tagId('Cakes');
	const bought = recipients.filter((id) =>
		world.corp.customers
			.get(id)
			?.relations.some(
				({ tagIds }) => tagIds.includes(cakes) && tagIds.includes(scenario.tagId('Gold')),
			),
	);
	const count = (ids: string[], wanted: string) =>
		ids.filter((id) => half.get(id) === wanted).length;
	const expected = ['A', 'B'].map((each) => ({
		half: each,
		sum_got_it: count(received, each),
		sum_bought: count(bought, each),
	}));
	const rows = result.output('Comparison').map(({ json }) => json);
	expect(rows).toHaveLength(2);
	expect(rows).toEqual(expect.arrayContaining(expected));
});
