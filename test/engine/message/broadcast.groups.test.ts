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

it('sends to the customer groups chosen from the list', async () => {
	const ownedChatIds = scenario.groupsOf('lin');
	await scenario.broadcast({ sendTo: 'groups', groupsBy: 'list', ownedChatIds });
	expect(scenario.recipientsOfTasks()).toEqual([ownedChatIds]);
});

it.each<[string, (ids: string[]) => string]>([
	['text', (ids) => ids.join(', ')],
	['an expression', (ids) => `={{ ${JSON.stringify(ids)} }}`],
])('sends to the chat IDs that a workflow of the first version stored as %s', async (_, form) => {
	const ids = scenario.groupsOf('lin');
	await scenario.broadcast({ sendTo: 'groups', chatIds: form(ids) });
	expect(scenario.recipientsOfTasks()).toEqual([ids]);
});

it('never sends to the groups of the other way of choosing', async () => {
	const { error } = await scenario.broadcast({
		sendTo: 'groups',
		groupsBy: 'list',
		chatIds: scenario.groupsOf('lin').join(),
		ownedChatIds: '={{ [] }}',
	});
	expect(error?.message).toBe(
		"'Customer Group Names or IDs' is empty, so nobody would get the message",
	);
	expect(scenario.sandbox.log.count()).toBe(0);
});
