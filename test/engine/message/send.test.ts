import type { IDataObject } from 'n8n-workflow';

import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('makes one task per item, for one customer of one member', async () => {
	const input = scenario.inputItems(2);
	const { items } = await scenario.send({}, { input });
	expect(items).toEqual(
		scenario.tasks().map(({ msgid }, index) => ({
			json: {
				msgid,
				state: 'created',
				external_userid: input[index]?.customer,
				sender: 'lin',
				recipient_count: 1,
				fail_list: [],
				fail_count: 0,
				skipped: [],
			},
			pairedItem: { item: index },
		})),
	);
	expect(scenario.recipientsOfTasks()).toEqual(input.map(({ customer }) => [customer]));
});

it('names the customer next to the state', async () => {
	const { items } = await scenario.send({}, { input: scenario.inputItems(1) });
	expect(Object.keys(items[0]?.json ?? {})).toEqual([
		'msgid',
		'state',
		'external_userid',
		'sender',
		'recipient_count',
		'fail_list',
		'fail_count',
		'skipped',
	]);
});

it('resolves member, customer and text for each item', async () => {
	const [a] = scenario.customersOf('lin');
	const [b] = scenario.customersOf('chen');
	await scenario.send(
		{ member: byId('={{ $json.member }}'), text: '=Dear {{ $json.name }}' },
		{
			input: [
				{ customer: a ?? '', member: 'lin', name: 'Amy' },
				{ customer: b ?? '', member: 'chen', name: '晓明' },
			],
		},
	);
	expect(scenario.tasks().map((task) => [[...task.parts.keys()], task.text])).toEqual([
		[['lin'], 'Dear Amy'],
		[['chen'], 'Dear 晓明'],
	]);
});

it('gives the first task instead of sending the same twice in a run', async () => {
	const [row] = scenario.inputItems(1) as [IDataObject];
	const { items } = await scenario.send({}, { input: [row, row] });
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'duplicate']);
	expect(items[1]?.json.msgid).toBe(items[0]?.json.msgid);
	expect(items.map(({ json }) => json.external_userid)).toEqual([row.customer, row.customer]);
	expect(scenario.tasks()).toHaveLength(1);
});

it('calls nothing a duplicate of a task that was never created', async () => {
	const { world } = scenario.sandbox;
	world.setReceiveLimit('1_per_day');
	const customers = scenario.inputItems(6);
	const ids = customers.map(({ customer }) => String(customer));
	world.addPersonalMessage('lin', ids, 'Good morning');
	const { items, hints } = await scenario.send({}, { input: [...customers, ...customers] });
	expect(items.map(({ json }) => [json.state, json.msgid])).toEqual(
		Array.from({ length: 12 }, () => ['no_recipients', '']),
	);
	expect(hints.map(({ message }) => message)).toEqual([
		'6 tasks not created: nobody was left to send to.',
		'6 recipients cannot be reached; see fail_list.',
	]);
});

it('sends the same again in another execution', async () => {
	const input = scenario.inputItems(1);
	await scenario.send({}, { input });
	const { items } = await scenario.send({}, { input });
	expect(items[0]?.json.state).toBe('created');
	expect(scenario.tasks()).toHaveLength(2);
});

it('says once that creating is not sending', async () => {
	const { hints } = await scenario.send({}, { input: scenario.inputItems(2) });
	expect(hints.map(({ message }) => message)).toEqual([
		'2 tasks created. Nothing is delivered before the members confirm in WeCom.',
	]);
});

it('warns of a customer who cannot be reached', async () => {
	const { world } = scenario.sandbox;
	world.setReceiveLimit('1_per_day');
	const [id] = scenario.customersOf('lin') as [string];
	world.addPersonalMessage('lin', [id], 'Good morning');
	const { hints } = await scenario.send({}, { input: [{ customer: id }] });
	expect(hints.map(({ message }) => message)).toEqual([
		'1 task not created: nobody was left to send to.',
		'1 recipient cannot be reached; see fail_list.',
	]);
});

it('recommends Broadcast when many items carry the same message', async () => {
	const { hints } = await scenario.send({}, { input: scenario.inputItems(6) });
	expect(hints).toContainEqual(
		expect.objectContaining({
			type: 'warning',
			message: expect.stringMatching(/^6 tasks carry the same message.*Broadcast/) as string,
		}),
	);
});

it('recommends nothing when every message is different', async () => {
	const { hints } = await scenario.send(
		{ text: '=Order {{ $itemIndex }}' },
		{ input: scenario.inputItems(6) },
	);
	expect(hints.filter(({ type }) => type === 'warning')).toEqual([]);
});
