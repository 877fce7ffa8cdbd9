import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';
import { scroll } from './scroll';

const scenario = useScenario();

it('shows customer groups with name and owner', async () => {
	const { names, results } = await scroll(scenario, 'searchCustomerGroups');
	expect(names).toEqual(['Tea tasting club (lin)', 'Cake lovers (lin)', 'Weekend events (wei)']);
	expect(results[0]?.value).toMatch(/^wr/);
	expect((await scroll(scenario, 'searchCustomerGroups', { filter: 'CAKE' })).names).toEqual([
		'Cake lovers (lin)',
	]);
});

it('shows a customer group without a name', async () => {
	const [group] = [...scenario.sandbox.world.corp.groups.values()];
	if (group) group.name = '';
	const { names } = await scroll(scenario, 'searchCustomerGroups');
	expect(names[0]).toBe(`Unnamed group ${group?.chatId} (lin)`);
});

it('shows the others when a group is gone by the time its name is read', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.group,
		call: 1,
		fault: { kind: 'errcode', errcode: 40050 },
	});
	expect((await scroll(scenario, 'searchCustomerGroups')).names).toHaveLength(3);
});

/** The dropdown of Broadcast. */
async function groupsOf(member: string) {
	const { credential, engine } = scenario;
	const currentNodeParameters = {
		resource: 'message',
		operation: 'broadcast',
		sendTo: 'groups',
		groupsBy: 'list',
		member: byId(member),
	};
	return await engine.loadOptions('getCustomerGroups', { credential, currentNodeParameters });
}

describe('the customer groups of the chosen member', () => {
	it('are shown by name', async () => {
		const [tea, cake] = scenario.groupsOf('lin');
		expect(await groupsOf('lin')).toEqual([
			{ name: 'Tea tasting club', value: tea },
			{ name: 'Cake lovers', value: cake },
		]);
	});

	it.each([
		['', 'Choose the member first, then the customer group'],
		['={{ $json.member }}', "'Member' is an expression that has no value yet"],
		['chen', 'Member chen owns no customer group that the app sees'],
	])('of member "%s" are none, and the field says why', async (member, message) => {
		await expect(groupsOf(member)).rejects.toMatchObject({ message });
	});

	it('are the first 200, with a call for each', async () => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 0, tags: 0, groups: 300 } });
		const options = await groupsOf('member1');
		expect(options).toHaveLength(201);
		expect(options[200]).toEqual({
			name: 'Only the first 200 customer groups are shown. For any other, use its chat ID.',
			value: '',
		});
		expect(scenario.sandbox.log.count(PATHS.group)).toBe(200);
	});
});

describe('1,500 customer groups', () => {
	beforeEach(
		async () =>
			await scenario.restart({
				seed: { members: 3, customersPerMember: 0, tags: 0, groups: 1_500 },
			}),
	);

	it('come 20 at a time, with a call for each name', async () => {
		const { results } = await scenario.search('searchCustomerGroups');
		expect(results).toHaveLength(20);
		expect(scenario.sandbox.log.count(PATHS.group)).toBe(20);
	});

	it('are searched 100 at a time, and the list says where the search stopped', async () => {
		const first = await scenario.search('searchCustomerGroups', { filter: 'no such group' });
		expect(first.results).toEqual([]);
		expect(scenario.sandbox.log.count(PATHS.group)).toBe(100);
		const { names } = await scroll(scenario, 'searchCustomerGroups', { filter: 'no such group' });
		expect(names).toEqual([
			'Only the first 1000 customer groups were searched. For any other, enter its chat ID.',
		]);
	});

	it('are found deep in the list', async () => {
		const { names } = await scroll(scenario, 'searchCustomerGroups', { filter: 'group 950' });
		expect(names[0]).toMatch(/^Group 950 /);
	});
});

it('lists the customer groups of all owners for the filters of Customer > List', async () => {
	const { credential, engine } = scenario;
	const currentNodeParameters = { resource: 'customer', operation: 'list' };
	const options = await engine.loadOptions('getAllCustomerGroups', {
		credential,
		currentNodeParameters,
	});
	expect(options.map(({ name }) => name)).toEqual([
		'Tea tasting club (lin)',
		'Cake lovers (lin)',
		'Weekend events (wei)',
	]);
	expect(options[0]?.value).toMatch(/^wr/);
});
