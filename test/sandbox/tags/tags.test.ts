import type { Corp, Sandbox } from '../index';
import type { Body, TestClient } from '../testClient';
import { customersOf, tagId, useSandbox } from '../testClient';

const NOW = 1_773_000_000;

describe('corp tags (docs 92117 and 92118)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({ startAt: NOW, frozen: true }, (fresh) => ({ sandbox, client, corp } = fresh));

	const call = async (name: string, body: object = {}): Promise<Body> =>
		await client.contact(name, body);
	const names = async (): Promise<Record<string, string[]>> => {
		const { tag_group: groups } = await call('get_corp_tag_list');
		return Object.fromEntries(
			groups.map((group: Body) => [group.group_name, group.tag.map((tag: Body) => tag.name)]),
		);
	};
	const groupId = (name: string): string =>
		[...corp.tagGroups.values()].find((group) => group.name === name)?.groupId ?? '';

	describe('get_corp_tag_list', () => {
		test('everything, larger order first, without `deleted`', async () => {
			expect(await names()).toEqual({
				Level: ['Gold', 'Silver', 'Bronze'],
				Interest: ['Green tea', 'Oolong', 'Cakes'],
				Consent: ['Do not contact'],
			});
			const { tag_group: groups } = await call('get_corp_tag_list');
			expect(Object.keys(groups[0])).toEqual([
				'group_id',
				'group_name',
				'create_time',
				'order',
				'tag',
			]);
		});

		test('by tag, by group; tag_id is ignored beside group_id; `deleted` is there', async () => {
			const gold = tagId(corp, 'Gold');
			await call('del_corp_tag', { tag_id: [gold] });
			const byTag = await call('get_corp_tag_list', { tag_id: [gold] });
			expect(byTag.tag_group).toMatchObject([
				{ group_name: 'Level', deleted: false, tag: [{ name: 'Gold', deleted: true }] },
			]);
			const byGroup = await call('get_corp_tag_list', {
				group_id: [groupId('Interest')],
				tag_id: [gold],
			});
			expect(byGroup.tag_group).toHaveLength(1);
			expect(byGroup.tag_group[0].tag).toHaveLength(3);
			expect(await names()).toMatchObject({ Level: ['Silver', 'Bronze'] });
		});

		test('unknown IDs are 40068', async () => {
			for (const body of [{ tag_id: ['et1'] }, { group_id: ['et1'] }]) {
				expect(await call('get_corp_tag_list', body)).toMatchObject({
					errcode: 40068,
					tag_group: [],
				});
			}
			expect(await call('get_corp_tag_list', { tag_id: 'et1' })).toMatchObject({ errcode: 40058 });
		});
	});

	describe('add_corp_tag', () => {
		test('A69: an empty group_id is refused, also beside a group_name', async () => {
			const body = { group_id: '', group_name: 'City', tag: [{ name: 'Shanghai' }] };
			expect(await call('add_corp_tag', body)).toMatchObject({
				errcode: 40058,
				errmsg: expect.stringContaining('field `group_id` unexpected empty string, hint: ['),
			});
			expect(await call('add_corp_tag', { ...body, group_id: undefined })).toMatchObject({
				errcode: 0,
			});
		});

		test('a new group; equal names in one call collapse', async () => {
			const response = await call('add_corp_tag', {
				group_name: 'City',
				order: 7,
				tag: [{ name: 'Shanghai' }, { name: 'Xi’an', order: 3 }, { name: 'Shanghai' }],
			});
			expect(response).toEqual({
				errcode: 0,
				errmsg: 'ok',
				tag_group: {
					group_id: expect.stringMatching(/^et/),
					group_name: 'City',
					create_time: NOW,
					order: 7,
					tag: [
						{ id: tagId(corp, 'Shanghai'), name: 'Shanghai', create_time: NOW, order: 0 },
						{ id: tagId(corp, 'Xi’an'), name: 'Xi’an', create_time: NOW, order: 3 },
					],
				},
			});
			expect(Object.entries(await names())[1]).toEqual(['City', ['Xi’an', 'Shanghai']]);
		});

		test('into an existing group, by name or by ID; group_name and order then do nothing', async () => {
			await call('add_corp_tag', { group_name: 'Interest', tag: [{ name: 'Cups' }] });
			await call('add_corp_tag', {
				group_id: groupId('Interest'),
				group_name: 'Ignored',
				order: 99,
				tag: [{ name: 'Pots' }],
			});
			expect(Object.keys(await names())).toEqual(['Level', 'Interest', 'Consent']);
			expect((await names()).Interest).toEqual(expect.arrayContaining(['Cups', 'Pots']));
		});

		test.each([
			['no group', { tag: [{ name: 'a' }] }, 40063],
			['no tags', { group_name: 'New', tag: [] }, 41018],
			['no tag field', { group_name: 'New' }, 41018],
			['an empty name', { group_name: 'New', tag: [{ name: '' }] }, 41018],
			['a long name', { group_name: 'New', tag: [{ name: '长'.repeat(31) }] }, 40072],
			['a long group name', { group_name: 'x'.repeat(31), tag: [{ name: 'a' }] }, 40072],
			['a name that exists', { group_name: 'Level', tag: [{ name: 'Gold' }] }, 40071],
			['an unknown group', { group_id: 'et1', tag: [{ name: 'a' }] }, 40068],
			['a negative order', { group_name: 'New', order: -1, tag: [{ name: 'a' }] }, 40058],
			['an order of 2^32', { group_name: 'New', tag: [{ name: 'a', order: 2 ** 32 }] }, 40058],
		])('%s is refused', async (_name, body, errcode) => {
			expect(await call('add_corp_tag', body)).toMatchObject({ errcode });
			expect(Object.keys(await names())).toEqual(['Level', 'Interest', 'Consent']);
		});

		test('30 characters fit; the corp may have 10,000 tags', async () => {
			const many = Array.from({ length: 9992 }, (_, number) => ({ name: `Tag ${number}` }));
			await call('add_corp_tag', { group_name: '长'.repeat(30), tag: many });
			const one = (name: string) => call('add_corp_tag', { group_name: 'Last', tag: [{ name }] });
			expect(await one('长'.repeat(30))).toMatchObject({ errcode: 0 });
			expect(await one('too many')).toMatchObject({ errcode: 40126 });
		});
	});

	describe('edit_corp_tag and del_corp_tag', () => {
		test('rename and reorder a tag and a group of one’s own', async () => {
			await call('edit_corp_tag', { id: tagId(corp, 'Bronze'), name: 'Copper', order: 5 });
			await call('edit_corp_tag', { id: groupId('Level'), name: 'Rank' });
			expect(await names()).toMatchObject({ Rank: ['Copper', 'Gold', 'Silver'] });
		});

		test('refusals', async () => {
			const edit = async (body: object) => (await call('edit_corp_tag', body)).errcode;
			const gold = tagId(corp, 'Gold');
			expect(await edit({ name: 'x' })).toBe(41017);
			expect(await edit({ id: gold })).toBe(40063);
			expect(await edit({ id: 'et1', name: 'x' })).toBe(40068);
			expect(await edit({ id: gold, name: 'Silver' })).toBe(40071);
			expect(await edit({ id: gold, name: 'Gold' })).toBe(0);
			expect(await edit({ id: groupId('Level'), name: 'Interest' })).toBe(40071);
			expect(await edit({ id: gold, name: 'x'.repeat(31) })).toBe(40072);
			expect(await edit({ id: tagId(corp, 'Oolong'), name: 'x' })).toBe(81011);
			client.app.kind = 'system';
			expect(await edit({ id: tagId(corp, 'Oolong'), name: 'x' })).toBe(0);
		});

		test('a group disappears with its last tag, and a tag from its customers', async () => {
			const [id] = customersOf(corp, 'lin', 1) as [string];
			const gold = tagId(corp, 'Gold');
			expect(corp.relation('lin', id)?.tagIds).toContain(gold);
			const rest = [tagId(corp, 'Silver'), tagId(corp, 'Bronze')];
			expect(await call('del_corp_tag', { tag_id: [gold, ...rest] })).toEqual({
				errcode: 0,
				errmsg: 'ok',
			});
			expect(Object.keys(await names())).toEqual(['Interest', 'Consent']);
			const { external_contact_list: rows } = await call('batch/get_by_user', {
				userid_list: ['lin'],
			});
			expect(rows[0].follow_info.tag_id).toEqual([tagId(corp, 'Green tea')]);
		});

		test('a whole group', async () => {
			await call('del_corp_tag', { group_id: [groupId('Level')] });
			expect(Object.keys(await names())).toEqual(['Interest', 'Consent']);
			expect(await call('del_corp_tag', { group_id: [groupId('Level')] })).toMatchObject({
				errcode: 40068,
			});
		});

		test('nothing goes when one ID is refused', async () => {
			const mine = tagId(corp, 'Gold');
			const theirs = tagId(corp, 'Oolong');
			const del = async (body: object) => (await call('del_corp_tag', body)).errcode;
			expect(await del({})).toBe(41017);
			expect(await del({ tag_id: [], group_id: [] })).toBe(41017);
			expect(await del({ tag_id: [mine, 'et1'] })).toBe(40068);
			expect(await del({ tag_id: [mine, theirs] })).toBe(81011);
			expect(await del({ tag_id: [mine], group_id: [groupId('Interest')] })).toBe(81011);
			expect((await names()).Level).toContain('Gold');
		});
	});

	test('A71: strategy tags are not in the library, and mark_tag refuses them', async () => {
		const north = corp.addStrategyTag('Region', 'North');
		expect(JSON.stringify(await call('get_corp_tag_list'))).not.toContain('North');
		const [id] = customersOf(corp, 'lin', 1);
		expect(
			await call('mark_tag', { userid: 'lin', external_userid: id, add_tag: [north.tagId] }),
		).toMatchObject({ errcode: 40068 });
	});

	describe('mark_tag', () => {
		let id: string;
		beforeEach(() => {
			[id] = customersOf(corp, 'lin', 1) as [string];
		});
		const mark = async (body: object): Promise<Body> =>
			await call('mark_tag', { userid: 'lin', external_userid: id, ...body });

		test('adds and removes for this pair alone', async () => {
			const [gold, silver] = [tagId(corp, 'Gold'), tagId(corp, 'Silver')];
			const response = await mark({ add_tag: [silver], remove_tag: [gold] });
			expect(response).toEqual({ errcode: 0, errmsg: 'ok' });
			expect(corp.relation('lin', id)?.tagIds).toEqual([tagId(corp, 'Green tea'), silver]);
			expect(corp.relation('wei', id)?.tagIds).toEqual([gold]);
		});

		test('refusals', async () => {
			const add = { add_tag: [tagId(corp, 'Gold')] };
			expect(await mark({})).toMatchObject({ errcode: 41017 });
			expect(await mark({ add_tag: [], remove_tag: [] })).toMatchObject({ errcode: 41017 });
			expect(await mark({ add_tag: ['et1'] })).toMatchObject({ errcode: 40068 });
			expect(await mark({ ...add, userid: 'nobody' })).toMatchObject({ errcode: 84061 });
			expect(await mark({ ...add, userid: 'chen' })).toMatchObject({ errcode: 84061 });
			expect(await mark({ ...add, external_userid: 'wm1' })).toMatchObject({ errcode: 40096 });
			expect(await mark({ ...add, external_userid: '' })).toMatchObject({ errcode: 41035 });
		});

		test('45035 when one pair is changed twice at the same time, not for two pairs', async () => {
			sandbox.world.settings.markTagMilliseconds = 1_000;
			await client.signIn();
			const [, other] = customersOf(corp, 'lin', 2) as [string, string];
			const add_tag = [tagId(corp, 'Bronze')];
			const responses = await Promise.all([
				mark({ add_tag }),
				mark({ add_tag }),
				mark({ add_tag, external_userid: other }),
			]);
			const codes = responses.map((response) => response.errcode as number);
			expect(codes.slice(0, 2).sort()).toEqual([0, 45035]);
			expect(codes[2]).toBe(0);
			sandbox.world.settings.markTagMilliseconds = 0;
			expect(await mark({ add_tag })).toMatchObject({ errcode: 0 });
		});
	});
});
