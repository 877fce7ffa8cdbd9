import { byId, continueOnFail, useScenario } from '../../harness/scenario';
import { scroll } from '../methods/scroll';

const scenario = useScenario();

beforeEach(() => scenario.sandbox.world.setLicensed('wei', false));

const OF_WEI = {
	message:
		'WeCom gives no customers of wei: 1 member has no interworking license. Buy or renew it in the WeCom admin console.',
	type: 'warning',
	location: 'outputPane',
};
const FILTER = { filters: { addedAfter: '2000-01-01' } };

it.each([
	['Details', {}, 20],
	['Once', { severalMembers: 'once' }, 20],
	['IDs Only with a filter', { output: 'ids', ...FILTER }, 20],
	['One Item per Member with a filter', { output: 'members', ...FILTER }, 3],
])('names the member whose customers are missing, in %s', async (_, parameters, count) => {
	const { items, hints } = await scenario.listCustomers(parameters);
	expect(items).toHaveLength(count);
	expect(hints).toEqual([OF_WEI]);
});

it('says it once for all items, and with how many members', async () => {
	scenario.sandbox.world.setLicensed('chen', false);
	const { hints } = await scenario.listCustomers({}, { input: [{}, {}, {}] });
	expect(hints.map(({ message }) => message)).toEqual([
		'WeCom gives no customers of wei, chen: 2 members have no interworking license. Buy or renew them in the WeCom admin console.',
	]);
});

it('names members who come to be asked for alone because WeCom accepts no more', async () => {
	scenario.sandbox.world.settings.batchMemberLimit = 1;
	const { items, hints } = await scenario.listCustomers();
	expect(items).toHaveLength(20);
	expect(hints).toEqual([OF_WEI]);
});

it('is an error when nobody has a license', async () => {
	const { error, hints } = await scenario.listCustomers({
		memberScope: 'chosen',
		members: ['wei'],
	});
	expect(error?.message).toBe('None of the members asked for has a valid interworking license');
	expect(hints).toEqual([]);
});

it.each(['details', 'ids'])(
	'goes on with the other items when one asks for such a member alone, in %s',
	async (output) => {
		const { items, error, hints } = await scenario.listCustomers(
			{ memberScope: 'chosen', members: '={{ [$json.member] }}', output, ...FILTER },
			{ input: [{ member: 'wei' }, { member: 'lin' }] },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(scenario.customersOf('lin').length);
		expect(new Set(items.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(
			new Set(['{"item":1}']),
		);
		expect(hints).toEqual([OF_WEI]);
	},
);

it('is an error of each item when none of them asks for a member with a license', async () => {
	const { items } = await scenario.listCustomers(
		{ memberScope: 'chosen', members: ['wei'] },
		{ input: [{}, {}], ...continueOnFail },
	);
	expect(items.map(({ json, pairedItem }) => [json.details, pairedItem])).toEqual([
		[expect.objectContaining({ errcode: 701_008 }), { item: 0 }],
		[expect.objectContaining({ errcode: 701_008 }), { item: 1 }],
	]);
});

it('says that the tags of such a member were not checked where tags are left out', async () => {
	const { hints } = await scenario.listCustomers({ filters: { withoutTags: ['Gold'] } });
	expect(hints).toEqual([
		OF_WEI,
		{
			...OF_WEI,
			message:
				'The tags that wei gave could not be checked. Whoever has an excluded tag only with this member was not left out.',
		},
	]);
});

it('does not where only the tags of the listed member count', async () => {
	const filters = { withoutTags: ['Gold'], onlyAsMemberSeesIt: true };
	expect((await scenario.listCustomers({ filters })).hints).toEqual([OF_WEI]);
});

it('says nothing when all have one', async () => {
	scenario.sandbox.world.setLicensed('wei', true);
	expect((await scenario.listCustomers()).hints).toEqual([]);
});

it('is told by Broadcast, too, when it counts tagged customers', async () => {
	const sentBy = 'lastContact';
	await scenario.broadcast({ externalUserIds: scenario.customersOf('lin').slice(0, 2), sentBy });
	const { items, hints } = await scenario.broadcast({
		sendTo: 'tags',
		tagGroups: { group: [{ tags: [scenario.tagId('Gold'), scenario.tagId('Silver')] }] },
		sentBy,
		options: { skipCreatedHours: 24 },
	});
	expect(items[0]?.json.state).toBe('created');
	expect(hints).toContainEqual(OF_WEI);
});

it('is told in the list in the editor after the customers of the members it is about', async () => {
	await scenario.restart({ seed: { members: 150, customersPerMember: 1, tags: 0 } });
	scenario.sandbox.world.setLicensed('member50', false);
	const ofAll = { currentNodeParameters: { resource: 'customer', operation: 'get' } };
	const { names } = await scroll(scenario, 'searchCustomers', ofAll);
	const said = names.flatMap((name, place) => (name.includes('of member50') ? [place] : []));
	expect(names).toHaveLength(150);
	expect(said).toEqual([99]);
});

it('is the last entry of the list in the editor', async () => {
	const ofAll = { currentNodeParameters: { resource: 'customer', operation: 'get' } };
	const { results } = await scenario.search('searchCustomers', { ...ofAll, filter: 'Amy' });
	expect(results.map(({ name }) => name)).toEqual(['Amy Zhao', OF_WEI.message]);
	await expect(
		scenario.search('searchCustomers', { currentNodeParameters: { member: byId('wei') } }),
	).rejects.toThrow('None of the members asked for has a valid interworking license');
});
