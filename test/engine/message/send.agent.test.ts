import type { IDataObject } from 'n8n-workflow';

import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const parameters = { customer: byId("={{ $fromAI('customer') }}") };

it('makes no second task when an agent repeats itself in one execution', async () => {
	const [customer] = scenario.customersOf('lin');
	const tool = { asTool: { arguments: { customer } }, executionId: 'one conversation' };
	const first = await scenario.send(parameters, tool);
	const second = await scenario.send(parameters, tool);
	expect(first.items[0]?.json.state).toBe('created');
	expect(second.items[0]?.json).toMatchObject({
		state: 'duplicate',
		msgid: first.items[0]?.json.msgid,
	});
	expect(scenario.recipientsOfTasks()).toEqual([[customer]]);
});

it('makes another task after the agent cancelled the first one', async () => {
	const [customer] = scenario.customersOf('lin');
	const tool = { asTool: { arguments: { customer } }, executionId: 'a corrected conversation' };
	const { items } = await scenario.send(parameters, tool);
	await scenario.cancel(String(items[0]?.json.msgid), {
		asTool: { arguments: {} },
		executionId: tool.executionId,
	});
	const second = await scenario.send(parameters, tool);
	expect(second.items[0]?.json.state).toBe('created');
	expect(scenario.tasks()).toHaveLength(2);
});

it('makes no second task when an agent calls twice at the same time', async () => {
	const [customer] = scenario.customersOf('lin');
	const tool = { asTool: { arguments: { customer } }, executionId: 'another conversation' };
	await Promise.all([scenario.send(parameters, tool), scenario.send(parameters, tool)]);
	expect(scenario.recipientsOfTasks()).toEqual([[customer]]);
});

describe('an agent that asks again in other words', () => {
	const tool = (args: IDataObject, executionId: string) => ({
		asTool: { arguments: args },
		executionId,
	});
	const words = { text: "={{ $fromAI('text') }}", ...parameters };

	it('makes no second task with other blanks and line ends', async () => {
		const [customer] = scenario.customersOf('lin');
		const first = await scenario.send(words, tool({ customer, text: 'Hello' }, 'blanks'));
		const second = await scenario.send(words, tool({ customer, text: ' Hello\r\n' }, 'blanks'));
		expect(second.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgid: first.items[0]?.json.msgid,
		});
		expect(scenario.recipientsOfTasks()).toEqual([[customer]]);
	});

	it('leaves out whom it has asked for, and names them', async () => {
		const ids = scenario.customersOf('lin');
		const list = {
			resource: 'message',
			operation: 'broadcast',
			externalUserIds: "={{ $fromAI('customers') }}",
		};
		await scenario.broadcast(list, tool({ customers: ids.slice(0, 3).join() }, 'overlap'));
		const { items } = await scenario.broadcast(
			list,
			tool({ customers: ids.slice(2, 5).join() }, 'overlap'),
		);
		expect(items[0]?.json).toMatchObject({
			state: 'created',
			recipient_count: 2,
			skipped: [{ external_userid: ids[2], reason: 'already_created' }],
		});
		expect(scenario.recipientsOfTasks()).toEqual([ids.slice(0, 3), ids.slice(3, 5)]);
	});

	it('leaves them out of the customers of a tag, too', async () => {
		const gold = { group: [{ tags: [scenario.tagId('Gold')] }] };
		const tagged = { sendTo: 'tags', tagGroups: gold };
		const first = await scenario.broadcast(tagged, tool({}, 'tags'));
		const [task] = scenario.recipientsOfTasks();
		const ids = scenario.customersOf('lin');
		const { items } = await scenario.broadcast(
			{ externalUserIds: "={{ $fromAI('customers') }}" },
			tool({ customers: ids.join() }, 'tags'),
		);
		expect(first.items[0]?.json.state).toBe('created');
		expect(items[0]?.json.skipped).toEqual(
			ids
				.filter((id) => task?.includes(id))
				.map((external_userid) => ({ external_userid, reason: 'already_created' })),
		);
		expect(new Set(scenario.recipientsOfTasks().flat()).size).toBe(
			scenario.recipientsOfTasks().flat().length,
		);
	});

	it('looks for a task whose response was lost before it is asked for more', async () => {
		await scenario.restart({ listDelaySeconds: 30 });
		const ids = scenario.customersOf('lin');
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const list = { externalUserIds: "={{ $fromAI('customers') }}" };
		const lost = await scenario.broadcast(
			list,
			tool({ customers: ids.slice(0, 3).join() }, 'lost'),
		);
		expect(lost.error?.message).toBe('WeCom may or may not have created the task');
		scenario.sandbox.clock.advance(60);
		await scenario.broadcast(list, tool({ customers: ids.slice(0, 4).join() }, 'lost'));
		expect(scenario.recipientsOfTasks()).toEqual([ids.slice(0, 3), ids.slice(3, 4)]);
	});
});
