import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import {
	attach,
	byId,
	continueOnFail,
	continueWithErrorOutput,
	retryOnFail,
	useScenario,
} from '../../harness/scenario';

const scenario = useScenario();

it.each([
	['an array', '={{ ["wm1", "wm2"] }}'],
	['an array of one', '={{ ["wm1"] }}'],
	['an object', '={{ ({ id: "wm1" }) }}'],
	['several IDs in one text', 'wm1,wm2'],
	['an array in a text', '={{ JSON.stringify(["wm1"]) }}'],
	['an object that became text', '=[object Object]'],
	['true', '={{ true }}'],
])('refuses %s as a customer or member before any request', async (_, value) => {
	const { error } = await scenario.send({ customer: byId(value) });
	expect(error).toMatchObject({
		message: "'Customer' must be a single ID",
		context: { itemIndex: 0 },
	});
	const { error: second } = await scenario.send({ customer: byId('wm1'), member: byId(value) });
	expect(second?.message).toBe("'Member' must be a single ID");
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('takes a number as the ID of a member', async () => {
	await scenario.send({ member: byId('={{ 1001 }}'), customer: byId('wm1') });
	expect(scenario.sandbox.log.calls(PATHS.create)[0]?.body).toMatchObject({ sender: '1001' });
});

it.each([
	[
		'a customer that resolved to nothing',
		{ customer: byId('={{ $json.none }}') },
		"'Customer' is empty",
	],
	['a blank customer', { customer: byId('={{ "  " }}') }, "'Customer' is empty"],
	['a member that resolved to nothing', { member: byId('={{ $json.none }}') }, "'Member' is empty"],
	['no text', { text: '={{ $json.none }}' }, 'The message is empty'],
])('refuses %s before any request', async (_, parameters, message) => {
	const { error } = await scenario.send(parameters, { input: scenario.inputItems(1) });
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('names the reason and the item when a customer belongs to another member', async () => {
	const [own] = scenario.inputItems(1) as [IDataObject];
	const [foreign] = scenario.customersOf('chen');
	const { error } = await scenario.send({}, { input: [own, { customer: foreign as string }] });
	expect(error).toMatchObject({
		message: 'The customer is not a contact of this member',
		context: { itemIndex: 1 },
	});
	const [task] = scenario.tasks();
	expect(error?.description).toContain('errcode 84061');
	expect(error?.description).toMatch(/^The customer is a contact of chen\. Choose the member who/);
	expect(error?.description).toContain(`Customer ${foreign} of member lin.`);
	expect(error?.description).toContain(`Already created; do not create again: ${task?.msgid}`);
});

const mixed = (): IDataObject[] => {
	const [a, b] = scenario.inputItems(2) as [IDataObject, IDataObject];
	return [a, { customer: 'wm-nobody' }, {}, b];
};

it('sends the other items under Continue On Fail', async () => {
	const { status, items } = await scenario.send({}, { input: mixed(), ...continueOnFail });
	expect(status).toBe('success');
	expect(items.map(({ json, pairedItem }) => [json.state ?? json.error, pairedItem])).toEqual([
		['created', { item: 0 }],
		['The customer is not a contact of this member', { item: 1 }],
		["'Customer' is empty", { item: 2 }],
		['created', { item: 3 }],
	]);
	expect(items[1]?.json.details).toEqual({
		errcode: 84061,
		retryable: false,
		hint: expect.stringContaining('Choose the member') as string,
	});
});

it('puts a failed item with its input into the error output', async () => {
	const { items, errorItems } = await scenario.send(
		{},
		{ input: mixed(), ...continueWithErrorOutput },
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
	expect(errorItems.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			customer: 'wm-nobody',
			error: 'The customer is not a contact of this member',
			details: expect.objectContaining({ errcode: 84061 }) as object,
		}),
		expect.objectContaining({ error: "'Customer' is empty" }),
	]);
});

describe('a network that fails', () => {
	it.each([
		['an HTML page with HTTP 200', { kind: 'html' as const }, /something other than JSON/],
		['HTTP 502', { kind: 'httpStatus' as const, status: 502 }, /HTTP 502/],
		['a cut connection', { kind: 'reset' as const }, /connection broke/],
		['no answer', { kind: 'noAnswer' as const }, /no answer within 0\.3 seconds/],
	])(
		'leaves the outcome unknown after %s and continues with the other items',
		async (_, fault, reason) => {
			const { sandbox } = scenario;
			sandbox.faults.add({ path: PATHS.create, call: 2, fault });
			const { items } = await scenario.send(
				{ options: { requestTimeout: 0.3 } },
				{ input: scenario.inputItems(3), ...continueOnFail },
			);
			expect(items.map(({ json }) => json.state ?? json.error)).toEqual([
				'created',
				'WeCom may or may not have created the task',
				'created',
			]);
			const details = items[1]?.json.details as IDataObject;
			expect(details.hint).toMatch(reason);
			expect(details.hint).toContain("The task was not found in WeCom's list.");
			expect(scenario.tasks()).toHaveLength(2);
			expect(sandbox.log.count(PATHS.create)).toBe(3);
		},
	);

	it('certainly created nothing when the connection was refused, and says so', async () => {
		scenario.credential.edit({ baseUrl: 'http://127.0.0.1:9' });
		const { items } = await scenario.send({}, { input: scenario.inputItems(1), ...continueOnFail });
		expect(items[0]?.json).toMatchObject({
			error: 'The server refused the connection',
			details: { retryable: true, hint: expect.stringContaining('API Base URL') as string },
		});
	});
});

it('names the task of the item before one without its file', async () => {
	const [first = '', second = ''] = scenario.customersOf('lin');
	const data = await scenario.file('picture.jpg');
	const input = [{ json: { customer: first }, binary: { data } }, { json: { customer: second } }];
	const { error } = await scenario.send(attach({ type: 'image' }), { input });
	const [task] = scenario.tasks();
	expect(error).toMatchObject({
		message: 'The item has no binary field "data"',
		description: `The item has no binary fields: the node before must output a file, in the field that 'Input Data Field Name' names.\nAlready created; do not create again: ${task?.msgid}. n8n's Retry button looks them up, within 24 hours, and creates only the rest.`,
		context: { itemIndex: 1 },
	});
});

it('does not repeat what an earlier attempt sent', async () => {
	const ids = scenario.customersOf('lin').slice(0, 4);
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 3, fault: { kind: 'errcode', errcode: 40058 } });
	const { items } = await scenario.send(
		{},
		{ input: ids.map((customer) => ({ customer })), node: { ...retryOnFail.node, maxTries: 3 } },
	);
	expect(items).toHaveLength(4);
	expect(scenario.recipientsOfTasks()).toEqual(ids.map((id) => [id]));
});
