import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

/*
 * Where Send To is an expression, n8n does not know which fields it shows and takes all of them for shown. Were those
 * of every choice required, no choice could do without the others'.
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

it.each(['customers', 'groups', 'inputItems', 'tags'])(
	'can be an expression, here for %s, without what the other choices need',
	async (sendTo) => {
		const [customer = ''] = scenario.customersOf('lin');
		const group = [...scenario.sandbox.world.corp.groups.values()].find(
			({ owner }) => owner === 'lin',
		);
		const { items, error } = await scenario.broadcast(
			{
				sendTo: `={{ $json.sendTo }}`,
				...(sendTo === 'customers' && { externalUserIds: customer }),
				...(sendTo === 'groups' && { chatIds: group?.chatId ?? '' }),
				...(sendTo === 'tags' && { tagGroups: { group: [{ tags: ['Gold'] }] } }),
			},
			{ input: [{ sendTo, external_userid: customer }] },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.state)).toEqual(['created']);
	},
);

it.each([
	['customers', 'Customers'],
	['allOfMembers', 'Member Names or IDs'],
	['groups', 'Customer Groups'],
])('as an expression for %s, refuses to send to nobody', async (sendTo, label) => {
	const { error } = await scenario.broadcast({ sendTo: `={{ "${sendTo}" }}` });
	expect(error?.message).toBe(`'${label}' is empty, so nobody would get the message`);
	expect(scenario.sandbox.log.count()).toBe(0);
});

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
