import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { Scenario } from '../../harness/scenario';
import { byId, startScenario } from '../../harness/scenario';
import type { Tag, TagGroup } from '../../sandbox';

let scenario: Scenario;

beforeEach(async () => {
	scenario = await startScenario();
});
afterEach(async () => await scenario.stop());

const retry = { parameters: {}, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const BAD_GATEWAY = { kind: 'httpStatus', status: 502 } as const;
const LOST_ANSWERS = [
	['the connection breaks', { kind: 'reset', after: true }],
	['a proxy fails', { ...BAD_GATEWAY, after: true }],
	['WeCom is busy', { kind: 'errcode', errcode: -1 }],
	['WeCom seems to say nothing', { kind: 'notJson', body: '{}', after: true }],
] as const;
const keepGoing = { node: { parameters: {}, onError: 'continueRegularOutput' as const } };

async function run(
	operation: string,
	parameters: IDataObject,
	settings: Parameters<Scenario['run']>[1] = {},
) {
	return await scenario.run({ resource: 'tag', operation, ...parameters }, settings);
}

function tag(name: string): Tag {
	const found = [...scenario.sandbox.world.corp.tags.values()].find((each) => each.name === name);
	if (!found) throw new Error(`There is no tag ${name}`);
	return found;
}

function group(name: string): TagGroup {
	const groups = [...scenario.sandbox.world.corp.tagGroups.values()];
	const found = groups.find((each) => each.name === name);
	if (!found) throw new Error(`There is no group ${name}`);
	return found;
}

/** Names of what is in the library, by group. */
function library(): Record<string, string[]> {
	const groups = [...scenario.sandbox.world.corp.tagGroups.values()];
	return Object.fromEntries(
		groups
			.filter(({ deleted }) => !deleted)
			.map(({ name, tags }) => [
				name,
				tags.filter(({ deleted }) => !deleted).map((each) => each.name),
			]),
	);
}

describe('List', () => {
	it('gives one item per tag with its group', async () => {
		const { items } = await run('list', { returnAll: true });
		expect(items).toHaveLength(6);
		expect(items[0]).toEqual({
			json: {
				tag_id: tag('Gold').tagId,
				tag_name: 'Gold',
				order: 0,
				create_time: tag('Gold').createTime,
				created_at: expect.stringContaining('+08:00') as string,
				group_id: group('Level').groupId,
				group_name: 'Level',
				group_order: 10,
			},
			pairedItem: { item: 0 },
		});
		expect(scenario.sandbox.log.count(PATHS.tags)).toBe(1);
	});

	it('gives one item per group with its tags', async () => {
		const { items } = await run('list', { returnAll: true, output: 'groups' });
		expect(items.map(({ json }) => [json.group_name, json.tag_count])).toEqual([
			['Level', 3],
			['Interest', 3],
		]);
		expect((items[0]?.json.tags as IDataObject[])[1]).toMatchObject({ tag_name: 'Silver' });
	});

	it('keeps the limit and lists for every item', async () => {
		const { items } = await run('list', { limit: 2 }, { input: [{}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it('gives no items when there are no tags', async () => {
		for (const each of scenario.sandbox.world.corp.tagGroups.values()) each.deleted = true;
		const { items, status } = await run('list', {});
		expect([status, items]).toEqual(['success', []]);
	});

	it.each([
		['an output that does not exist', { output: '={{ "x" }}' }, 'Output is none of its options'],
		['a limit that is no number', { limit: '={{ null }}' }, 'Limit is not a number of results'],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { error } = await run('list', parameters);
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

describe('Create', () => {
	const intoNew = { into: 'new', groupName: 'Season' };

	it('makes tags in a group that exists, one item each', async () => {
		const { items } = await run('create', {
			tagGroup: byId(group('Level').groupId),
			tagNames: 'Platinum, Iron ore\nGold leaf',
			options: { order: 7 },
		});
		expect(items.map(({ json }) => json)).toEqual(
			['Platinum', 'Iron ore', 'Gold leaf'].map((name) => ({
				tag_id: tag(name).tagId,
				tag_name: name,
				order: 7,
				create_time: expect.any(Number) as number,
				created_at: expect.stringContaining('+08:00') as string,
				group_id: group('Level').groupId,
				group_name: 'Level',
				group_order: 10,
			})),
		);
		expect(library().Level).toEqual([
			'Gold',
			'Silver',
			'Bronze',
			'Platinum',
			'Iron ore',
			'Gold leaf',
		]);
		expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(1);
	});

	it('makes a new group with tags, and adds to it when it exists', async () => {
		const { items } = await run(
			'create',
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
		expect(library().Season).toEqual(['Spring', 'Summer', 'Autumn']);
	});

	it('counts the 30 characters of a name: emoji and Chinese as one', async () => {
		for (const character of ['🌻', '茶']) {
			const { status } = await run('create', { ...intoNew, tagNames: character.repeat(30) });
			expect(status).toBe('success');
		}
		const { error } = await run('create', { ...intoNew, tagNames: `Spring,${'茶'.repeat(31)}` });
		expect(error?.message).toMatch(/^The tag "茶+" has 31 characters$/);
		expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(2);
	});

	it.each([
		['no tag', { ...intoNew, tagNames: '={{ [] }}' }, 'No tag is named'],
		[
			'tags that resolved to nothing',
			{ ...intoNew, tagNames: '={{ $json.no }}' },
			'No tag is named',
		],
		[
			'tags that are no list',
			{ ...intoNew, tagNames: '={{ [{}] }}' },
			'Tag Names is not a list of texts',
		],
		[
			'no group name',
			{ ...intoNew, groupName: '={{ $json.no }}', tagNames: 'A' },
			'Group Name is empty',
		],
		[
			'a blank group name',
			{ ...intoNew, groupName: '={{ "  " }}', tagNames: 'A' },
			'Group Name is empty',
		],
		[
			'a long group name',
			{ ...intoNew, groupName: 'x'.repeat(31), tagNames: 'A' },
			'Group Name has 31 characters',
		],
		['no group', { tagGroup: byId('={{ $json.no }}'), tagNames: 'A' }, 'No tag group is chosen'],
		[
			'a choice that resolved to nothing',
			{ ...intoNew, into: '={{ $json.no }}', tagGroup: byId('et1'), tagNames: 'A' },
			'Add To is none of its options',
		],
		[
			'an order that is none',
			{ ...intoNew, tagNames: 'A', options: { order: 1.5 } },
			'Order is not a place in the order',
		],
		[
			'an order that resolved to nothing',
			{ ...intoNew, tagNames: 'A', options: { groupOrder: '={{ $json.no }}' } },
			'Group Order is not a place in the order',
		],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { error } = await run('create', parameters as IDataObject);
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each(LOST_ANSWERS)(
		'is sent once, and says that it may have been done, when %s',
		async (_, fault) => {
			scenario.sandbox.faults.add({ path: PATHS.addTags, fault });
			const { items } = await run('create', { ...intoNew, tagNames: 'Spring' }, keepGoing);
			expect(items[0]?.json).toMatchObject({
				error: 'WeCom may or may not have created the tags',
				details: {
					retryable: false,
					hint: expect.stringContaining('Look at Tag > List') as string,
				},
			});
			expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(1);
			expect(library().Season).toEqual('after' in fault ? ['Spring'] : undefined);
		},
	);

	it('is not sent again by Retry On Fail when the answer is lost', async () => {
		scenario.sandbox.faults.add({ path: PATHS.addTags, call: 1, fault: LOST_ANSWERS[0][1] });
		const { error } = await run('create', { ...intoNew, tagNames: 'Spring' }, { node: retry });
		expect(error?.message).toBe('WeCom may or may not have created the tags');
		expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(1);
	});

	it('goes on where it stopped with Retry On Fail, and gives all tags', async () => {
		const input = ['Spring', 'Summer', 'Autumn'].map((name) => ({ name }));
		const fault = { kind: 'errcode', errcode: 40058 } as const;
		scenario.sandbox.faults.add({ path: PATHS.addTags, call: 2, fault });
		const { items, error } = await run(
			'create',
			{ ...intoNew, tagNames: '={{ $json.name }}' },
			{ input, node: retry },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.tag_id, pairedItem])).toEqual(
			input.map(({ name }, index) => [tag(name).tagId, { item: index }]),
		);
		expect(library().Season).toEqual(['Spring', 'Summer', 'Autumn']);
		expect(scenario.sandbox.log.count(PATHS.addTags)).toBe(4);
	});

	it('says of a name that comes twice that it exists already', async () => {
		const input = [{ name: 'Spring' }, { name: 'Spring' }];
		const { items } = await run(
			'create',
			{ ...intoNew, tagNames: '={{ $json.name }}' },
			{ ...keepGoing, input },
		);
		expect(items.map(({ json }) => json.tag_name ?? json.error)).toEqual([
			'Spring',
			'A tag with this name already exists',
		]);
	});

	it('keeps the other items with Continue On Fail', async () => {
		const { items } = await run(
			'create',
			{ tagGroup: byId('={{ $json.group }}'), tagNames: '={{ $json.tag }}' },
			{
				...keepGoing,
				input: [
					{ group: group('Level').groupId, tag: 'Gold' },
					{ group: 'etNobody', tag: 'Gold' },
					{ group: group('Level').groupId, tag: 'Iron' },
				],
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.tag_name ?? json.error, pairedItem])).toEqual([
			['A tag with this name already exists', { item: 0 }],
			['WeCom does not know this tag or tag group', { item: 1 }],
			['Iron', { item: 2 }],
		]);
	});
});

describe('Update', () => {
	it('renames and reorders a tag', async () => {
		const { tagId } = tag('Gold');
		const { items } = await run('update', {
			target: 'tag',
			tag: byId(tagId),
			updateFields: { name: 'Golden', order: 4_294_967_295 },
		});
		expect(items).toEqual([
			{
				json: { tag_id: tagId, tag_name: 'Golden', order: 4_294_967_295 },
				pairedItem: { item: 0 },
			},
		]);
		expect(tag('Golden').order).toBe(4_294_967_295);
	});

	it('changes only what is given, of a group as well', async () => {
		const { groupId } = group('Level');
		const { items } = await run('update', {
			target: 'group',
			tagGroup: byId(groupId),
			updateFields: { name: 'Rank' },
		});
		expect(items[0]?.json).toEqual({ group_id: groupId, group_name: 'Rank' });
		expect(group('Rank').order).toBe(10);
		expect(scenario.sandbox.log.calls(PATHS.editTag)[0]?.body).toEqual({
			id: groupId,
			name: 'Rank',
		});
	});

	it.each([
		['nothing to change', {}, 'Nothing is to be changed'],
		['an empty name', { name: '' }, 'Name is empty'],
		['a name that resolved to nothing', { name: '={{ $json.no }}' }, 'Name is empty'],
		['a long name', { name: '茶'.repeat(31) }, 'Name has 31 characters'],
		['a negative order', { order: -1 }, 'Order is not a place in the order'],
		['a huge order', { order: 2 ** 32 }, 'Order is not a place in the order'],
	])('refuses %s before any request', async (_, updateFields, message) => {
		const { error } = await run('update', {
			tag: byId(tag('Gold').tagId),
			updateFields: updateFields as IDataObject,
		});
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('keeps the other items with Continue On Fail, and says whose tags it may change', async () => {
		const { items } = await run(
			'update',
			{ tag: byId('={{ $json.id }}'), updateFields: { name: '={{ $json.name }}' } },
			{
				...keepGoing,
				input: [
					// The admin console made it.
					{ id: tag('Oolong').tagId, name: 'Black tea' },
					{ id: tag('Gold').tagId, name: 'Silver' },
					{ id: 'etNobody', name: 'X' },
					{ name: 'X' },
					{ id: tag('Gold').tagId, name: 'Platinum' },
				],
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.tag_name ?? json.error, pairedItem])).toEqual([
			['The app has no right on this tag', { item: 0 }],
			['A tag with this name already exists', { item: 1 }],
			['WeCom does not know this tag or tag group', { item: 2 }],
			['No tag is chosen', { item: 3 }],
			['Platinum', { item: 4 }],
		]);
		expect(items[0]?.json.details).toMatchObject({
			errcode: 81011,
			hint: expect.stringContaining('Only the app that created a tag may change it') as string,
		});
	});
});

describe('Delete', () => {
	it('deletes a tag and keeps its group', async () => {
		const { items, hints } = await run('delete', { target: 'tag', tag: byId(tag('Gold').tagId) });
		expect(items).toEqual([
			{
				json: {
					group_id: group('Level').groupId,
					group_name: 'Level',
					group_deleted: false,
					deleted_tag_count: 1,
					deleted_tag_id: [tag('Gold').tagId],
					deleted_tag_name: ['Gold'],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(library().Level).toEqual(['Silver', 'Bronze']);
		expect(hints).toEqual([]);
	});

	it('says that the group is gone with its last tag', async () => {
		const names = ['Gold', 'Silver', 'Bronze'];
		const { items, hints } = await run(
			'delete',
			{ tag: byId('={{ $json.id }}') },
			{ input: names.map((name) => ({ id: tag(name).tagId })) },
		);
		expect(items.map(({ json }) => json.group_deleted)).toEqual([false, false, true]);
		expect(hints.map(({ message }) => message)).toEqual([
			'The tag group "Level" is gone with its last tag.',
		]);
		expect(library()).not.toHaveProperty('Level');
		expect(scenario.sandbox.log.count(PATHS.tags)).toBe(1);
	});

	it('deletes a group and counts its tags', async () => {
		const { items } = await run('delete', {
			target: 'group',
			tagGroup: byId(group('Level').groupId),
		});
		expect(items[0]?.json).toMatchObject({
			group_name: 'Level',
			group_deleted: true,
			deleted_tag_count: 3,
			deleted_tag_name: ['Gold', 'Silver', 'Bronze'],
		});
		expect(Object.keys(library())).toEqual(['Interest']);
	});

	it.each([
		['no tag', { target: 'tag', tag: byId('={{ $json.no }}') }, 'No tag is chosen'],
		['no group', { target: 'group', tagGroup: byId('={{ " " }}') }, 'No tag group is chosen'],
		[
			'a choice that resolved to nothing',
			{ target: '={{ $json.no }}', tag: byId('et1'), tagGroup: byId('et1') },
			'Object is none of its options',
		],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { error } = await run('delete', parameters as IDataObject);
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([
		['the name of a tag', 'tag', 'Gold', 'There is no tag with the ID "Gold"'],
		['an unknown group', 'group', 'etNobody', 'There is no tag group with the ID "etNobody"'],
	])('deletes nothing for %s', async (_, target, id, message) => {
		const { error } = await run('delete', { target, tag: byId(id), tagGroup: byId(id) });
		expect(error?.message).toBe(message);
		expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(0);
	});

	it('keeps the other items with Continue On Fail', async () => {
		const { items } = await run(
			'delete',
			{ tag: byId('={{ $json.id }}') },
			{
				...keepGoing,
				input: [
					{ id: tag('Oolong').tagId },
					{ id: tag('Gold').tagId },
					{ id: tag('Gold').tagId },
					{ id: tag('Silver').tagId },
				],
			},
		);
		expect(
			items.map(({ json, pairedItem }) => [json.deleted_tag_name ?? json.error, pairedItem]),
		).toEqual([
			['The app has no right on this tag', { item: 0 }],
			[['Gold'], { item: 1 }],
			[`There is no tag with the ID "${tag('Gold').tagId}"`, { item: 2 }],
			[['Silver'], { item: 3 }],
		]);
		expect(library()).toEqual({ Level: ['Bronze'], Interest: ['Green tea', 'Oolong', 'Cakes'] });
	});

	it.each(LOST_ANSWERS)(
		'is sent once, and says that it may have been done, when %s',
		async (_, fault) => {
			scenario.sandbox.faults.add({ path: PATHS.deleteTags, fault });
			const { items } = await run('delete', { tag: byId(tag('Gold').tagId) }, keepGoing);
			expect(items[0]?.json).toMatchObject({
				error: 'WeCom may or may not have deleted the tag',
				details: {
					retryable: false,
					hint: expect.stringContaining('Look at Tag > List') as string,
				},
			});
			expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(1);
		},
	);

	it('says of which it may have been done, and is not sent again by Retry On Fail', async () => {
		scenario.sandbox.faults.add({ path: PATHS.deleteTags, fault: LOST_ANSWERS[0][1] });
		const { error } = await run(
			'delete',
			{ target: 'group', tagGroup: byId(group('Level').groupId) },
			{ node: retry },
		);
		expect(error?.message).toBe('WeCom may or may not have deleted the tag group');
		expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(1);
	});

	it('goes on where it stopped with Retry On Fail, and gives what all items deleted', async () => {
		const input = ['Gold', 'Silver', 'Bronze'].map((name) => ({ name, id: tag(name).tagId }));
		const fault = { kind: 'errcode', errcode: 40058 } as const;
		scenario.sandbox.faults.add({ path: PATHS.deleteTags, call: 2, fault });
		const { items, error, hints } = await run(
			'delete',
			{ tag: byId('={{ $json.id }}') },
			{ input, node: retry },
		);
		expect(error).toBeUndefined();
		expect(
			items.map(({ json, pairedItem }) => [json.deleted_tag_name, json.group_deleted, pairedItem]),
		).toEqual([
			[['Gold'], false, { item: 0 }],
			[['Silver'], false, { item: 1 }],
			[['Bronze'], true, { item: 2 }],
		]);
		expect(hints).toHaveLength(1);
		expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(4);
	});
});

it('an AI agent may create again what it deleted', async () => {
	const tool = { asTool: { arguments: {} }, executionId: 'a conversation about tags' };
	const create = { into: 'new', groupName: 'Season', tagNames: 'Autumn' };
	await run('create', create, tool);
	await run('delete', { target: 'tag', tag: byId(tag('Autumn').tagId) }, tool);
	expect(library()).not.toHaveProperty('Season');
	const { items } = await run('create', create, tool);
	expect(library().Season).toEqual(['Autumn']);
	const live = [...scenario.sandbox.world.corp.tags.values()].find(
		({ name, deleted }) => name === 'Autumn' && !deleted,
	);
	expect(JSON.stringify(items)).toContain(live?.tagId);
});
