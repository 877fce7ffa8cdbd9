import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { Scenario } from '../../harness/scenario';
import { byId, customersOf, recipientsOfTasks, startScenario } from '../../harness/scenario';

let scenario: Scenario;
beforeEach(async () => {
	scenario = await startScenario();
});
afterEach(async () => await scenario.stop());

async function send(parameters: IDataObject, run: Parameters<Scenario['run']>[1] = {}) {
	return await scenario.run(
		{
			resource: 'message',
			operation: 'send',
			member: byId('lin'),
			customer: byId('={{ $json.customer }}'),
			text: 'Your order has arrived',
			...parameters,
		},
		run,
	);
}

function rows(count: number): IDataObject[] {
	return customersOf(scenario.sandbox, 'lin')
		.slice(0, count)
		.map((customer) => ({ customer }));
}

it('makes one task per item, for one customer of one member', async () => {
	const input = rows(2);
	const { items } = await send({}, { input });
	expect(items).toEqual(
		scenario.sandbox.world.tasks().map(({ msgid }, index) => ({
			json: {
				msgid,
				chat_type: 'single',
				sender: 'lin',
				recipient_count: 1,
				fail_list: [],
				fail_count: 0,
				skipped: [],
				batch: 1,
				batch_count: 1,
				state: 'created',
			},
			pairedItem: { item: index },
		})),
	);
	expect(recipientsOfTasks(scenario.sandbox)).toEqual(input.map(({ customer }) => [customer]));
});

it('resolves member, customer and text for each item', async () => {
	const [a] = customersOf(scenario.sandbox, 'lin');
	const [b] = customersOf(scenario.sandbox, 'chen');
	await send(
		{ member: byId('={{ $json.member }}'), text: '=Dear {{ $json.name }}' },
		{
			input: [
				{ customer: a ?? '', member: 'lin', name: 'Amy' },
				{ customer: b ?? '', member: 'chen', name: '晓明' },
			],
		},
	);
	expect(scenario.sandbox.world.tasks().map((task) => [[...task.parts.keys()], task.text])).toEqual(
		[
			[['lin'], 'Dear Amy'],
			[['chen'], 'Dear 晓明'],
		],
	);
});

it('does not send the same twice in a run, but gives the first task back', async () => {
	const [row] = rows(1) as [IDataObject];
	const { items } = await send({}, { input: [row, row] });
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'duplicate']);
	expect(items[1]?.json.msgid).toBe(items[0]?.json.msgid);
	expect(scenario.sandbox.world.tasks()).toHaveLength(1);
});

it('calls nothing a duplicate of a task that does not exist', async () => {
	const { world } = scenario.sandbox;
	world.setReceiveLimit('1_per_day');
	const customers = rows(6);
	const ids = customers.map(({ customer }) => String(customer));
	world.addPersonalMessage('lin', ids, 'Good morning');
	const { items, hints } = await send({}, { input: [...customers, ...customers] });
	expect(items.map(({ json }) => [json.state, json.msgid])).toEqual(
		Array.from({ length: 12 }, () => ['no_recipients', '']),
	);
	expect(hints.map(({ message }) => message)).toEqual([
		'6 tasks not created: nobody was left to send to.',
		'6 recipients cannot be reached; see fail_list.',
	]);
});

it('sends the same again in another execution', async () => {
	const input = rows(1);
	await send({}, { input });
	const { items } = await send({}, { input });
	expect(items[0]?.json.state).toBe('created');
	expect(scenario.sandbox.world.tasks()).toHaveLength(2);
});

it('says that creating is not sending, once', async () => {
	const { hints } = await send({}, { input: rows(2) });
	expect(hints.map(({ message }) => message)).toEqual([
		'2 tasks created. Nothing is delivered before the members confirm in WeCom.',
	]);
});

it('warns of a customer who cannot be reached', async () => {
	const { world } = scenario.sandbox;
	world.setReceiveLimit('1_per_day');
	const [id] = customersOf(scenario.sandbox, 'lin') as [string];
	world.addPersonalMessage('lin', [id], 'Good morning');
	const { hints } = await send({}, { input: [{ customer: id }] });
	expect(hints.map(({ message }) => message)).toEqual([
		'1 task not created: nobody was left to send to.',
		'1 recipient cannot be reached; see fail_list.',
	]);
});

it('recommends Broadcast when many items carry the same message', async () => {
	const { hints } = await send({}, { input: rows(6) });
	expect(hints).toContainEqual(
		expect.objectContaining({
			type: 'warning',
			message: expect.stringMatching(/^6 tasks carry the same message.*Broadcast/) as string,
		}),
	);
});

it('recommends nothing when every message is another', async () => {
	const { hints } = await send({ text: '=Order {{ $itemIndex }}' }, { input: rows(6) });
	expect(hints.filter(({ type }) => type === 'warning')).toEqual([]);
});

describe('bad input', () => {
	it.each([
		[
			'a customer that resolved to nothing',
			{ customer: byId('={{ $json.none }}') },
			'No customer is chosen',
		],
		['a blank customer', { customer: byId('={{ "  " }}') }, 'No customer is chosen'],
		[
			'a member that resolved to nothing',
			{ member: byId('={{ $json.none }}') },
			'No member is chosen',
		],
		['no text', { text: '={{ $json.none }}' }, 'The message is empty'],
	])('%s is refused before any request', async (_, parameters, message) => {
		const { error } = await send(parameters, { input: rows(1) });
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('a customer of another member fails with the reason and the item', async () => {
		const [own] = rows(1) as [IDataObject];
		const [foreign] = customersOf(scenario.sandbox, 'chen');
		const { error } = await send({}, { input: [own, { customer: foreign as string }] });
		expect(error).toMatchObject({
			message: 'The customer is not a contact of this member',
			context: { itemIndex: 1 },
		});
		const [task] = scenario.sandbox.world.tasks();
		expect(error?.description).toContain('errcode 84061');
		expect(error?.description).toContain(`Customer ${foreign} of member lin.`);
		expect(error?.description).toContain(
			`Already created, and not to be created again: ${task?.msgid}`,
		);
	});

	const mixed = (): IDataObject[] => {
		const [a, b] = rows(2) as [IDataObject, IDataObject];
		return [a, { customer: 'wm-nobody' }, {}, b];
	};

	it('does not keep the other items from being sent under Continue On Fail', async () => {
		const { status, items } = await send(
			{},
			{ input: mixed(), node: { parameters: {}, onError: 'continueRegularOutput' } },
		);
		expect(status).toBe('success');
		expect(items.map(({ json, pairedItem }) => [json.state ?? json.error, pairedItem])).toEqual([
			['created', { item: 0 }],
			['The customer is not a contact of this member', { item: 1 }],
			['No customer is chosen', { item: 2 }],
			['created', { item: 3 }],
		]);
		expect(items[1]?.json.details).toEqual({
			errcode: 84061,
			retryable: false,
			hint: expect.stringContaining('Choose the member') as string,
		});
	});

	it('goes to the error output with its input when there is one', async () => {
		const { items, errorItems } = await send(
			{},
			{ input: mixed(), node: { parameters: {}, onError: 'continueErrorOutput' } },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
		expect(errorItems.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				customer: 'wm-nobody',
				error: 'The customer is not a contact of this member',
				details: expect.objectContaining({ errcode: 84061 }) as object,
			}),
			expect.objectContaining({ error: 'No customer is chosen' }),
		]);
	});
});

it.each([
	['an array', '={{ ["wm1", "wm2"] }}'],
	['an array of one', '={{ ["wm1"] }}'],
	['an object', '={{ ({ id: "wm1" }) }}'],
	['several IDs in one text', 'wm1,wm2'],
	['an array in a text', '={{ JSON.stringify(["wm1"]) }}'],
	['an object that became text', '=[object Object]'],
	['true', '={{ true }}'],
])('refuses %s as a customer or member before any request', async (_, value) => {
	const { error } = await send({ customer: byId(value) });
	expect(error).toMatchObject({ message: 'Customer is not one ID', context: { itemIndex: 0 } });
	const { error: second } = await send({ customer: byId('wm1'), member: byId(value) });
	expect(second?.message).toBe('Member is not one ID');
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('takes a number as the ID of a member', async () => {
	await send({ member: byId('={{ 1001 }}'), customer: byId('wm1') });
	expect(scenario.sandbox.log.calls(PATHS.create)[0]?.body).toMatchObject({ sender: '1001' });
});

describe('a network that fails', () => {
	const onContinue = { node: { parameters: {}, onError: 'continueRegularOutput' as const } };

	it.each([
		['an HTML page with HTTP 200', { kind: 'html' as const }, /something else than JSON/],
		['HTTP 502', { kind: 'httpStatus' as const, status: 502 }, /HTTP 502/],
		['a cut connection', { kind: 'reset' as const }, /connection broke/],
		['no answer', { kind: 'noAnswer' as const }, /no answer within 0\.3 seconds/],
	])('%s: the outcome is unknown, and the other items go on', async (_, fault, reason) => {
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 2, fault });
		const { items } = await send(
			{ options: { requestTimeout: 0.3 } },
			{ input: rows(3), ...onContinue },
		);
		expect(items.map(({ json }) => json.state ?? json.error)).toEqual([
			'created',
			'WeCom may or may not have created the task',
			'created',
		]);
		const details = items[1]?.json.details as IDataObject;
		expect(details.hint).toMatch(reason);
		expect(details.hint).toContain("It was not found in WeCom's list of tasks.");
		expect(sandbox.world.tasks()).toHaveLength(2);
		expect(sandbox.log.count(PATHS.create)).toBe(3);
	});

	it('a refused connection surely created nothing, and says so', async () => {
		scenario.credential.edit({ baseUrl: 'http://127.0.0.1:9' });
		const { items } = await send({}, { input: rows(1), ...onContinue });
		expect(items[0]?.json).toMatchObject({
			error: 'The server refused the connection',
			details: { retryable: true, hint: expect.stringContaining('API Base URL') as string },
		});
	});
});
