import { useScenario } from '../../harness/scenario';
import { scroll } from './scroll';

const scenario = useScenario({ seed: { members: 500, customersPerMember: 0, tags: 0 } });

it('shows members in pages', async () => {
	const { results, requests } = await scroll(scenario, 'searchMembers');
	expect(results).toHaveLength(500);
	expect(results[0]).toEqual({ name: 'member1', value: 'member1' });
	expect(requests).toBe(5);
});

it('finds members by a part of the ID', async () => {
	const { names } = await scroll(scenario, 'searchMembers', { filter: ' MEMBER49 ' });
	expect(names).toEqual(['member49', ...Array.from({ length: 10 }, (_, i) => `member49${i}`)]);
});

describe('without a member whom the app sees', () => {
	beforeEach(() => {
		for (const app of scenario.sandbox.world.corp.apps.values()) app.visibleMembers = [];
	});

	it.each(['searchMembers', 'searchCustomers'])('%s says why its list is empty', async (method) => {
		// An operation whose customers are those of all members.
		const currentNodeParameters = { resource: 'customer', operation: 'get' };
		await expect(scenario.search(method, { currentNodeParameters })).rejects.toMatchObject(NOBODY);
	});

	it('the dropdown says so, too', async () => {
		const { credential } = scenario;
		await expect(scenario.engine.loadOptions('getMembers', { credential })).rejects.toMatchObject(
			NOBODY,
		);
	});
});

const NOBODY = {
	message:
		"The app sees no member with customer contact. In the WeCom admin console, check the app's Visible Range (可见范围) and Customer Contact > Permissions > Scope (客户联系 > 权限配置 > 使用范围).",
};

it('a search that finds nobody is no error', async () => {
	expect((await scroll(scenario, 'searchMembers', { filter: 'nobody' })).names).toEqual([]);
});
