import type { INodeProperties } from 'n8n-workflow';

import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import codex from '../../../nodes/WeComExternalContact/WeComExternalContact.node.json';
import { byId, useScenario } from '../../harness/scenario';

const { properties } = new WeComExternalContact().description;

/** The fields of an operation, in the order of the panel. */
function fieldsOf(resource: string, operation: string): INodeProperties[] {
	return properties.filter(({ displayOptions }) => {
		const { show = {} } = displayOptions ?? {};
		return show.resource?.includes(resource) && show.operation?.includes(operation);
	});
}

function optionOf(resource: string, operation: string, name: string): INodeProperties | undefined {
	const options = fieldsOf(resource, operation).find((field) => field.name === 'options')?.options;
	return options?.find((each) => each.name === name) as INodeProperties | undefined;
}

describe('the panel', () => {
	it('takes the name of a field that is dragged on Input Field Name', () => {
		const [field] = properties.filter(({ name }) => name === 'idField');
		expect(field).toMatchObject({ displayName: 'Input Field Name', requiresDataPath: 'single' });
	});

	it.each([
		['broadcast', 'While you build, use Dry Run or pin the output.'],
		['send', 'While you build, pin the output.'],
	])('says right above the message of %s that the member confirms first', (operation, advice) => {
		const fields = fieldsOf('message', operation);
		const [notice, message] = fields.slice(fields.findIndex(({ type }) => type === 'notice'));
		expect(notice?.displayName).toBe(
			`Creates a task for the member. Customers receive it only after the member confirms in WeCom. ${advice}`,
		);
		expect(message?.name).toBe('text');
		// The advice names an option that exists.
		const hasDryRun = optionOf('message', operation, 'dryRun') !== undefined;
		expect(advice.includes('Dry Run')).toBe(hasDryRun);
	});

	it.each<[string, string, unknown]>([
		['broadcast', 'dryRun', true],
		['getTaskStatus', 'waitUntilCompleted', true],
		['broadcast', 'skipAtLimit', 'perMonth'],
		['send', 'skipAtLimit', 'perMonth'],
	])('starts an option of %s on once it is added: %s', (operation, name, value) => {
		expect(optionOf('message', operation, name)?.default).toBe(value);
	});

	it('starts Customers With Tags with one condition, and requires its tags', () => {
		const [field] = properties.filter(({ name }) => name === 'tagGroups');
		expect(field).toMatchObject({
			default: { group: [{ tags: [] }] },
			typeOptions: { minRequiredFields: 1 },
			// The second one is for a Send To that is an expression.
			options: [{ values: [{ name: 'tags', required: true }, { name: 'tags' }] }],
		});
	});

	it('says once in an operation how an expression names tags', () => {
		for (const [resource, operation] of [
			['message', 'broadcast'],
			['customer', 'changeTags'],
			['customer', 'list'],
		] as const) {
			const text = JSON.stringify(fieldsOf(resource, operation));
			expect(text.split('By expression: ID, name, or Group: Name')).toHaveLength(2);
		}
	});

	it('has names of actions that fit the canvas', () => {
		const operations = properties.filter(({ name }) => name === 'operation');
		const actions = operations.flatMap(({ options = [] }) =>
			options.map((each) => ('action' in each ? String(each.action) : '')),
		);
		expect(actions).toContain('Ask members to broadcast a message');
		expect(actions.filter((action) => action === '' || action.length > 34)).toEqual([]);
	});

	it('calls all members and chosen members the same everywhere', () => {
		const scopes = properties.filter(({ name }) => /Scope$/.test(name));
		expect(scopes.map(({ options = [] }) => options.map(({ name }) => name))).toEqual([
			['All Members', 'Selected Members'],
			['All Members', 'Selected Members'],
		]);
	});

	it('is found by what people call WeCom and its messages', () => {
		expect(codex.alias).toEqual(
			expect.arrayContaining(
				'wechat 微信 qywx tencent broadcast 群发 客户联系'.split(' ').concat('mass message'),
			),
		);
	});

	it.each(['getTaskStatus', 'cancel', 'remind'])(
		'starts Task of %s with the msgid of the item, and empty in a tool',
		(operation) => {
			const tasks = fieldsOf('message', operation).filter(({ name }) => name === 'msgid');
			expect(tasks.map((task) => [task.default, task.displayOptions])).toMatchObject([
				[{ mode: 'id', value: '={{ $json.msgid }}' }, { hide: { '@tool': [true] } }],
				[{ mode: 'id', value: '' }, { show: { '@tool': [true] } }],
			]);
		},
	);
});

describe('the defaults of the panel at run time', () => {
	const scenario = useScenario();

	it('Task of a node is the msgid of the item', async () => {
		const msgid = await scenario.createTask();
		const parameters = { resource: 'message', operation: 'cancel' };
		const { items } = await scenario.run(parameters, { input: [{ msgid }] });
		expect(items[0]?.json).toMatchObject({ msgid, cancelled: true });
	});

	it.each(['engine', 'supplyData'] as const)(
		'Task of a tool is what the agent gives (%s)',
		async (through) => {
			const msgid = await scenario.createTask();
			const parameters = {
				resource: 'message',
				operation: 'cancel',
				msgid: byId("={{ $fromAI('task') }}"),
			};
			await scenario.run(parameters, { asTool: { arguments: { task: msgid }, through } });
			expect(scenario.tasks().map(({ cancelled }) => Boolean(cancelled))).toEqual([true]);
		},
	);

	it('Task of a tool that nobody filled in is an error, whatever the agent passes otherwise', async () => {
		const msgid = await scenario.createTask();
		const { error } = await scenario.run(
			{ resource: 'message', operation: 'cancel' },
			{ asTool: { arguments: { msgid } } },
		);
		expect(error?.message).toBe("'Task' is empty");
		expect(scenario.tasks().map(({ cancelled }) => Boolean(cancelled))).toEqual([false]);
	});

	it('an option that was not added is off', async () => {
		const { items } = await scenario.broadcast({ options: {} });
		expect(items.map(({ json }) => json.state)).toEqual(['created']);
	});

	it('an option that was stored off stays off, whatever it starts on now', async () => {
		const { items } = await scenario.broadcast({
			options: { dryRun: false, skipAtLimit: 'off' },
		});
		expect(items.map(({ json }) => json.state)).toEqual(['created']);
		const { items: status } = await scenario.status(String(items[0]?.json.msgid), {
			options: { waitUntilCompleted: false },
		});
		expect(status[0]?.json).not.toHaveProperty('timed_out');
	});
});
