import type { Corp } from '../index';
import type { Body, TestClient } from '../testClient';
import { chatId, customersOf, useSandbox } from '../testClient';

describe('customer groups (docs 92120 and 92122)', () => {
	let client: TestClient;
	let corp: Corp;
	useSandbox({}, (fresh) => ({ client, corp } = fresh));

	const list = async (body: object = {}): Promise<Body> =>
		await client.contact('groupchat/list', { limit: 100, ...body });
	const get = async (body: object): Promise<Body> => await client.contact('groupchat/get', body);
	const owned = (...userids: string[]) => ({ owner_filter: { userid_list: userids } });

	test('list in pages, by owner, by status', async () => {
		const all = ['Tea tasting club', 'Cake lovers', 'Weekend events'].map((n) => chatId(corp, n));
		const first = await list({ limit: 2 });
		expect(first.group_chat_list).toEqual(
			all.slice(0, 2).map((chat_id) => ({ chat_id, status: 0 })),
		);
		const second = await list({ limit: 2, cursor: first.next_cursor });
		expect(second).toMatchObject({ group_chat_list: [{ chat_id: all[2] }], next_cursor: '' });
		expect((await list(owned('wei'))).group_chat_list).toEqual([{ chat_id: all[2], status: 0 }]);
		expect((await list(owned('chen'))).group_chat_list).toEqual([]);
		const group = corp.groups.get(all[1] ?? '');
		if (group) group.status = 2;
		expect((await list({ status_filter: 2 })).group_chat_list).toEqual([
			{ chat_id: all[1], status: 2 },
		]);
	});

	test('groups of an owner who left come only when asked for by owner', async () => {
		corp.members.delete('wei');
		expect((await list()).group_chat_list).toHaveLength(2);
		expect((await list(owned('wei'))).group_chat_list).toHaveLength(1);
	});

	test('groups of owners outside the visible range do not come', async () => {
		client.app.visibleMembers = ['wei'];
		expect((await list()).group_chat_list).toHaveLength(1);
		expect(await get({ chat_id: chatId(corp, 'Cake lovers') })).toMatchObject({ errcode: 40050 });
	});

	test.each([
		['no limit', { limit: undefined }, 40058],
		['limit 0', { limit: 0 }, 40058],
		['limit 1001', { limit: 1001 }, 40058],
		['a bad status', { status_filter: 4 }, 40058],
		['101 owners', owned(...Array<string>(101).fill('lin')), 40058],
		['a foreign cursor', { cursor: 'x' }, 40058],
	])('%s is refused', async (_name, body, errcode) => {
		expect(await list(body)).toMatchObject({ errcode, group_chat_list: [] });
	});

	test('a bad status says so', async () => {
		expect((await list({ status_filter: -1 })).errmsg).toMatch(/^status_filter invalid, /);
	});

	test('more than 1,000 visible members need an owner filter', async () => {
		for (let number = 0; number < 1000; number++) corp.addMember(`extra${number}`);
		expect(await list()).toMatchObject({ errcode: 81017 });
		expect(await list(owned('lin'))).toMatchObject({ errcode: 0 });
	});

	test('get, with and without names', async () => {
		const id = chatId(corp, 'Cake lovers');
		const { group_chat: plain } = await get({ chat_id: id });
		expect(plain).toEqual({
			chat_id: id,
			name: 'Cake lovers',
			owner: 'lin',
			create_time: expect.any(Number),
			notice: 'Welcome to Cake lovers!',
			member_list: expect.any(Array),
			admin_list: [],
			member_version: expect.stringMatching(/^[0-9a-f]{32}$/),
		});
		expect(plain.member_list).toHaveLength(7);
		expect(plain.member_list[0]).toEqual({
			userid: 'lin',
			type: 1,
			join_time: plain.create_time,
			join_scene: 1,
			group_nickname: '',
		});
		const [, , , , , , seventh, eighth] = customersOf(corp, 'lin');
		const { group_chat: named } = await get({ chat_id: id, need_name: 1 });
		expect(named.member_list[1]).toMatchObject({
			userid: seventh,
			type: 2,
			name: 'Grace Zheng',
			join_scene: 3,
			state: 'spring-expo',
			unionid: expect.any(String),
		});
		expect(named.member_list[2]).toMatchObject({ userid: eighth, invitor: { userid: 'lin' } });
	});

	test('get: refusals', async () => {
		expect(await get({})).toMatchObject({ errcode: 86003 });
		expect(await get({ chat_id: 'wr1' })).toMatchObject({ errcode: 40050 });
		expect(await get({ chat_id: 'wr1', need_name: 2 })).toMatchObject({ errcode: 40058 });
	});
});
