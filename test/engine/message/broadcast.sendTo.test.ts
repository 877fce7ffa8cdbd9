import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

/*
 * Where Send To is an expression, n8n does not know which fields it shows and takes all of them for shown. It asks
 * for the required ones even so: what a workflow had to fill in to run must not become more.
 */
it.each(['customers', 'groups', 'inputItems', 'allOfMembers'])(
	'can be an expression, here for %s, without any condition of tags',
	async (sendTo) => {
		const [customer = ''] = scenario.customersOf('lin');
		const group = [...scenario.sandbox.world.corp.groups.values()].find(
			({ owner }) => owner === 'lin',
		);
		const { items } = await scenario.broadcast(
			{
				sendTo: `={{ $json.sendTo }}`,
				externalUserIds: customer,
				chatIds: group?.chatId ?? '',
				members: ['lin'],
				member: byId('lin'),
			},
			{ input: [{ sendTo, external_userid: customer }] },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created']);
	},
);

it('is marked without tags where it is no expression', async () => {
	const parameters = {
		resource: 'message',
		operation: 'broadcast',
		member: byId('lin'),
		text: 'Hi',
	};
	const { error } = await scenario.run({ ...parameters, sendTo: 'tags' });
	expect(error?.message).toContain('Parameter "Tag Names or IDs" is required');
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('can be an expression for tags', async () => {
	const { items } = await scenario.broadcast({
		sendTo: `={{ "tags" }}`,
		externalUserIds: 'wm1',
		chatIds: 'wr1',
		members: ['lin'],
		tagGroups: { group: [{ tags: ['Gold'] }] },
	});
	expect(items.map(({ json }) => json.state)).toEqual(['created']);
});
