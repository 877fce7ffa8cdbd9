import { byId, useScenario } from '../../harness/scenario';
import { scroll } from '../methods/scroll';

// A page begins with the last row of the page before it. Two members share 50 of their 1,050 customers.
const scenario = useScenario({
	seed: { members: 2, customersPerMember: 1_050, tags: 2, groups: 1_100, sharedCustomers: 50 },
	repeatRowsAtPageBorder: true,
});

it.each([
	['details', { output: 'details' }, 2_100],
	['details of chosen members', { memberScope: 'chosen', members: ['member1'] }, 1_050],
	['once', { severalMembers: 'once' }, 2_050],
	['IDs with a filter', { output: 'ids', filters: { name: 'Customer' } }, 2_100],
])('counts once: customers, as %s', async (_, parameters, count) => {
	const { items } = await scenario.listCustomers(parameters);
	expect(items).toHaveLength(count);
});

it('counts once: the members of a unique customer', async () => {
	const { items } = await scenario.listCustomers({ severalMembers: 'once' });
	const shared = items.filter(({ json }) => json.member_count !== 1);
	expect(shared).toHaveLength(50);
	expect(shared.every(({ json }) => json.member_count === 2)).toBe(true);
});

it('counts once: the customers of each member', async () => {
	const filters = { name: 'Customer' };
	const { items } = await scenario.listCustomers({ output: 'members', filters });
	expect(items.map(({ json }) => json.customer_count)).toEqual([1_050, 1_050]);
});

it('counts once: customer groups', async () => {
	const { items } = await scenario.run({
		resource: 'customerGroup',
		operation: 'list',
		returnAll: true,
	});
	expect(items).toHaveLength(1_100);
});

it('counts once: what the lists of the editor show', async () => {
	const groups = await scroll(scenario, 'searchCustomerGroups', { filter: 'Group 19' });
	expect(new Set(groups.names).size).toBe(groups.names.length);
	const currentNodeParameters = { member: byId('member1') };
	const customers = await scroll(scenario, 'searchCustomers', { currentNodeParameters });
	expect(customers.results).toHaveLength(1_050);
});

it('counts once: the customers of a task', async () => {
	const msgid = await scenario.createTask({ sender: 'member1' });
	scenario.sandbox.clock.advance(60);
	scenario.sandbox.world.confirmTask(msgid);
	const summary = await scenario.status(msgid);
	expect(summary.items[0]?.json).toMatchObject({ msgid });
	const { items } = await scenario.run({
		resource: 'message',
		operation: 'getTaskStatus',
		msgid: byId(msgid),
		output: 'customers',
	});
	expect(items).toHaveLength(1_050);
	expect(new Set(items.map(({ json }) => json.external_userid)).size).toBe(1_050);
});
