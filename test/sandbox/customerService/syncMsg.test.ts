import type { Receiver } from '../callbacks/receiver';
import { decrypt, nodeOf, startReceiver } from '../callbacks/receiver';
import { CALLABLE_AGENT_ID } from '../index';
import type { Body } from '../testClient';
import type { Desk } from './testDesk';
import { useDesk } from './testDesk';
import type { Written } from './written';

let desk: Desk;
const open = useDesk((fresh) => (desk = fresh));

const texts = ({ msg_list: rows }: Body): string[] =>
	rows.map((row: Body) => row.text?.content as string);

describe('sync_msg (doc 94670)', () => {
	test('a message names account and customer beside its content', async () => {
		const msgid = desk.write('Prices');
		const { next_cursor, ...answer } = await desk.read();
		expect(answer).toEqual({
			...{ errcode: 0, errmsg: 'ok', has_more: 0 },
			msg_list: [
				{
					...{ msgid, ...desk.pair, send_time: desk.sandbox.clock.now(), origin: 3 },
					...{ msgtype: 'text', text: { content: 'Prices' } },
				},
			],
		});
		expect(next_cursor.length).toBeLessThanOrEqual(64);
	});

	test('the cursor goes on where the page ended, and waits at the end', async () => {
		for (let number = 1; number <= 5; number++) desk.write(`Message ${number}`);
		const first = await desk.read(undefined, { limit: 2 });
		expect([texts(first), first.has_more]).toEqual([['Message 1', 'Message 2'], 1]);
		const second = await desk.read(first.next_cursor);
		expect([texts(second).length, second.has_more]).toEqual([3, 0]);
		const third = await desk.read(second.next_cursor);
		expect([third.msg_list, third.has_more]).toEqual([[], 0]);
		desk.write('Message 6');
		expect(texts(await desk.read(third.next_cursor))).toEqual(['Message 6']);
		// The same cursor reads the same again.
		expect(texts(await desk.read(first.next_cursor))[0]).toBe('Message 3');
	});

	test('3 days are kept, also for an older cursor', async () => {
		const { next_cursor: cursor } = await desk.read();
		desk.write('Old');
		desk.sandbox.clock.advance(1);
		desk.write('New');
		desk.sandbox.clock.advance(3 * 86_400 - 1);
		expect(texts(await desk.read())).toEqual(['New']);
		expect(texts(await desk.read(cursor))).toEqual(['New']);
		desk.sandbox.clock.advance(1);
		expect((await desk.read(cursor)).msg_list).toEqual([]);
	});

	test.each([
		[{ open_kfid: '' }, 95000],
		[{ open_kfid: 'wkMadeUp' }, 95004],
		[{ limit: 1001 }, 40058],
		[{ voice_format: 2 }, 40058],
		[{ cursor: 'made-up' }, 40058],
		[{ cursor: 'x'.repeat(65) }, 40058],
		[{ token: 'made-up' }, 95007],
	])('%j: %d', async (wrong, errcode) => {
		expect(await desk.read(undefined, wrong)).toMatchObject({ errcode, msg_list: [] });
	});

	test('a cursor belongs to its account', async () => {
		const { next_cursor: cursor } = await desk.read();
		const { openKfId: open_kfid } = desk.service.addAccount('Second');
		expect(await desk.kf('sync_msg', { open_kfid, cursor })).toMatchObject({ errcode: 40058 });
	});

	test('a token is good for its account and 10 minutes; without one calls are few', async () => {
		await open({ kfSyncsPerMinuteWithoutToken: 2 });
		const token = desk.service.issueToken(desk.pair.open_kfid);
		const { openKfId } = desk.service.addAccount('Second');
		const withToken = async (open_kfid = desk.pair.open_kfid) =>
			(await desk.kf('sync_msg', { open_kfid, token })).errcode;
		const without = async () => (await desk.read()).errcode;
		expect(await withToken(openKfId)).toBe(95007);
		desk.sandbox.clock.advance(599);
		for (let call = 0; call < 5; call++) expect(await withToken()).toBe(0);
		expect([await without(), await without(), await without()]).toEqual([0, 0, 45009]);
		desk.sandbox.clock.advance(1);
		expect(await withToken()).toBe(95007);
		desk.sandbox.clock.advance(60);
		expect(await without()).toBe(0);
	});

	test('pages may be short, empty, or begin with the last row again', async () => {
		await open({ kfPageRows: 2, kfEmptyPages: true, repeatRowsAtPageBorder: true });
		for (let number = 1; number <= 3; number++) desk.write(`Message ${number}`);
		const seen: string[][] = [];
		let page = await desk.read();
		seen.push(texts(page));
		while (page.has_more) {
			page = await desk.read(page.next_cursor);
			seen.push(texts(page));
		}
		expect(seen).toEqual([[], ['Message 1', 'Message 2'], [], ['Message 2', 'Message 3']]);
	});
});

test('the fault of endless pages says that there is more', async () => {
	desk.write();
	const path = '/cgi-bin/kf/sync_msg';
	desk.sandbox.faults.add({ path, fault: { kind: 'endlessPages' } });
	const { msg_list, has_more, next_cursor } = await desk.read();
	expect([msg_list, has_more, next_cursor]).toEqual([[], 1, expect.any(String)]);
	expect(await desk.read(next_cursor)).toMatchObject({ errcode: 0, has_more: 1 });
});

test('a page that never came can be read again: only the caller moves the cursor', async () => {
	const { next_cursor } = await desk.read();
	desk.write('Once');
	desk.sandbox.faults.add({
		path: '/cgi-bin/kf/sync_msg',
		times: 1,
		fault: { kind: 'errcode', errcode: -1, after: true },
	});
	expect(await desk.read(next_cursor)).toMatchObject({ errcode: -1 });
	expect(texts(await desk.read(next_cursor))).toEqual(['Once']);
});

describe('what customers write', () => {
	const content = async (written: Written, more = {}): Promise<Body> => {
		desk.service.write(desk.pair.open_kfid, desk.pair.external_userid, written);
		const row = (await desk.read(undefined, more)).msg_list.at(-1);
		return row[row.msgtype];
	};
	const download = async (media_id: string) =>
		await desk.client.raw('GET', '/cgi-bin/media/get', {
			query: { access_token: await desk.client.signIn(), media_id },
		});

	test.each([
		['image', 'image/png'],
		['video', 'video/mp4'],
		['file', 'application/octet-stream'],
	] as const)('%s: media to download for 3 days', async (msgtype, type) => {
		const { media_id } = await content({ msgtype } as Written);
		const { status, headers } = await download(media_id);
		expect([status, headers['content-type']]).toEqual([200, type]);
		desk.sandbox.clock.advance(3 * 86_400);
		expect((await download(media_id)).data).toMatchObject({ errcode: 40007 });
	});

	test('voice: AMR, or Silk when asked for', async () => {
		const amr = await content({ msgtype: 'voice', voice: {} });
		expect((await download(amr.media_id)).data).toMatch(/^#!AMR/);
		const [row] = (await desk.read(undefined, { voice_format: 1 })).msg_list;
		expect((await download(row.voice.media_id)).data).toContain('#!SILK_V3');
	});

	test('own files keep name and bytes', async () => {
		const file = { name: 'order.txt', content: Buffer.from('3 × oolong').toString('base64') };
		const { media_id } = await content({ msgtype: 'file', file });
		const { data, headers } = await download(media_id);
		expect([data, headers['content-disposition']]).toEqual([
			'3 × oolong',
			expect.stringContaining('order.txt'),
		]);
	});

	const place = { latitude: 23.1, longitude: 113.3, name: 'Shop', address: 'Road 1' };
	const link = { title: 'Guide', desc: 'How to', url: 'https://example.com', pic_url: '' };
	const shop = { shop_nickname: 'Tea', title: 'Oolong' };
	test.each<[Written, object]>([
		[{ msgtype: 'location', location: place }, place],
		[{ msgtype: 'link', link }, link],
		[{ msgtype: 'business_card', business_card: { userid: 'lin' } }, { userid: 'lin' }],
		[
			{ msgtype: 'miniprogram', miniprogram: { title: 'Shop', appid: 'wx1', pagepath: 'a.html' } },
			{ title: 'Shop', appid: 'wx1', thumb_media_id: expect.any(String) },
		],
		[
			{ msgtype: 'channels_shop_product', channels_shop_product: { product_id: '1', ...shop } },
			{ product_id: '1', ...shop },
		],
		[
			{ msgtype: 'channels_shop_order', channels_shop_order: { order_id: '7', state: 'paid' } },
			{ order_id: '7', state: 'paid' },
		],
		[
			{ msgtype: 'channels', channels: { sub_type: 1, nickname: 'Tea TV', title: 'Harvest' } },
			{ sub_type: 1, nickname: 'Tea TV', title: 'Harvest' },
		],
		[{ msgtype: 'note' }, {}],
		[{ msgtype: 'unknown', unknown: { odd: 1 } }, { odd: 1 }],
	])('%j', async (written, expected) => {
		expect(await content(written)).toMatchObject(expected);
	});

	test('merged_msg holds its messages as JSON texts', async () => {
		const inner = { msgtype: 'text', text: { content: 'Hi' } };
		const item = { send_time: 1_773_000_000, msgtype: 'text', sender_name: 'Amy' };
		const merged_msg = { title: 'Chat history', item: [{ ...item, content: inner }] };
		expect(await content({ msgtype: 'merged_msg', merged_msg })).toEqual({
			title: 'Chat history',
			item: [{ ...item, msg_content: JSON.stringify(inner) }],
		});
	});

	test('a click on a menu is its text, with the ID of the item', async () => {
		desk.write();
		const list = [{ type: 'click', click: { id: 'm_price', content: 'Prices' } }];
		const { msgid } = await desk.send({ msgtype: 'msgmenu', msgmenu: { list } });
		const { open_kfid, external_userid } = desk.pair;
		desk.service.clickMenu(open_kfid, external_userid, msgid, 'm_price');
		expect((await desk.read()).msg_list.at(-1)).toMatchObject({
			...{ origin: 3, msgtype: 'text', text: { content: 'Prices', menu_id: 'm_price' } },
		});
		expect(() => desk.service.clickMenu(open_kfid, external_userid, msgid, 'other')).toThrow();
	});
});

describe('events', () => {
	const events = async (): Promise<Body[]> =>
		(await desk.read()).msg_list
			.filter((row: Body) => row.origin === 4)
			.map((row: Body) => {
				expect(Object.keys(row)).toEqual(['msgid', 'send_time', 'origin', 'msgtype', 'event']);
				return row.event;
			});

	test('enter_session: a welcome code after 48 silent hours only', async () => {
		const { open_kfid, external_userid } = desk.pair;
		const enter = () => desk.service.enter(open_kfid, external_userid, { scene: 'expo' });
		const code = enter();
		expect(await events()).toEqual([
			{ event_type: 'enter_session', ...desk.pair, scene: 'expo', welcome_code: code },
		]);
		desk.write();
		expect(enter()).toBeUndefined();
		expect((await events())[1]).not.toHaveProperty('welcome_code');
		desk.sandbox.clock.advance(48 * 3600);
		const second = enter();
		const text = { msgtype: 'text', text: { content: 'Welcome' } };
		expect(await desk.kf('send_msg_on_event', { code: second, ...text })).toMatchObject({
			errcode: 0,
		});
		expect(enter()).toBeUndefined();
	});

	test('recalls and rejections', async () => {
		const { open_kfid, external_userid } = desk.pair;
		const msgid = desk.write();
		desk.service.recall(open_kfid, msgid);
		desk.service.servicers.setRejected(open_kfid, external_userid, 'lin', true);
		expect(await events()).toEqual([
			{ event_type: 'user_recall_msg', ...desk.pair, recall_msgid: msgid },
			{
				...{ event_type: 'reject_customer_msg_switch_change', servicer_userid: 'lin' },
				...{ ...desk.pair, reject_switch: 1 },
			},
		]);
		expect(desk.service.write(open_kfid, external_userid, 'Hello?')).toBeUndefined();
		expect((await desk.read()).msg_list).toHaveLength(3);
	});

	test('a human takes, writes, recalls, transfers, ends and reopens', async () => {
		const { open_kfid, external_userid } = desk.pair;
		const { servicers } = desk.service;
		desk.write();
		await desk.kf('service_state/trans', { ...desk.pair, service_state: 2 });
		servicers.take(open_kfid, external_userid, 'lin');
		const msgid = servicers.write(open_kfid, external_userid, 'lin', 'Hello, Lin here');
		desk.service.recall(open_kfid, msgid);
		servicers.transfer(open_kfid, external_userid, 'wei');
		servicers.end(open_kfid, external_userid);
		servicers.reopen(open_kfid, external_userid, 'lin');
		const row = (await desk.read()).msg_list.find((each: Body) => each.origin === 5);
		expect(row).toMatchObject({ msgid, ...desk.pair, servicer_userid: 'lin', msgtype: 'text' });
		const changed = { event_type: 'session_status_change', ...desk.pair };
		const msg_code = expect.any(String);
		expect(await events()).toEqual([
			{ ...changed, change_type: 1, new_servicer_userid: 'lin', msg_code },
			expect.objectContaining({ event_type: 'servicer_recall_msg', recall_msgid: msgid }),
			{
				...changed,
				...{ change_type: 2, old_servicer_userid: 'lin', new_servicer_userid: 'wei' },
			},
			{ ...changed, change_type: 3, old_servicer_userid: 'wei', msg_code },
			{
				...changed,
				...{ change_type: 4, old_servicer_userid: 'wei', new_servicer_userid: 'lin' },
			},
		]);
		expect(() => servicers.write(open_kfid, external_userid, 'wei', 'Hi')).toThrow('served by lin');
		expect(() => servicers.take(open_kfid, external_userid, 'lin')).toThrow('state 3');
	});
});

describe('the bell', () => {
	let receiver: Receiver;
	beforeEach(async () => {
		receiver = await startReceiver();
		desk.sandbox.world.callbacks.setTarget(receiver.target);
	});
	afterEach(() => receiver.stop());

	const rung = (): string[] =>
		receiver.received.map(({ body }) => {
			const encrypted = nodeOf(body, 'Encrypt') ?? '';
			return decrypt(receiver.target.encodingAesKey, encrypted).message;
		});

	test('names the account and brings a token, nothing else', async () => {
		desk.write('Secret order');
		await desk.service.bell.silence();
		const [xml = ''] = rung();
		const names = [...xml.matchAll(/<(\w+)>/g)].map(([, name]) => name);
		const common = ['xml', 'ToUserName', 'CreateTime', 'MsgType', 'Event'];
		expect(names).toEqual([...common, 'Token', 'OpenKfId']);
		expect(nodeOf(xml, 'Event')).toBe('kf_msg_or_event');
		expect(nodeOf(xml, 'OpenKfId')).toBe(desk.pair.open_kfid);
		const token = nodeOf(xml, 'Token');
		expect(texts(await desk.read(undefined, { token }))).toEqual(['Secret order']);
	});

	test.each([
		['each', 5],
		['collapsed', 2],
		['none', 0],
	] as const)('%s: five messages at once ring %d times', async (kfBell, times) => {
		desk.sandbox.world.settings.kfBell = kfBell;
		for (let number = 1; number <= 5; number++) desk.write();
		await desk.service.bell.silence();
		expect(rung()).toHaveLength(times);
		expect((await desk.read()).msg_list).toHaveLength(5);
	});

	test('only for accounts that the app manages; a change of that is told too', async () => {
		const { open_kfid } = desk.pair;
		desk.service.setManaged(open_kfid, CALLABLE_AGENT_ID, false);
		desk.write();
		await desk.service.bell.silence();
		desk.service.setManaged(open_kfid, CALLABLE_AGENT_ID, true);
		await desk.service.bell.silence();
		const told = rung().map((xml) => [
			...[nodeOf(xml, 'Event'), nodeOf(xml, 'FromUserName')],
			...[nodeOf(xml, 'AuthDelOpenKfId'), nodeOf(xml, 'AuthAddOpenKfId')],
		]);
		expect(told).toEqual([
			['kf_account_auth_change', undefined, open_kfid, undefined],
			['kf_account_auth_change', undefined, undefined, open_kfid],
		]);
		expect((await desk.read()).msg_list).toHaveLength(1);
	});

	test('what an app sends rings for nobody', async () => {
		desk.write();
		await desk.send();
		await desk.service.bell.silence();
		expect(rung()).toHaveLength(1);
	});

	test('a bell that nobody hears is lost after four attempts, the message is not', async () => {
		receiver.respond = (_request, response) => void response.status(500).end();
		desk.write();
		await desk.service.bell.silence();
		expect(receiver.received).toHaveLength(4);
		expect((await desk.read()).msg_list).toHaveLength(1);
	});
});
