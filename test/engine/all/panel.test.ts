import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { WeComCustomerService } from '../../../nodes/WeComCustomerService/WeComCustomerService.node';
import { WeComCustomerServiceTrigger } from '../../../nodes/WeComCustomerService/WeComCustomerServiceTrigger.node';
import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import { WeComExternalContactTrigger } from '../../../nodes/WeComExternalContact/WeComExternalContactTrigger.node';
import codex from '../../../nodes/WeComExternalContact/WeComExternalContact.node.json';
import { byId, useScenario } from '../../harness/scenario';

const externalContact = new WeComExternalContact().description;
const customerService = new WeComCustomerService().description;
const { properties } = externalContact;

/** The fields of an operation, in the order of the panel. */
function fieldsOf(
	resource: string,
	operation: string,
	node: INodeTypeDescription = externalContact,
): INodeProperties[] {
	return node.properties.filter(({ displayOptions }) => {
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
		[
			'broadcast',
			'Creates tasks for members to confirm. Customers get the message only after that. While you build, use Dry Run (under Options) or pin the output.',
		],
		[
			'send',
			'Creates a task for the member to confirm. The customer gets the message only after that. While you build, pin the output.',
		],
	])('says right above the message of %s that the member confirms first', (operation, text) => {
		const fields = fieldsOf('message', operation);
		const [notice, message] = fields.slice(
			fields.findIndex(({ name }) => name === 'confirmationNotice'),
		);
		expect(notice).toMatchObject({ type: 'notice', displayName: text });
		expect(message?.name).toBe('text');
		// The advice names an option that exists.
		const hasDryRun = optionOf('message', operation, 'dryRun') !== undefined;
		expect(text.includes('Dry Run')).toBe(hasDryRun);
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

	it.each([externalContact, customerService])(
		'has descriptions of operations that the menu shows whole: $displayName',
		(description) => {
			const texts = description.properties
				.filter(({ name }) => name === 'operation')
				.flatMap(({ options = [] }) =>
					options.map((each) => ('description' in each ? String(each.description) : '')),
				);
			expect(texts.length).toBeGreaterThan(15);
			// The menu cuts after two lines.
			expect(texts.filter((text) => text === '' || text.length > 95)).toEqual([]);
		},
	);

	it.each<[INodeTypeDescription, string, string, RegExp]>([
		[externalContact, 'message', 'cancel', /Get Task Status first/],
		[externalContact, 'message', 'broadcast', /One task per member and 10,000 customers/],
		[externalContact, 'tag', 'delete', /disappears with its last tag/],
		[customerService, 'session', 'assign', /the msg_code in the output allows Message &gt; Send/],
		[customerService, 'session', 'end', /Message &gt; Send on Event within 20 seconds/],
	])(
		'says what the menu has no room for above the fields: %#',
		(node, resource, operation, text) => {
			const notices = fieldsOf(resource, operation, node).filter(({ type }) => type === 'notice');
			expect(notices.map(({ displayName }) => displayName)).toContainEqual(
				expect.stringMatching(text),
			);
		},
	);

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

describe('the panels of the triggers', () => {
	const triggers = [new WeComExternalContactTrigger(), new WeComCustomerServiceTrigger()].map(
		({ description }) => description,
	);

	it.each(triggers)('tell their two credentials apart: $displayName', ({ credentials = [] }) => {
		expect(credentials.map(({ name, displayName }) => [name, displayName])).toEqual([
			['weComCallbackApi', 'Callback Credential'],
			['weComExternalContactApi', 'API Credential'],
		]);
	});

	it.each(triggers)('say what they listen for, and begin with the notice: $displayName', (node) => {
		expect(node.triggerPanel).toMatchObject({
			header: expect.stringMatching(/^Listen for one (event|message) from /) as string,
			executionsHelp: {
				inactive: expect.stringContaining('publish the workflow') as string,
				active: expect.stringContaining('WeCom has one URL per app') as string,
			},
		});
		expect(node.properties[0]).toMatchObject({
			type: 'notice',
			displayName: expect.stringContaining('Publish this workflow first.') as string,
		});
	});
});

it('writes the buttons that add something in one casing', () => {
	const nodes: INodeTypeDescription[] = [
		externalContact,
		customerService,
		new WeComExternalContactTrigger().description,
		new WeComCustomerServiceTrigger().description,
	];
	const adding = nodes.flatMap(({ properties }) =>
		properties.filter(({ type }) => ['collection', 'fixedCollection'].includes(type)),
	);
	expect(adding.length).toBeGreaterThan(20);
	for (const { name, placeholder } of adding) {
		expect([name, placeholder]).toEqual([name, expect.stringMatching(/^Add [A-Z][a-z]+$/)]);
	}
});
