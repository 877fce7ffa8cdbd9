import type { IDataObject } from 'n8n-workflow';

import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('groups the rows by member and message', async () => {
	const rows = ['lin', 'chen'].flatMap((member) =>
		scenario
			.customersOf(member)
			.slice(0, 2)
			.map((external_userid) => ({ external_userid, member })),
	);
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', member: byId('={{ $json.member }}') },
		{ input: rows },
	);
	expect(
		items.map(({ json, pairedItem }) => [json.sender, json.recipient_count, pairedItem]),
	).toEqual([
		['lin', 2, [{ item: 0 }, { item: 1 }]],
		['chen', 2, [{ item: 2 }, { item: 3 }]],
	]);
});

it('makes a separate task for every message text', async () => {
	const rows = scenario
		.customersOf('lin')
		.slice(0, 3)
		.map((id, index) => ({
			id,
			greeting: index === 1 ? 'Dear guest' : 'Dear friend',
		}));
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'id', text: '={{ $json.greeting }}' },
		{ input: rows },
	);
	expect(items.map((item) => item.pairedItem)).toEqual([[{ item: 0 }, { item: 2 }], { item: 1 }]);
	expect(scenario.tasks().map((task) => task.text)).toEqual(['Dear friend', 'Dear guest']);
});

it.each<[string, string, (id: string) => IDataObject]>([
	['a field within a field', 'contact.id', (id: string) => ({ contact: { id } })],
	['a field with a dot in its name', 'contact.id', (id: string) => ({ 'contact.id': id })],
	['a field of a list', 'ids.0', (id: string) => ({ ids: [id] })],
	['an entry that was dragged', 'ids[0]', (id: string) => ({ ids: [id] })],
	[
		'a field that was dragged, with a space in its name',
		"contact['user id']",
		(id: string) => ({ contact: { 'user id': id } }),
	],
])('reads the ID from %s', async (_, idField, rowOf) => {
	const ids = scenario.customersOf('lin').slice(0, 2);
	await scenario.broadcast({ sendTo: 'inputItems', idField }, { input: ids.map(rowOf) });
	expect(scenario.recipientsOfTasks()).toEqual([ids]);
});

it.each<IDataObject>([{}, { contact: null }, { contact: { id: null } }, { contact: 'wm1' }])(
	'stops before any request when the nested field has no ID: %j',
	async (row) => {
		const { error } = await scenario.broadcast(
			{ sendTo: 'inputItems', idField: 'contact.id' },
			{ input: [row] },
		);
		expect(error?.message).toBe('The item has no external user ID in the field "contact.id"');
		expect(scenario.sandbox.log.count()).toBe(0);
	},
);

it.each<[string, (ids: readonly string[]) => IDataObject['x']]>([
	['text', (ids) => ids.join(',')],
	['an array', (ids) => [...ids]],
	['quoted text with invisible characters', (ids) => `"${ids.join('\u200b", "')}"`],
])('sends to every customer of a row that has several as %s', async (_, write) => {
	const [a, b, c] = scenario.customersOf('lin') as [string, string, string];
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'ids' },
		{ input: [{ ids: write([a, b]) }, { ids: write([b, c]) }] },
	);
	expect(scenario.recipientsOfTasks()).toEqual([[a, b, c]]);
	expect(items.map(({ json, pairedItem }) => [json.recipient_count, pairedItem])).toEqual([
		[3, [{ item: 0 }, { item: 1 }]],
	]);
});

it.each<[IDataObject['x'], string]>([
	['undefined', '"undefined" in "external_userid" is not an external user ID'],
	['wmA,null', '"null" in "external_userid" is not an external user ID'],
	['wm\u0000A', '"wm⟨U+0000⟩A" in "external_userid" is not an external user ID'],
	['[object Object]', '"external_userid" must be a list of IDs'],
	[[{ id: 'wmA' }], '"external_userid" must be a list of IDs'],
	['\u200b', 'The item has no external user ID in the field "external_userid"'],
	[4711, 'The item has no external user ID in the field "external_userid"'],
	[{ id: 'wmA' }, 'The item has no external user ID in the field "external_userid"'],
])('stops before any request when a row has %j for an ID', async (external_userid, message) => {
	const [id] = scenario.customersOf('lin');
	const { error } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid' },
		{ input: [{ external_userid: id as string }, { external_userid }] },
	);
	expect(error).toMatchObject({ message, context: { itemIndex: 1 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	'constructor',
	'constructor.name',
	'toString.name',
	'__proto__.x',
	'name.0',
	'name.at.name',
])('finds no ID in what JavaScript itself gives a row: %s', async (idField) => {
	const { error } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField },
		{ input: [{ name: 'Amy' }] },
	);
	expect(error?.message).toBe(`The item has no external user ID in the field "${idField}"`);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('stops before any request when one row has no ID', async () => {
	const [id] = scenario.customersOf('lin');
	const { error } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid' },
		{ input: [{ external_userid: id as string }, { external_userid: ' ' }] },
	);
	expect(error).toMatchObject({
		message: 'The item has no external user ID in the field "external_userid"',
		context: { itemIndex: 1 },
	});
	expect(scenario.sandbox.log.count()).toBe(0);
});

describe('the error for an item without the field', () => {
	const ID = 'wmAAAA0000000000000000000000000001';

	it.each([
		// What n8n made of a field that was dragged on Input Field Name.
		['a name and an expression', '=external_userid {{ $json.customer_id }}'],
		['an expression', '={{ $json.customer_id }}'],
		['an expression for another value', '={{ $json.name }}'],
		['an ID', 'wmBBBB0000000000000000000000000002'],
	])('says that %s gives no name of a field', async (_, idField) => {
		const input = [{ customer_id: ID, name: 'Wang Fang' }];
		const { error } = await scenario.broadcast({ sendTo: 'inputItems', idField }, { input });
		expect(error?.message).toContain('The item has no external user ID in the field');
		expect(error?.description).toBe(
			"'Input Field Name' takes the name of the field, such as external_userid, and not its value: remove the expression and drag the field again, or enter its name. The fields of the item: customer_id, name.",
		);
	});

	it('names some of the fields that the item has', async () => {
		const input = [{ a: ID, b: 2, c: 3, d: 4, e: 5, f: 6 }];
		const { error } = await scenario.broadcast({ sendTo: 'inputItems' }, { input });
		expect(error?.description).toBe(
			"Check 'Input Field Name', and remove items without an ID before this node. The fields of the item: a, b, c, d, e and 1 more.",
		);
	});

	it('says so when the item has no fields', async () => {
		const { error } = await scenario.broadcast({ sendTo: 'inputItems' }, { input: [{}] });
		expect(error?.description).toContain('The item has no fields.');
	});
});

it('stops before any request when the field has no name', async () => {
	const input = [{ external_userid: 'wm1' }];
	const { error } = await scenario.broadcast({ sendTo: 'inputItems', idField: ' ' }, { input });
	expect(error?.message).toBe("'Input Field Name' is empty");
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('sends to the other rows under Continue On Fail, and reports the row without an ID', async () => {
	const [id] = scenario.customersOf('lin');
	const { status, items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid' },
		{
			input: [{ name: 'nobody' }, { external_userid: id as string }],
			...continueOnFail,
		},
	);
	expect(status).toBe('success');
	expect(items).toEqual([
		{
			json: {
				error: 'The item has no external user ID in the field "external_userid"',
				details: { errcode: null, retryable: false, hint: expect.any(String) as string },
			},
			pairedItem: { item: 0 },
		},
		expect.objectContaining({ pairedItem: { item: 1 } }),
	]);
	expect(scenario.recipientsOfTasks()).toEqual([[id]]);
});
