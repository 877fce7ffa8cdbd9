import type { Corp, Sandbox } from '../index';
import { startSandbox } from '../index';
import type { Body } from '../testClient';
import { addMedia, chatId, customersOf, TestClient, useSandbox } from '../testClient';

const NOW = Date.parse('2026-03-10T04:00:00Z') / 1000;

describe('get_groupmsg_list_v2 (doc 93338)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({ startAt: NOW, frozen: true }, (fresh) => ({ sandbox, client, corp } = fresh));

	const create = async (body: object = {}): Promise<string> =>
		(
			await client.contact('add_msg_template', {
				sender: 'lin',
				text: { content: 'Hi' },
				...body,
			})
		).msgid;
	const range = { start_time: NOW - 3600, end_time: NOW + 3600 };
	const list = async (body: object = {}): Promise<Body> =>
		await client.contact('get_groupmsg_list_v2', { chat_type: 'single', ...range, ...body });
	const ids = async (body: object = {}): Promise<string[]> =>
		(await list(body)).group_msg_list.map((row: Body) => row.msgid);

	test('a task created by API has no creator; a link comes back with all its fields', async () => {
		const msgid = await create({
			attachments: [{ msgtype: 'link', link: { title: 'Guide', url: 'https://example.com/g' } }],
		});
		expect(await list()).toEqual({
			errcode: 0,
			errmsg: 'ok',
			next_cursor: '',
			group_msg_list: [
				{
					msgid,
					create_time: NOW,
					create_type: 0,
					text: { content: 'Hi' },
					attachments: [
						{
							msgtype: 'link',
							link: { title: 'Guide', picurl: '', desc: '', url: 'https://example.com/g' },
						},
					],
				},
			],
		});
	});

	test('filters: chat type, creator, kind, time', async () => {
		const single = await create();
		const group = await create({ chat_type: 'group', chat_id_list: [chatId(corp, 'Cake lovers')] });
		const personal = sandbox.world.addPersonalMessage('wei', customersOf(corp, 'wei', 1), 'Hey');
		expect(await ids()).toEqual([personal.msgid, single]);
		expect(await ids({ chat_type: 'group' })).toEqual([group]);
		expect(await ids({ filter_type: 0 })).toEqual([single]);
		expect(await ids({ filter_type: 1 })).toEqual([personal.msgid]);
		expect(await ids({ creator: 'wei' })).toEqual([personal.msgid]);
		expect(await ids({ start_time: NOW, end_time: NOW })).toHaveLength(2);
		expect(await ids({ start_time: NOW + 1 })).toEqual([]);
		expect(await ids({ end_time: NOW - 1 })).toEqual([]);
	});

	test('personal messages of members outside the visible range are not listed', async () => {
		sandbox.world.addPersonalMessage('wei', customersOf(corp, 'wei', 1), 'Hey');
		client.app.visibleMembers = ['lin'];
		expect(await ids()).toEqual([]);
	});

	test.each([
		['no chat_type', { chat_type: undefined }, 40063],
		['unknown chat_type', { chat_type: 'both' }, 40058],
		['no start_time', { start_time: undefined }, 40063],
		['time as a string', { end_time: String(NOW) }, 40058],
		['end before start', { start_time: NOW, end_time: NOW - 1 }, 600018],
		['more than a month', { start_time: NOW - 31 * 86_400 - 1, end_time: NOW }, 600018],
		['unknown filter_type', { filter_type: 3 }, 40058],
	])('%s is refused', async (_name, body, errcode) => {
		expect(await list(body)).toMatchObject({ errcode, group_msg_list: [] });
	});

	test('A5: how long a month is can be set', async () => {
		const body = { start_time: NOW - 30 * 86_400, end_time: NOW };
		expect(await list(body)).toMatchObject({ errcode: 0 });
		sandbox.world.settings.listSpanDays = 28;
		expect(await list(body)).toMatchObject({ errcode: 600018 });
	});

	test('pages: default 50, at most 100, above that the default; new tasks move nothing', async () => {
		const all: string[] = [];
		for (let number = 0; number < 120; number++) all.unshift(await create());
		expect(await ids()).toHaveLength(50);
		expect(await ids({ limit: 101 })).toHaveLength(50);
		const first = await list({ limit: 100 });
		await create();
		const second = await list({ limit: 100, cursor: first.next_cursor });
		const seen = [...first.group_msg_list, ...second.group_msg_list].map((row: Body) => row.msgid);
		expect(seen).toEqual(all);
		expect(second.next_cursor).toBe('');
		expect(await list({ filter_type: 0, cursor: first.next_cursor })).toMatchObject({
			errcode: 40058,
		});
	});

	test('A4: oldest first', async () => {
		sandbox.world.settings.listOrder = 'oldest_first';
		const made = [await create(), await create(), await create()];
		const first = await list({ limit: 2 });
		expect(first.group_msg_list.map((row: Body) => row.msgid)).toEqual(made.slice(0, 2));
		expect(await ids({ limit: 2, cursor: first.next_cursor })).toEqual(made.slice(2));
	});

	test('A6: a full last page may carry a cursor', async () => {
		sandbox.world.settings.lastPageCursor = 'present';
		await create();
		const { next_cursor: cursor } = await list({ limit: 1 });
		expect(cursor).not.toBe('');
		expect(await list({ limit: 1, cursor })).toMatchObject({ group_msg_list: [], next_cursor: '' });
	});

	test('A2: a new task may be missing for a while', async () => {
		sandbox.world.settings.listDelaySeconds = 10;
		const msgid = await create();
		expect(await ids()).toEqual([]);
		sandbox.clock.advance(10);
		expect(await ids()).toEqual([msgid]);
	});

	test('A77: creators in the same second: every list has the same order, and no two IDs are equal', async () => {
		const rival = new TestClient(sandbox);
		await Promise.all([client.signIn(), rival.signIn()]);
		const body = { sender: 'lin', text: { content: 'Hi' } };
		const made = await Promise.all(
			Array.from({ length: 20 }, async (_, number) => {
				const creator = number % 2 === 0 ? client : rival;
				const { msgid } = await creator.contact('add_msg_template', body);
				const found = await ids();
				expect(found).toContain(msgid);
				return { msgid: msgid as string, found };
			}),
		);
		const final = await ids();
		expect(new Set(final)).toEqual(new Set(made.map(({ msgid }) => msgid)));
		expect(final).toHaveLength(20);
		expect(new Set((await list()).group_msg_list.map((row: Body) => row.create_time))).toEqual(
			new Set([NOW]),
		);
		// What each creator saw meanwhile is the end of what there is now.
		for (const { found } of made) expect(final.slice(-found.length)).toEqual(found);
		// All IDs have one length, so "the smaller one" is the same for every way to compare them.
		expect(new Set(final.map((id) => id.length)).size).toBe(1);
	});

	test('A77: a later ID may be the smaller one', async () => {
		const made = [];
		for (let number = 0; number < 10; number++) made.push(await create());
		expect([...made].sort()).not.toEqual(made);
		expect([...made].sort().reverse()).not.toEqual(made);
		const again = await startSandbox({ startAt: NOW });
		const other = new TestClient(again);
		const body = { sender: 'lin', text: { content: 'Hi' } };
		expect((await other.contact('add_msg_template', body)).msgid).toBe(made[0]);
		await again.stop();
	});

	test('A8: create_time as a string', async () => {
		sandbox.world.settings.createTimeAsString = true;
		await create();
		expect((await list()).group_msg_list[0].create_time).toBe(String(NOW));
	});

	test('A3: media IDs come back the same, changed or not at all', async () => {
		addMedia(sandbox, 'image', { mediaId: 'MID1' });
		const image = { media_id: 'MID1', pic_url: 'https://pictures.example/1' };
		await create({ attachments: [{ msgtype: 'image', image }] });
		const shown = async () => (await list()).group_msg_list[0].attachments[0].image;
		// Never both: media_id is preferred (doc 93338).
		expect(await shown()).toEqual({ media_id: 'MID1' });
		sandbox.world.settings.listMediaIds = 'changed';
		const changed = await shown();
		expect(changed.media_id).toMatch(/^[\w-]+$/);
		expect(changed.media_id).not.toBe('MID1');
		sandbox.world.settings.listMediaIds = 'dropped';
		expect(await shown()).toEqual({});
	});
});
