import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';
import type { Relation } from '../../sandbox';

const scenario = useScenario();

function amy(): string {
	return scenario.customersOf('lin')[0] ?? '';
}

async function update(
	updateFields: IDataObject,
	run: ScenarioRun = {},
	parameters: IDataObject = {},
) {
	return await scenario.run(
		{
			resource: 'customer',
			operation: 'updateRemark',
			member: byId('lin'),
			customer: byId(amy()),
			updateFields,
			...parameters,
		},
		run,
	);
}

function relation(userid = 'lin'): Relation {
	const found = scenario.sandbox.world.corp.relation(userid, amy());
	if (!found) throw new Error('The relation is gone');
	return found;
}

it('changes only the given fields', async () => {
	const { items } = await update({ remark: 'Amy, VIP' });
	expect(items).toEqual([
		{
			json: { userid: 'lin', external_userid: amy(), remark: 'Amy, VIP' },
			pairedItem: { item: 0 },
		},
	]);
	expect(scenario.sandbox.log.calls(PATHS.remark)[0]?.body).toEqual({
		userid: 'lin',
		external_userid: amy(),
		remark: 'Amy, VIP',
	});
	expect(relation()).toMatchObject({ remark: 'Amy, VIP', remarkMobiles: ['13800000000'] });
	expect(relation('wei').remark).toBe('Amy Zhao');
});

it('changes all fields at once and replaces all numbers', async () => {
	const { items } = await update({
		remark: 'Amy',
		description: 'Buys in spring',
		company: 'Riverside',
		mobiles: '13900000001, +86 139 0000 0002',
	});
	expect(items[0]?.json).toMatchObject({
		remark_company: 'Riverside',
		remark_mobiles: ['13900000001', '+86 139 0000 0002'],
	});
	expect(relation()).toMatchObject({
		remark: 'Amy',
		description: 'Buys in spring',
		remarkCompany: 'Riverside',
		remarkMobiles: ['13900000001', '+86 139 0000 0002'],
	});
});

it('clears a field given as an empty text', async () => {
	relation().description = 'Old';
	const { items } = await update({ description: '', mobiles: '' });
	expect(items[0]?.json).toMatchObject({ description: '', remark_mobiles: [] });
	expect(relation()).toMatchObject({ description: '', remarkMobiles: [], remark: 'Amy Zhao' });
});

it.each([
	['remark', 'Remark', 20],
	['description', 'Description', 150],
	['company', 'Company', 20],
])(
	'counts the characters of the %s: an emoji and a Chinese character are one',
	async (field, label, limit) => {
		for (const character of ['🌻', '茶', 'x']) {
			const { status } = await update({ [field]: character.repeat(limit) });
			expect(status).toBe('success');
		}
		const before = scenario.sandbox.log.count();
		const { error } = await update({ [field]: '🌻'.repeat(limit + 1) });
		expect(error).toMatchObject({
			message: `'${label}' has ${limit + 1} characters`,
			description: expect.stringContaining(`WeCom allows ${limit} characters`) as string,
		});
		expect(scenario.sandbox.log.count()).toBe(before);
	},
);

it.each([
	['nothing to change', {}, 'There is nothing to change'],
	['a remark that resolved to nothing', { remark: '={{ $json.no }}' }, "'Remark' has no value"],
	[
		'a remark that only looks like empty text, which would clear it',
		{ remark: '\u200b' },
		'\'Remark\' has only invisible characters: "⟨U+200B⟩"',
	],
	['a remark that is no text', { remark: '={{ ({ a: 1 }) }}' }, "'Remark' must be text"],
	[
		'a description that resolved to null',
		{ description: '={{ null }}' },
		"'Description' has no value",
	],
	['numbers that resolved to nothing', { mobiles: '={{ $json.no }}' }, "'Mobile Numbers' is empty"],
	[
		'a list of one number that resolved to nothing',
		{ mobiles: '={{ [$json.no] }}' },
		"'Mobile Numbers' is empty",
	],
	[
		'a number that is a word',
		{ mobiles: '13800000000, undefined' },
		'"undefined" in \'Mobile Numbers\' is not a phone number',
	],
	[
		'a number of which nothing is left',
		{ mobiles: '={{ [String.fromCharCode(0x200b)] }}' },
		"'Mobile Numbers' is empty",
	],
	[
		'a remark with a control character',
		{ remark: 'Amy\u0007' },
		"'Remark' has a control character (U+0007) at character 4",
	],
	[
		'numbers that are no list',
		{ mobiles: '={{ [{}] }}' },
		"'Mobile Numbers' must be a list of text values",
	],
])('refuses %s before any request', async (_, fields, message) => {
	const { error } = await update(fields as IDataObject);
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('keeps the other items with Continue On Fail', async () => {
	const chens = scenario.customersOf('chen')[0] as string;
	const { items } = await update(
		{ remark: '={{ $json.remark }}' },
		{
			...continueOnFail,
			input: [
				{ id: amy(), remark: 'One' },
				{ id: chens, remark: 'Two' },
				{ id: 'wmNobody', remark: 'Three' },
				{ id: amy(), remark: 'x'.repeat(21) },
				{ id: amy(), remark: 'Last', member: 'nobody' },
			],
		},
		{ customer: byId('={{ $json.id }}'), member: byId('={{ $json.member ?? "lin" }}') },
	);
	expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		[undefined, { item: 0 }],
		['The customer is not a contact of this member', { item: 1 }],
		['WeCom does not know this customer', { item: 2 }],
		["'Remark' has 21 characters", { item: 3 }],
		['WeCom does not know this member', { item: 4 }],
	]);
	expect(relation().remark).toBe('One');
});

it('repeats an update whose response was lost: it is idempotent', async () => {
	scenario.sandbox.faults.add({ path: PATHS.remark, call: 1, fault: { kind: 'cutBody' } });
	expect((await update({ remark: 'Amy' })).status).toBe('success');
	expect(relation().remark).toBe('Amy');
});

it('names the members who have the customer when this member does not (84061)', async () => {
	const { error } = await update({ remark: 'Amy' }, {}, { member: byId('chen') });
	expect(error?.message).toBe('The customer is not a contact of this member');
	expect(error?.description).toMatch(
		/^The customer is a contact of lin, wei\. Choose the member who has the customer/,
	);
	expect(scenario.sandbox.log.count(PATHS.customer)).toBe(1);
});
