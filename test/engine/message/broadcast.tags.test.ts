import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('requires any tag of a group and all groups', async () => {
	const groups = [
		{ tags: [scenario.tagId('Gold'), scenario.tagId('Silver')] },
		{ tags: [scenario.tagId('Green tea')] },
	];
	const { items } = await scenario.broadcast({ sendTo: 'tags', tagGroups: { group: groups } });
	expect(items[0]?.json).toMatchObject({
		sender: 'lin',
		recipient_count: null,
		state: 'created',
	});

	const expected = scenario.sandbox.world.corp.members
		.get('lin')
		?.relations.filter(
			({ tagIds }) =>
				(tagIds.includes(scenario.tagId('Gold')) || tagIds.includes(scenario.tagId('Silver'))) &&
				tagIds.includes(scenario.tagId('Green tea')),
		)
		.map((relation) => relation.customer.externalUserid);
	expect(expected?.length).toBeGreaterThan(0);
	expect(scenario.recipientsOfTasks()).toEqual([expected]);
});

it.each([
	['no condition', {}, 'At least 1 field is required.'],
	[
		'a condition without tags',
		{ group: [{ tags: [] }] },
		'Parameter "Tag Names or IDs" is required.',
	],
	[
		'one condition with tags and one without',
		{ group: [{ tags: ['et1'] }, { tags: [] }] },
		'Parameter "Tag Names or IDs" is required.',
	],
	['what a new node starts with', undefined, 'Parameter "Tag Names or IDs" is required.'],
])('is marked by n8n as required for %s', async (_, tagGroups, issue) => {
	const { error } = await scenario.broadcast({ sendTo: 'tags', ...(tagGroups && { tagGroups }) });
	expect(error?.message).toContain(issue);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('refuses an expression that gives undefined before any request', async () => {
	const tagGroups = { group: [{ tags: '={{ $json.missing }}' }] };
	const { error } = await scenario.broadcast({ sendTo: 'tags', tagGroups });
	expect(error?.message).toBe(
		"'Tag Names or IDs' in condition 1 is empty, so nobody would get the message",
	);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	['names', () => [['Gold', 'Silver'], ['Green tea']]],
	['names with their groups', () => [['Level: Gold', 'Level：Silver'], ['Interest: Green tea']]],
	['texts', () => ['Gold, Silver', 'Green tea']],
	['the text of a JSON array', () => ['["Gold", "Silver"]', '["Green tea"]']],
	[
		'names and IDs of the same tags',
		() => [['Gold', scenario.tagId('Gold'), 'Silver'], 'Green tea'],
	],
])('accepts %s', async (_, groups) => {
	const input = [{ groups: groups() }];
	await scenario.broadcast(
		{
			sendTo: 'tags',
			tagGroups: {
				group: [{ tags: '={{ $json.groups[0] }}' }, { tags: '={{ $json.groups[1] }}' }],
			},
		},
		{ input },
	);
	expect(scenario.sandbox.log.calls(PATHS.create).map(({ body }) => body)).toMatchObject([
		{
			tag_filter: {
				group_list: [
					{ tag_list: [scenario.tagId('Gold'), scenario.tagId('Silver')] },
					{ tag_list: [scenario.tagId('Green tea')] },
				],
			},
		},
	]);
});

it('reads the tags once for all items', async () => {
	const input = ['Gold', 'Silver'].map((name) => ({ name }));
	const { items } = await scenario.broadcast(
		{ sendTo: 'tags', tagGroups: { group: [{ tags: '={{ $json.name }}' }] } },
		{ input },
	);
	expect(items.map(({ json, pairedItem }) => [json.state, pairedItem])).toEqual([
		['created', { item: 0 }],
		['created', { item: 1 }],
	]);
	expect(scenario.sandbox.log.count(PATHS.tags)).toBe(1);
});

it('makes one task of items that name the same tags in a different order', async () => {
	const { items } = await scenario.broadcast(
		{ sendTo: 'tags', tagGroups: { group: [{ tags: '={{ $json.tags }}' }] } },
		{ input: [{ tags: ['Gold', 'Silver'] }, { tags: ['Silver', 'Gold'] }] },
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }, { item: 1 }]]);
	expect(scenario.tasks()).toHaveLength(1);
});

it('refuses an unknown tag before it creates anything', async () => {
	const input = ['Gold', 'Golden'].map((name) => ({ name }));
	const { error } = await scenario.broadcast(
		{ sendTo: 'tags', tagGroups: { group: [{ tags: '={{ $json.name }}' }] } },
		{ input },
	);
	expect(error).toMatchObject({
		message: 'There is no tag "Golden"',
		description: expect.stringContaining('Gold') as string,
		context: { itemIndex: 1 },
	});
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
});

it('refuses 101 tags in a condition before any request', async () => {
	const tags = Array.from({ length: 101 }, (_, index) => `et${index}`);
	const { error } = await scenario.broadcast({ sendTo: 'tags', tagGroups: { group: [{ tags }] } });
	expect(error?.message).toBe('A condition has 101 tags');
	expect(scenario.sandbox.log.count()).toBe(0);
});
