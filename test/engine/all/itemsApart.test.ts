import type { IDataObject } from 'n8n-workflow';

import { byId, useScenario } from '../../harness/scenario';

/** A parameter without an expression is read once for all items. One that has an expression anywhere is each item's. */
const scenario = useScenario();

async function broadcastRows(parameters: IDataObject, fields: IDataObject[]) {
	const ids = scenario.customersOf('lin');
	const input = fields.map((each, index) => ({ external_userid: ids[index], ...each }));
	const run = { input };
	return await scenario.broadcast({ sendTo: 'inputItems', ...parameters }, run);
}

it('shares what has no expression', async () => {
	const attachment = [{ type: 'link', title: 'Shop', url: 'https://example.com/' }];
	const options = { allowSelect: true, maxTasksPerMember: 2 };
	const { items } = await broadcastRows(
		{ attachments: { attachment }, options },
		Array.from({ length: 5 }, () => ({})),
	);
	expect(items).toHaveLength(1);
	const [task] = scenario.tasks();
	expect(scenario.recipientsOfTasks()).toEqual([scenario.customersOf('lin').slice(0, 5)]);
	expect(task).toMatchObject({ text: 'The new harvest is here', allowSelect: true });
});

it('keeps rows with the same texts in another order apart', async () => {
	const texts = ['Hello', 'Bye', 'Hello', 'Bye', 'Hello'];
	const { items } = await broadcastRows(
		{ text: '={{ $json.text }}' },
		texts.map((text) => ({ text })),
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		[{ item: 0 }, { item: 2 }, { item: 4 }],
		[{ item: 1 }, { item: 3 }],
	]);
	expect(scenario.tasks().map(({ text }) => text)).toEqual(['Hello', 'Bye']);
});

it('resolves an expression deep within attachments for its own item', async () => {
	const attachment = [{ type: 'link', title: '={{ $json.title }}', url: 'https://example.com/' }];
	const { items } = await broadcastRows({ attachments: { attachment } }, [
		{ title: 'One' },
		{ title: 'Two' },
		{ title: 'One' },
	]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		[{ item: 0 }, { item: 2 }],
		{ item: 1 },
	]);
});

it('resolves an expression in a resource locator for its own item', async () => {
	const [lins = ''] = scenario.customersOf('lin');
	const [weis = ''] = scenario.customersOf('wei');
	const input = [
		{ external_userid: lins, who: 'lin' },
		{ external_userid: weis, who: 'wei' },
	];
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', member: byId('={{ $json.who }}') },
		{ input },
	);
	expect(items.map(({ json }) => json.sender)).toEqual(['lin', 'wei']);
});

it('resolves an option with an expression for its own item, beside one without', async () => {
	const options = { allowSelect: '={{ $json.may }}', maxTasksPerMember: 2 };
	const { items } = await broadcastRows({ options }, [
		{ may: true },
		{ may: false },
		{ may: true },
	]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		[{ item: 0 }, { item: 2 }],
		{ item: 1 },
	]);
});

it('names the item whose expression fails, and no other', async () => {
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', text: '={{ $json.text.toUpperCase() }}' },
		{
			input: scenario
				.customersOf('lin')
				.slice(0, 3)
				.map((external_userid, index) => ({ external_userid, ...(index !== 1 && { text: 'hi' }) })),
			node: { onError: 'continueRegularOutput' },
		},
	);
	expect(items).toHaveLength(2);
	expect(items[0]).toMatchObject({ pairedItem: { item: 1 }, json: { error: expect.any(String) } });
	expect(items[1]).toMatchObject({ pairedItem: [{ item: 0 }, { item: 2 }] });
});
