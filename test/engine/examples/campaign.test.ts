import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('asks the member who added each Gold customer last, and nobody who is not to be contacted', async () => {
	const { corp } = scenario.sandbox.world;
	const result = await runExample(scenario, 'campaign.json');
	expect(result.error).toBeUndefined();

	const gold = scenario.tagId('Gold');
	const noContact = scenario.tagId('Do not contact');
	const expected = new Map<string, string[]>();
	for (const { externalUserid, relations } of corp.customers.values()) {
		if (relations.some(({ tagIds }) => tagIds.includes(noContact))) continue;
		const [sender] = relations
			.filter(({ tagIds }) => tagIds.includes(gold))
			.sort((a, b) => b.createTime - a.createTime);
		if (!sender) continue;
		const { userid } = sender.member;
		expected.set(userid, [...(expected.get(userid) ?? []), externalUserid]);
	}
	expect(expected.size).toBe(3);
	expect(scenario.recipientsOfTasks()).toEqual([...expected.values()]);
	expect(result.output('Broadcast').map(({ json }) => [json.sender, json.recipient_count])).toEqual(
		[...expected].map(([userid, ids]) => [userid, ids.length]),
	);
	expect(result.output('Get Task Status').map(({ json }) => [json.state, json.pending])).toEqual(
		[...expected.values()].map((ids) => ['awaiting_members', ids.length]),
	);
});

it('leaves out Ben, who is a Gold customer of Wei and told Lin not to be contacted', async () => {
	const { corp } = scenario.sandbox.world;
	const ben = [...corp.customers.values()].find(({ name }) => name === 'Ben Qian');
	expect(corp.relation('wei', ben?.externalUserid ?? '')?.tagIds).toEqual([scenario.tagId('Gold')]);
	const result = await runExample(scenario, 'campaign.json');
	const chosen = result.output('List Tagged Customers').map(({ json }) => json.external_userid);
	expect(chosen).not.toContain(ben?.externalUserid);
	expect(scenario.recipientsOfTasks().flat()).not.toContain(ben?.externalUserid);
});
