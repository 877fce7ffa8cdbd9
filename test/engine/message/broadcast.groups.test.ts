import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('asks the owner to send to the customer groups', async () => {
	const groups = [...scenario.sandbox.world.corp.groups.values()].filter(
		(group) => group.owner === 'lin',
	);
	const chatIds = groups.map((group) => group.chatId);
	const { items } = await scenario.broadcast({ sendTo: 'groups', chatIds });
	expect(items[0]?.json).toMatchObject({
		chat_type: 'group',
		sender: 'lin',
		recipient_count: 2,
	});
	expect(scenario.recipientsOfTasks()).toEqual([chatIds]);
});

it.each([
	[
		'without groups',
		{ chatIds: '={{ $json.missing }}' },
		"'Customer Groups' is empty, so nobody would get the message",
	],
	[
		'without a member',
		{ chatIds: 'wr1', member: byId('={{ $json.missing }}') },
		"'Member' is empty",
	],
])('refuses to start %s', async (_, parameters, message) => {
	const { error } = await scenario.broadcast({ sendTo: 'groups', ...parameters });
	expect(error?.message).toBe(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});
