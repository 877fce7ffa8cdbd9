import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function withNames(msgid: string, parameters: IDataObject = {}) {
	return await scenario.status(msgid, {
		output: 'customers',
		options: { includeNames: true },
		...parameters,
	});
}

function namesOf(items: Array<{ json: IDataObject }>): unknown[] {
	return items.map(({ json }) => json.name);
}

it('shows the name of each customer next to the ID', async () => {
	const ids = scenario.customersOf('lin').slice(0, 3);
	const msgid = await scenario.createTask({ to: ids });
	const { items, hints } = await withNames(msgid);
	const { customers } = scenario.sandbox.world.corp;
	expect(namesOf(items)).toEqual(ids.map((id) => customers.get(id)?.name));
	expect(Object.keys(items[0]?.json ?? {}).slice(0, 3)).toEqual([
		'external_userid',
		'name',
		'userid',
	]);
	expect(hints).toEqual([]);
});

it('reads no names and has no such column unless they are asked for', async () => {
	const msgid = await scenario.createTask();
	const { items } = await scenario.status(msgid, { output: 'customers' });
	expect(items[0]?.json).not.toHaveProperty('name');
	await scenario.status(msgid, { output: 'members', options: { includeNames: true } });
	expect(scenario.sandbox.log.count(PATHS.customers)).toBe(0);
});

it('is null for a customer whom the member has lost', async () => {
	const [kept = '', lost = ''] = scenario.customersOf('chen');
	const msgid = await scenario.createTask({ sender: 'chen', to: [kept, lost] });
	scenario.sandbox.world.deleteRelation('chen', lost);
	const { items, hints } = await withNames(msgid);
	expect(namesOf(items)).toEqual([expect.any(String), null]);
	expect(hints).toEqual([]);
});

it('asks for all members at once, and for nothing twice in a run', async () => {
	const msgid = await scenario.createTask({ sentBy: 'lastContact' });
	const { items } = await scenario.run(
		{
			resource: 'message',
			operation: 'getTaskStatus',
			msgid: byId('={{ $json.msgid }}'),
			output: 'customers',
			options: { includeNames: true },
		},
		{ input: [{ msgid }, { msgid }] },
	);
	expect(namesOf(items)).not.toContain(null);
	const calls = scenario.sandbox.log.calls(PATHS.customers);
	expect(calls.map(({ body }) => (body as { userid_list: string[] }).userid_list.sort())).toEqual([
		['lin', 'wei'],
	]);
});

it('takes pages for many customers, and a request each for few', async () => {
	await scenario.restart({ seed: { members: 1, customersPerMember: 450 } });
	const [member] = scenario.sandbox.world.corp.members.keys();
	const ids = scenario.customersOf(member ?? '');
	const requestsFor = async (to: string[]) => {
		const msgid = await scenario.createTask({ sender: member, to });
		const { log } = scenario.sandbox;
		log.clear();
		expect(namesOf((await withNames(msgid)).items)).not.toContain(null);
		return [log.count(PATHS.customers), log.count(PATHS.customer)];
	};
	expect(await requestsFor(ids)).toEqual([5, 0]);
	expect(await requestsFor(ids.slice(-1))).toEqual([0, 1]);
	expect(await requestsFor(ids.slice(-3))).toEqual([3, 3]);
});

it('gives the status without names, and says so, when they cannot be read', async () => {
	const msgid = await scenario.createTask();
	scenario.sandbox.faults.add({
		path: PATHS.customers,
		fault: { kind: 'errcode', errcode: 48002 },
	});
	const { items, hints } = await withNames(msgid);
	expect(items).toHaveLength(scenario.customersOf('lin').length);
	expect(new Set(namesOf(items))).toEqual(new Set([null]));
	expect(items[0]?.json.status_name).toBe('pending');
	expect(hints).toEqual([
		expect.objectContaining({
			type: 'warning',
			message: expect.stringMatching(/^The names of some customers are unknown \(null\)/) as string,
		}),
	]);
});

it('leaves the name of a customer group empty without asking', async () => {
	const chatIds = scenario.groupsOf('lin').slice(0, 1);
	const msgid = await scenario.createTask({ sendTo: 'groups', chatIds });
	scenario.sandbox.world.confirmTask(msgid);
	const { items } = await withNames(msgid);
	expect(items[0]?.json).toMatchObject({ chat_id: chatIds[0], name: null });
	expect(scenario.sandbox.log.count(PATHS.customers)).toBe(0);
});
