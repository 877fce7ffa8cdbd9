import type { Hearing } from '../callbacks/hearing';
import { useHearing } from '../callbacks/hearing';
import type { Corp, Sandbox } from '../index';
import type { Body } from '../testClient';
import { tagId, TestClient } from '../testClient';

describe('the tag library in the console, and the events of its edits (doc 92130)', () => {
	let sandbox: Sandbox;
	let corp: Corp;
	let post: Hearing['post'];
	let events: Hearing['events'];
	useHearing((hearing) => ({ sandbox, corp, post, events } = hearing));

	const tag = (changeType: string, nodes: object) => [`change_external_tag.${changeType}`, nodes];
	const aTag = (Id: string) => ({ Id, TagType: 'tag' });
	const aGroup = (Id: string) => ({ Id, TagType: 'tag_group' });
	const group = (name: string) =>
		[...corp.tagGroups.values()].find((each) => each.name === name && !each.deleted);

	test('created, renamed, reordered, deleted', async () => {
		const made = await post('/tag-create', { group: 'Season', names: ['Spring', 'Autumn'] });
		const [spring, autumn] = made.tagIds as [string, string];
		const more = await post('/tag-create', { group: 'Season', names: ['Winter'] });
		const [winter] = more.tagIds as [string];
		await post('/tag-rename', { id: autumn, name: 'Fall' });
		await post('/tag-rename', { id: made.groupId, name: 'Seasons' });
		await post('/tag-shuffle', { group_id: made.groupId, ids: [winter, autumn, spring] });
		await post('/tag-delete', { id: winter });
		await post('/tag-delete', { id: made.groupId });
		expect(await events()).toEqual([
			tag('create', aGroup(made.groupId as string)),
			tag('create', aTag(spring)),
			tag('create', aTag(autumn)),
			tag('create', aTag(winter)),
			tag('update', aTag(autumn)),
			tag('update', aGroup(made.groupId as string)),
			tag('shuffle', { Id: made.groupId }),
			tag('delete', aTag(winter)),
			tag('delete', aGroup(made.groupId as string)),
		]);
		expect(corp.livingTag(spring)).toBeUndefined();
	});

	test('the order of groups: an empty Id', async () => {
		const ids = ['Interest', 'Level', 'Consent'].map((name) => group(name)?.groupId);
		await post('/tag-shuffle', { ids });
		expect(await events()).toEqual([tag('shuffle', { Id: '' })]);
		const { tag_group: rows } = await new TestClient(sandbox).contact('get_corp_tag_list');
		expect(rows.map((row: Body) => row.group_name)).toEqual(['Interest', 'Level', 'Consent']);
	});

	test('a group goes with its last tag, without an event of its own (A93)', async () => {
		const ids = ['Gold', 'Silver', 'Bronze'].map((name) => tagId(corp, name));
		for (const id of ids) await post('/tag-delete', { id });
		expect(await events()).toEqual(ids.map((id) => tag('delete', aTag(id))));
		expect(group('Level')).toBeUndefined();
	});

	test('what cannot happen', async () => {
		const gold = tagId(corp, 'Gold');
		expect(await post('/tag-create', { group: 'Level', names: ['Gold'] })).toHaveProperty('error');
		expect(await post('/tag-rename', { id: 'et1', name: 'x' })).toHaveProperty('error');
		expect(await post('/tag-delete', { id: 'et1' })).toHaveProperty('error');
		expect(await post('/tag-shuffle', { ids: [gold] })).toHaveProperty('error');
		const elsewhere = { group_id: group('Interest')?.groupId, ids: [gold] };
		expect(await post('/tag-shuffle', elsewhere)).toHaveProperty('error');
		expect(await events()).toEqual([]);
	});
});
