import type { IDataObject } from 'n8n-workflow';

import { LOST_RESPONSES, RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function create(parameters: IDataObject = {}, run?: ScenarioRun) {
	return await scenario.run({ resource: 'tag', operation: 'create', ...parameters }, run);
}

const intoNew = { into: 'new', groupName: 'Season' };

it('creates tags in an existing group, one item each', async () => {
	const { items } = await create({
		tagGroup: byId(scenario.tagGroupId('Level')),
		tagNames: 'Platinum, Iron ore\nGold leaf',
		options: { order: 7 },
	});
	expect(items.map(({ json }) => json)).toEqual(
		['Platinum', 'Iron ore', 'Gold leaf'].map((name) => ({
			tag_id: scenario.tagId(name),
			tag_name: name,
			order: 7,
			create_time: expect.any(Number) as number,
			created_at: expect.stringContaining('+08:00') as string,
			group_id: scenario.tagGroupId('Level'),
			group_name: 'Level',
			group_order: 10,
		})),
	);
	expect(scenario.tagLibrary().Level).toEqual([
		'Gold',
		'Silver',
		'Bronze',
		'Platinum',
		'Iron ore',
		'Gold leaf',
	]);
	expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(1);
});

it('creates a new group with tags, and adds to it once it exists', async () => {
	const { items } = await create(
		{ ...intoNew, tagNames: '={{ $json.tags }}', options: { groupOrder: 3 } },
		{ input: [{ tags: ['Spring', 'Summer', 'Spring'] }, { tags: 'Autumn' }] },
	);
	expect(
		items.map(({ json, pairedItem }) => [json.tag_name, json.group_order, pairedItem]),
	).toEqual([
		['Spring', 3, { item: 0 }],
		['Summer', 3, { item: 0 }],
		['Autumn', 3, { item: 1 }],
	]);
	expect(scenario.tagLibrary().Season).toEqual(['Spring', 'Summer', 'Autumn']);
});

it('counts the 30 characters of a name: an emoji and a Chinese character are one', async () => {
	for (const character of ['🌻', '茶']) {
		const { status } = await create({ ...intoNew, tagNames: character.repeat(30) });
		expect(status).toBe('success');
	}
	const { error } = await create({ ...intoNew, tagNames: `Spring,${'茶'.repeat(31)}` });
	expect(error?.message).toMatch(/^The tag "茶+" has 31 characters$/);
	expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(2);
});

it.each([
	['no tag', { ...intoNew, tagNames: '={{ [] }}' }, "'Tag Names' is empty"],
	[
		'tags that resolved to nothing',
		{ ...intoNew, tagNames: '={{ $json.no }}' },
		"'Tag Names' is empty",
	],
	[
		'tags that are no list',
		{ ...intoNew, tagNames: '={{ [{}] }}' },
		"'Tag Names' must be a list of text values",
	],
	[
		'no group name',
		{ ...intoNew, groupName: '={{ $json.no }}', tagNames: 'A' },
		"'Group Name' has no value",
	],
	[
		'a name that is a word',
		{ ...intoNew, tagNames: 'Gold, undefined' },
		'"undefined" in \'Tag Names\' is not a name',
	],
	[
		'a group name with a control character',
		{ ...intoNew, groupName: 'Sea\u0000son', tagNames: 'A' },
		'"Sea⟨U+0000⟩son" in \'Group Name\' has a control character (U+0000) at character 4',
	],
	[
		'a blank group name',
		{ ...intoNew, groupName: '={{ "  " }}', tagNames: 'A' },
		"'Group Name' is empty",
	],
	[
		'a long group name',
		{ ...intoNew, groupName: 'x'.repeat(31), tagNames: 'A' },
		"'Group Name' has 31 characters",
	],
	['no group', { tagGroup: byId('={{ $json.no }}'), tagNames: 'A' }, "'Tag Group' is empty"],
	[
		'a choice that resolved to nothing',
		{ ...intoNew, into: '={{ $json.no }}', tagGroup: byId('et1'), tagNames: 'A' },
		"'Add To' has an unknown value",
	],
	[
		'an order that is none',
		{ ...intoNew, tagNames: 'A', options: { order: 1.5 } },
		"'Order' must be a whole number from 0 to 4,294,967,295",
	],
	[
		'an order that resolved to nothing',
		{ ...intoNew, tagNames: 'A', options: { groupOrder: '={{ $json.no }}' } },
		"'Group Order' must be a whole number from 0 to 4,294,967,295",
	],
])('refuses %s before any request', async (_, parameters, message) => {
	const { error } = await create(parameters as IDataObject);
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each(LOST_RESPONSES)(
	'is sent once, and says that the outcome is unknown, when %s',
	async (_, fault) => {
		scenario.sandbox.faults.add({ path: PATHS.addTags, fault });
		const { items } = await create({ ...intoNew, tagNames: 'Spring' }, continueOnFail);
		expect(items[0]?.json).toMatchObject({
			error: 'WeCom may or may not have created the tags',
			details: {
				retryable: false,
				hint: expect.stringContaining('Check Tag > List') as string,
			},
		});
		expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(1);
		expect(scenario.tagLibrary().Season).toEqual('after' in fault ? ['Spring'] : undefined);
	},
);

it('is not repeated by Retry On Fail when the response is lost', async () => {
	scenario.sandbox.faults.add({ path: PATHS.addTags, call: 1, fault: RESET_AFTER });
	const { error } = await create({ ...intoNew, tagNames: 'Spring' }, retryOnFail);
	expect(error?.message).toBe('WeCom may or may not have created the tags');
	expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(1);
});

it('continues where it stopped under Retry On Fail, and gives all tags', async () => {
	const input = ['Spring', 'Summer', 'Autumn'].map((name) => ({ name }));
	const fault = { kind: 'errcode', errcode: 40058 } as const;
	scenario.sandbox.faults.add({ path: PATHS.addTags, call: 2, fault });
	const { items, error } = await create(
		{ ...intoNew, tagNames: '={{ $json.name }}' },
		{ input, ...retryOnFail },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json, pairedItem }) => [json.tag_id, pairedItem])).toEqual(
		input.map(({ name }, index) => [scenario.tagId(name), { item: index }]),
	);
	expect(scenario.tagLibrary().Season).toEqual(['Spring', 'Summer', 'Autumn']);
	expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(4);
});

it('says of a repeated name that it already exists', async () => {
	const input = [{ name: 'Spring' }, { name: 'Spring' }];
	const { items } = await create(
		{ ...intoNew, tagNames: '={{ $json.name }}' },
		{ ...continueOnFail, input },
	);
	expect(items.map(({ json }) => json.tag_name ?? json.error)).toEqual([
		'Spring',
		'A tag with this name already exists',
	]);
});

it('keeps the other items with Continue On Fail', async () => {
	const { items } = await create(
		{ tagGroup: byId('={{ $json.group }}'), tagNames: '={{ $json.tag }}' },
		{
			...continueOnFail,
			input: [
				{ group: scenario.tagGroupId('Level'), tag: 'Gold' },
				{ group: 'etNobody', tag: 'Gold' },
				{ group: scenario.tagGroupId('Level'), tag: 'Iron' },
			],
		},
	);
	expect(items.map(({ json, pairedItem }) => [json.tag_name ?? json.error, pairedItem])).toEqual([
		['A tag with this name already exists', { item: 0 }],
		['WeCom does not know this tag or tag group', { item: 1 }],
		['Iron', { item: 2 }],
	]);
});
