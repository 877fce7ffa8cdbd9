import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';
import { scroll } from './scroll';

const scenario = useScenario();

const ofMember = (member: string) => ({ currentNodeParameters: { member: byId(member) } });

it('shows the customers of the chosen member with their remarks', async () => {
	const { world } = scenario.sandbox;
	const [relation] = world.corp.members.get('wei')?.relations ?? [];
	if (relation) relation.remark = 'Regular, likes oolong';
	const { names, results } = await scroll(scenario, 'searchCustomers', ofMember('wei'));
	expect(names).toContain(`${relation?.customer.name} (Regular, likes oolong)`);
	expect(results).toHaveLength(world.corp.members.get('wei')?.relations.length ?? 0);

	const found = await scenario.search('searchCustomers', { ...ofMember('wei'), filter: 'OOLONG' });
	expect(found.results.map(({ value }) => value)).toEqual([relation?.customer.externalUserid]);
});

describe('5,000 customers of a member', () => {
	beforeEach(
		async () =>
			await scenario.restart({ seed: { members: 2, customersPerMember: 5_000, tags: 0 } }),
	);

	it('come a page at a time, with one call each', async () => {
		const { results, paginationToken } = await scenario.search(
			'searchCustomers',
			ofMember('member2'),
		);
		expect(results).toHaveLength(100);
		expect(paginationToken).toBeDefined();
		expect(scenario.sandbox.log.count(PATHS.customers)).toBe(1);
	});

	it('all appear for somebody who scrolls to the end', async () => {
		const { results } = await scroll(scenario, 'searchCustomers', ofMember('member2'));
		expect(new Set(results.map(({ value }) => value)).size).toBe(5_000);
	});

	it('are searched 500 at a time', async () => {
		const first = await scenario.search('searchCustomers', {
			...ofMember('member2'),
			filter: 'customer 9999',
		});
		expect(first.results).toEqual([]);
		expect(scenario.sandbox.log.count(PATHS.customers)).toBe(5);
		const { names } = await scroll(scenario, 'searchCustomers', {
			...ofMember('member2'),
			filter: 'customer 9999',
		});
		expect(names).toEqual(['Customer 9999']);
	});
});

it('shows none for a member without customers', async () => {
	await scenario.restart({
		seed: { members: 1, customersPerMember: 0, tags: 0 },
		batchWithoutCustomers: '84061',
	});
	const { results } = await scenario.search('searchCustomers', ofMember('member1'));
	expect(results).toEqual([]);
});

describe('where the operation has no member', () => {
	const anyMember = { currentNodeParameters: { resource: 'customer', operation: 'get' } };

	it('shows those of all members, each once per page', async () => {
		await scenario.restart({
			seed: { members: 250, customersPerMember: 3, tags: 0, sharedCustomers: 1 },
		});
		const { results } = await scroll(scenario, 'searchCustomers', anyMember);
		expect(new Set(results.map(({ value }) => value)).size).toBe(501);
		expect(
			(await scroll(scenario, 'searchCustomers', { ...anyMember, filter: 'Customer 400' })).names,
		).toEqual(['Customer 400']);
	});

	it('shows all when WeCom accepts fewer members at a time', async () => {
		await scenario.restart({
			seed: { members: 60, customersPerMember: 2, tags: 0 },
			batchMemberLimit: 10,
		});
		const { results } = await scroll(scenario, 'searchCustomers', anyMember);
		expect(new Set(results.map(({ value }) => value)).size).toBe(120);
	});

	it('shows none when no member has any', async () => {
		await scenario.restart({
			seed: { members: 9, customersPerMember: 0, tags: 0 },
			batchWithoutCustomers: '84061',
		});
		expect((await scroll(scenario, 'searchCustomers', anyMember)).names).toEqual([]);
	});
});

it.each([
	[{}, 'Choose the member first, then the customer'],
	[
		{ member: { __rl: true, mode: 'list', value: '' } },
		'Choose the member first, then the customer',
	],
	[{ member: byId('={{ $json.member }}') }, "'Member' is an expression that has no value yet"],
])('needs a member (%j)', async (currentNodeParameters, message) => {
	await expect(scenario.search('searchCustomers', { currentNodeParameters })).rejects.toThrow(
		message,
	);
	expect(scenario.sandbox.log.count()).toBe(0);
});
