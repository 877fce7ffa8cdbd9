import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario({ seed: { members: 2, customersPerMember: 250, tags: 5 } });

const WAYS = ['engine', 'supplyData'] as const;
type Way = (typeof WAYS)[number];

/** An agent calls Broadcast with what it fills in; everything that comes back to it, as text. */
async function callBroadcast(
	parameters: IDataObject,
	args: IDataObject,
	through: Way,
): Promise<string> {
	const { items, error, status, runData } = await scenario.broadcast(
		{
			externalUserIds: "={{ $fromAI('customers') }}",
			member: byId("={{ $fromAI('member', 'User ID of the member') }}"),
			text: "={{ $fromAI('text') }}",
			...parameters,
		},
		{ asTool: { arguments: { member: 'member1', text: 'Hello', ...args }, through } },
	);
	return JSON.stringify({ items, message: error?.message, status, agent: runData.Agent });
}

function customers(count: number): string {
	return scenario.customersOf('member1').slice(0, count).join();
}

describe.each(WAYS)('an agent that calls Broadcast through %s', (through) => {
	it('sends to the customers it names and learns the msgid', async () => {
		const answer = await callBroadcast({}, { customers: customers(3) }, through);
		expect(scenario.recipientsOfTasks()).toEqual([customers(3).split(',')]);
		expect(answer).toContain(scenario.tasks()[0]?.msgid);
	});

	it('may address 100 customers per call, not 101', async () => {
		await callBroadcast({}, { customers: customers(100) }, through);
		expect(scenario.tasks()).toHaveLength(1);
		const answer = await callBroadcast({}, { customers: customers(101) }, through);
		expect(answer).toContain(
			'An AI agent may address 100 recipients per call, and this call is for 101',
		);
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
	});

	it('may address more if the builder allows it', async () => {
		await callBroadcast({ maxRecipients: 200 }, { customers: customers(200) }, through);
		expect(scenario.tasks()).toHaveLength(1);
		const answer = await callBroadcast(
			{ maxRecipients: 200 },
			{ customers: customers(201) },
			through,
		);
		expect(answer).toContain('may address 200 recipients per call');
		expect(scenario.tasks()).toHaveLength(1);
	});

	it('cannot raise its own limit', async () => {
		const answer = await callBroadcast(
			{},
			{ customers: customers(101), maxRecipients: 500 },
			through,
		);
		expect(answer).toContain('may address 100 recipients per call');
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
	});

	it('has tagged customers counted before anything is created', async () => {
		const [rare, common] = [...scenario.sandbox.world.corp.tags.keys()];
		for (const [index, relation] of (
			scenario.sandbox.world.corp.members.get('member1')?.relations ?? []
		).entries()) {
			relation.tagIds = index < 100 ? [rare as string] : [common as string];
		}
		const tags = (tag = '') => ({ sendTo: 'tags', tagGroups: { group: [{ tags: [tag] }] } });

		const refused = await callBroadcast(tags(common), {}, through);
		expect(refused).toContain('and this call is for more than 100');
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);

		await callBroadcast(tags(rare), {}, through);
		expect(scenario.recipientsOfTasks().map((ids) => ids.length)).toEqual([100]);
	});

	it('has the tagged customers of all members counted when no member is named', async () => {
		const [tag] = [...scenario.sandbox.world.corp.tags.keys()];
		const parameters = {
			sendTo: 'tags',
			sentBy: 'lastContact',
			tagGroups: { group: [{ tags: [tag as string] }] },
		};
		// 50 of each of the two members carry the tag.
		await callBroadcast(parameters, {}, through);
		expect(scenario.tasks()).toHaveLength(1);
		const answer = await callBroadcast({ ...parameters, maxRecipients: 99 }, {}, through);
		expect(answer).toContain('more than 99');
		expect(scenario.tasks()).toHaveLength(1);
	});

	it.each([[''], ['  '], [','], [undefined]])(
		'creates nothing when it names nobody (%j)',
		async (named) => {
			await callBroadcast({}, { customers: named }, through);
			expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
		},
	);

	it('may not choose all customers of a member', async () => {
		const answer = await callBroadcast(
			{ sendTo: "={{ $fromAI('to') }}", members: ['member1'] },
			{ to: 'allOfMembers', customers: '' },
			through,
		);
		expect(answer).toContain('An AI agent may not send to all customers of a member');
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
	});
});

describe('a workflow without an agent', () => {
	it('has no such limit', async () => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 250, tags: 0 } });
		const { error } = await scenario.broadcast({
			externalUserIds: customers(250),
			member: byId('member1'),
		});
		expect(error).toBeUndefined();
		expect(scenario.recipientsOfTasks().map((ids) => ids.length)).toEqual([250]);
	});
});

it('an agent that names the same customers in another order makes no second task', async () => {
	const [a = '', b = ''] = scenario.customersOf('member1');
	const ask = async (customers: string) =>
		await scenario.broadcast(
			{ externalUserIds: "={{ $fromAI('customers') }}", member: byId('member1') },
			{ asTool: { arguments: { customers } }, executionId: 'a conversation that turns round' },
		);
	const first = await ask(`${a}, ${b}`);
	const second = await ask(`${b}, ${a}`);
	expect(second.items[0]?.json).toMatchObject({
		state: 'duplicate',
		msgid: first.items[0]?.json.msgid,
	});
	expect(scenario.recipientsOfTasks()).toEqual([[a, b]]);
});

describe('the form of the tool', () => {
	const { description } = new WeComExternalContact();
	const values = { resource: 'message', operation: 'broadcast', sendTo: 'customers' };

	function shown(property: INodeProperties, asTool: boolean): boolean {
		const name = asTool ? `${description.name}Tool` : description.name;
		return NodeHelpers.displayParameter(
			values,
			property,
			{ typeVersion: 1 },
			{ ...description, name },
		);
	}

	it('shows Max Recipients per Call for a tool only, and only the builder can fill it in', () => {
		const field = description.properties.find(({ name }) => name === 'maxRecipients');
		if (!field) throw new Error('There is no such field');
		expect([shown(field, true), shown(field, false)]).toEqual([true, false]);
		expect(field).toMatchObject({ default: 100, noDataExpression: true });
	});

	it('hides All Customers of Members from a tool', () => {
		const sendTo = description.properties.find(({ name }) => name === 'sendTo');
		const option = (sendTo?.options as INodeProperties[] | undefined)?.find(
			(each) => (each as { value?: unknown }).value === 'allOfMembers',
		);
		if (!option) throw new Error('There is no such option');
		expect([shown(option, true), shown(option, false)]).toEqual([false, true]);
	});
});
