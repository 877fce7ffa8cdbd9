import type { INodeExecutionData } from 'n8n-workflow';

import { addContact } from '../../sandbox/customers/actions';
import { phoneOf } from '../../sandbox';
import { eventsOf, runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';
import { useTrigger } from '../../harness/triggerScenario';

const scenario = useScenario();
const trigger = useTrigger(scenario);

const customerAdds = (userid: string, state: string) => {
	const { world } = scenario.sandbox;
	return addContact(world, world.corp, { userid, name: 'Nora Bai', state }).externalUserid;
};

const runFrom = async (file: string, startNode: string, triggerItems: INodeExecutionData[] = []) =>
	await runExample(scenario, file, { startNode, triggerItems });

describe('welcome.json', () => {
	const events = async (happens: () => void) =>
		await eventsOf(scenario, trigger, 'welcome.json', 'Customer Added', happens);

	it('welcomes a customer of the channel with a picture, then sets tag and description', async () => {
		const { world } = scenario.sandbox;
		let id = '';
		const [items] = await events(() => {
			id = customerAdds('wei', 'spring-expo');
		});
		const result = await runFrom('welcome.json', 'Customer Added', items);
		expect(result.error).toBeUndefined();
		expect(result.output('Welcome').map(({ json }) => json.sent)).toEqual([true]);
		expect(world.welcomes.receivedBy(id)).toMatchObject([
			{
				userid: 'wei',
				sent: {
					text: expect.stringContaining('Welcome to Riverside Tea House!'),
					attachments: [{ msgtype: 'image' }],
				},
			},
		]);
		expect(world.corp.relation('wei', id)).toMatchObject({
			tagIds: [scenario.tagId('Silver')],
			description: 'Met at the spring expo',
		});
		expect(scenario.tasks()).toEqual([]);
	});

	it('does not start for another channel', async () => {
		expect(await events(() => void customerAdds('wei', 'store-hangzhou'))).toEqual([]);
	});

	it('tags a customer who came too late for a welcome all the same', async () => {
		const { clock, world } = scenario.sandbox;
		let id = '';
		const [items] = await events(() => {
			id = customerAdds('lin', 'spring-expo');
		});
		clock.advance(21);
		const result = await runFrom('welcome.json', 'Customer Added', items);
		expect(result.output('Welcome').map(({ json }) => json.sent)).toEqual([false]);
		expect(world.welcomes.receivedBy(id)).toEqual([]);
		expect(world.corp.relation('lin', id)?.tagIds).toEqual([scenario.tagId('Silver')]);
	});
});

describe('lost-customer.json', () => {
	it.each([
		['wei', 'chen', 'lin'],
		['chen', 'lin', 'none'],
	])('tells the lead of %s, who is %s', async (userid, lead, inContact) => {
		const { world } = scenario.sandbox;
		const position = 0;
		const id = userid === 'wei' ? scenario.customersOf('lin')[position] : undefined;
		const lost = id ?? scenario.customersOf(userid)[position] ?? '';
		const name = world.corp.customers.get(lost)?.name;
		const [items] = await eventsOf(scenario, trigger, 'lost-customer.json', 'Customer Left', () => {
			world.deleteRelation(userid, lost);
		});
		const result = await runFrom('lost-customer.json', 'Customer Left', items);
		expect(result.error).toBeUndefined();
		const [message] = phoneOf(world.corp, lead).messages;
		// Who has nobody left in the company is known by ID only.
		const who = inContact === 'none' ? lost : name;
		expect(message?.content.content).toMatch(
			new RegExp(
				`^${who} has deleted ${userid} at \\d\\d:\\d\\d. Members who are still in contact: ${inContact}\\.$`,
			),
		);
	});

	it('is silent when the member deletes the customer', async () => {
		const { world } = scenario.sandbox;
		const [id = ''] = scenario.customersOf('chen');
		const happens = () => world.deleteRelation('chen', id, world.corp, 'member');
		expect(
			await eventsOf(scenario, trigger, 'lost-customer.json', 'Customer Left', happens),
		).toEqual([]);
	});
});

describe('day3-follow-up.json', () => {
	const file = 'day3-follow-up.json';

	it('asks the member after three days', async () => {
		const { clock } = scenario.sandbox;
		let id = '';
		const [items] = await eventsOf(scenario, trigger, file, 'Customer Added', () => {
			id = customerAdds('chen', '');
		});
		const start = clock.now();
		const result = await runFrom(file, 'Customer Added', items);
		expect(result.error).toBeUndefined();
		expect(scenario.tasks()).toMatchObject([{ createTime: start + 3 * 86_400 }]);
		expect(scenario.tasks().map(({ parts }) => [...parts.keys()])).toEqual([['chen']]);
		expect(scenario.recipientsOfTasks()).toEqual([[id]]);
	});

	it('asks nobody for a customer who said no in the meantime', async () => {
		const { corp } = scenario.sandbox.world;
		const [items] = await eventsOf(scenario, trigger, file, 'Customer Added', () => {
			const id = customerAdds('chen', '');
			corp.relation('chen', id)?.tagIds.push(scenario.tagId('Do not contact'));
		});
		const result = await runFrom(file, 'Customer Added', items);
		expect(result.output('Send').map(({ json }) => json.state)).toEqual(['no_recipients']);
		expect(scenario.tasks()).toEqual([]);
	});

	it('fails, and says so, when the customer has left', async () => {
		const { world } = scenario.sandbox;
		const [items] = await eventsOf(scenario, trigger, file, 'Customer Added', () => {
			const id = customerAdds('chen', '');
			world.deleteRelation('chen', id);
		});
		const { error, status } = await runFrom(file, 'Customer Added', items);
		expect(status).toBe('error');
		expect(error?.message).toContain('not a contact');
		expect(scenario.tasks()).toEqual([]);
	});
});
