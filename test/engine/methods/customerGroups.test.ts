import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';
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
