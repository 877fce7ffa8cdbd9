import type { IDataObject } from 'n8n-workflow';

import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import { continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const fromItems = { sendTo: 'inputItems', sentBy: 'itemField' };

/** Two customers of each member, as Customer: List gives them. */
function rowsOf(...members: string[]): IDataObject[] {
	return members.flatMap((userid) =>
		scenario
			.customersOf(userid)
			.slice(0, 2)
			.map((external_userid) => ({ external_userid, userid })),
	);
}

it('takes the member of each row without an expression', async () => {
	const { items } = await scenario.broadcast(fromItems, { input: rowsOf('lin', 'chen') });
	expect(
		items.map(({ json, pairedItem }) => [json.sender, json.recipient_count, pairedItem]),
	).toEqual([
		['lin', 2, [{ item: 0 }, { item: 1 }]],
		['chen', 2, [{ item: 2 }, { item: 3 }]],
	]);
	expect(scenario.tasks().map(({ parts }) => [...parts.keys()])).toEqual([['lin'], ['chen']]);
});

it('takes what Customer: List gives', async () => {
	const listed = await scenario.listCustomers({ output: 'details' });
	const input = listed.items.map(({ json }) => json);
	const { items, error } = await scenario.broadcast(fromItems, { input });
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.sender)).toEqual([
		...new Set(input.map(({ userid }) => userid)),
	]);
});

it('counts two spellings of a member as one', async () => {
	const [a, b] = scenario.customersOf('lin');
	const input = [
		{ external_userid: a, userid: 'lin' },
		{ external_userid: b, userid: ' LIN' },
	] as IDataObject[];
	await scenario.broadcast(fromItems, { input });
	expect(scenario.recipientsOfTasks()).toEqual([[a, b]]);
});

it.each<[string, string, (userid: string) => IDataObject]>([
	['another field', 'owner', (owner) => ({ owner })],
	['a field within a field', 'member.id', (id) => ({ member: { id } })],
	['an entry that was dragged', 'members[0]', (id) => ({ members: [id, 'wei'] })],
])('reads the member from %s', async (_, memberIdField, rowOf) => {
	const input = rowsOf('chen').map(({ external_userid }) => ({
		external_userid,
		...rowOf('chen'),
	}));
	const { items } = await scenario.broadcast({ ...fromItems, memberIdField }, { input });
	expect(items.map(({ json }) => json.sender)).toEqual(['chen']);
});

it('takes a number as the ID of a member', async () => {
	const [external_userid = ''] = scenario.customersOf('lin');
	const { items } = await scenario.broadcast(
		{ ...fromItems, options: { dryRun: true } },
		{ input: [{ external_userid, userid: 1001 }] },
	);
	expect(items[0]?.json.sender).toBe('1001');
});

it('works with a list of customers, and with tags, one member per item', async () => {
	const ids = scenario.customersOf('lin').slice(0, 2);
	await scenario.broadcast(
		{ sentBy: 'itemField', externalUserIds: ids.join() },
		{ input: [{ userid: 'lin' }] },
	);
	await scenario.broadcast(
		{
			sendTo: 'tags',
			sentBy: 'itemField',
			tagGroups: { group: [{ tags: [scenario.tagId('Gold')] }] },
		},
		{ input: [{ userid: 'lin' }, { userid: 'wei' }] },
	);
	expect(scenario.tasks().map(({ parts }) => [...parts.keys()])).toEqual([
		['lin'],
		['lin'],
		['wei'],
	]);
});

const NONE = 'The item has no user ID in the field "userid"';

it.each<[IDataObject, string]>([
	[{}, NONE],
	[{ userid: null }, NONE],
	[{ userid: ' ' }, NONE],
	[{ userid: '\u200b' }, NONE],
	[{ userid: 'undefined' }, '"undefined" in "userid" is not a user ID'],
	[{ userid: 'lin,wei' }, '"userid" must be a single ID'],
	[{ userid: ['lin', 'wei'] }, '"userid" must be a single ID'],
	[{ userid: { id: 'lin' } }, '"userid" must be a single ID'],
	[{ userid: true }, '"userid" must be a single ID'],
])('stops before any request when a row has no member: %j', async (row, message) => {
	const [good = {}, other = {}] = rowsOf('lin');
	const { external_userid } = other;
	const { error } = await scenario.broadcast(fromItems, {
		input: [good, { external_userid, ...row } as IDataObject],
	});
	expect(error).toMatchObject({ message, context: { itemIndex: 1 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('says what the row has instead, and when a value stands where the name belongs', async () => {
	const [row = {}] = rowsOf('lin');
	const { external_userid } = row;
	const input = [{ external_userid, owner: 'lin' }] as IDataObject[];
	const missing = await scenario.broadcast(fromItems, { input });
	expect(missing.error?.description).toBe(
		"Check 'Member Field Name', and remove items without an ID before this node. The fields of the item: external_userid, owner.",
	);
	const value = await scenario.broadcast(
		{ ...fromItems, memberIdField: '={{ $json.owner }}' },
		{ input },
	);
	expect(value.error?.description).toContain(
		"'Member Field Name' takes the name of the field, such as userid, and not its value",
	);
});

it('stops before any request when the field has no name', async () => {
	const { error } = await scenario.broadcast(
		{ ...fromItems, memberIdField: '={{ $json.none }}' },
		{ input: rowsOf('lin') },
	);
	expect(error?.message).toMatch(/^'Member Field Name' (is empty|has no value)$/);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('sends the other rows under Continue On Fail', async () => {
	const [first = {}, second = {}] = rowsOf('lin');
	const { items } = await scenario.broadcast(fromItems, {
		input: [{ external_userid: first.external_userid } as IDataObject, second],
		...continueOnFail,
	});
	expect(items.map(({ json, pairedItem }) => [json.error ?? json.state, pairedItem])).toEqual([
		[NONE, { item: 0 }],
		['created', { item: 1 }],
	]);
	expect(scenario.recipientsOfTasks()).toEqual([[second.external_userid]]);
});

it('is not offered to an AI agent, which passes a single item of its own', () => {
	const { properties } = new WeComExternalContact().description;
	const sentBy = properties.find(({ name }) => name === 'sentBy');
	expect(sentBy?.options).toContainEqual(
		expect.objectContaining({
			value: 'itemField',
			displayOptions: { hide: { '@tool': [true] } },
		}),
	);
});
