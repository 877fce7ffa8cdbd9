import type { Desk } from './testDesk';
import { useDesk } from './testDesk';

let desk: Desk;
const open = useDesk((fresh) => (desk = fresh));

const received = () => {
	const { open_kfid, external_userid } = desk.pair;
	return desk.service
		.chat(open_kfid, external_userid)
		.entries.filter(({ from, failType }) => from === 'app' && failType === undefined);
};
const state = async () => (await desk.kf('service_state/get', desk.pair)).service_state;
const trans = async (service_state: number, servicer_userid?: string) =>
	await desk.kf('service_state/trans', { ...desk.pair, service_state, servicer_userid });
const lastEvent = async () => (await desk.read()).msg_list.at(-1).event;

describe('send_msg (doc 94677)', () => {
	test('sends under its own msgid, or one that WeCom makes', async () => {
		desk.write();
		expect(await desk.send({ msgid: 'wf1_17' })).toEqual({
			...{ errcode: 0, errmsg: 'ok', msgid: 'wf1_17' },
		});
		const { msgid } = await desk.send();
		expect(msgid).toMatch(/^[\w-]{1,32}$/);
		expect(received()).toMatchObject([
			{ msgid: 'wf1_17', msgtype: 'text', content: { content: 'Hi' } },
			{ msgid },
		]);
		// sync_msg has only what people and the system did.
		expect((await desk.read()).msg_list).toHaveLength(1);
	});

	test('5 replies to a customer’s message, then 95001 until the next one', async () => {
		desk.write();
		for (let reply = 1; reply <= 5; reply++)
			expect(await desk.send()).toMatchObject({ errcode: 0 });
		expect(await desk.send()).toMatchObject({ errcode: 95001 });
		expect(received()).toHaveLength(5);
		desk.write();
		expect(await desk.send()).toMatchObject({ errcode: 0 });
	});

	test('within 48 hours, then 95002', async () => {
		desk.write();
		desk.sandbox.clock.advance(48 * 3600 - 1);
		expect(await desk.send()).toMatchObject({ errcode: 0 });
		desk.sandbox.clock.advance(1);
		expect(await desk.send()).toMatchObject({ errcode: 95002 });
	});

	test('limits under another code, or told afterwards', async () => {
		desk.sandbox.world.settings.kfOverLimit = 'refused_95026';
		desk.write();
		for (let reply = 1; reply <= 5; reply++) await desk.send();
		expect(await desk.send()).toMatchObject({ errcode: 95026 });
		desk.sandbox.world.settings.kfOverLimit = 'fails';
		const { errcode, msgid } = await desk.send();
		expect(errcode).toBe(0);
		expect(await lastEvent()).toEqual({
			...{ event_type: 'msg_send_fail', ...desk.pair, fail_msgid: msgid, fail_type: 6 },
		});
		desk.sandbox.clock.advance(48 * 3600);
		await desk.send();
		expect(await lastEvent()).toMatchObject({ fail_type: 4 });
		expect(received()).toHaveLength(5);
	});

	test('a menu click restores the five, or not', async () => {
		const { open_kfid, external_userid } = desk.pair;
		const msgmenu = { list: [{ type: 'click', click: { id: 'a', content: 'A' } }] };
		for (const restores of [true, false]) {
			desk.sandbox.world.settings.kfMenuClickRestores = restores;
			desk.write();
			const { msgid } = await desk.send({ msgtype: 'msgmenu', msgmenu });
			for (let reply = 2; reply <= 5; reply++) await desk.send();
			desk.service.clickMenu(open_kfid, external_userid, msgid, 'a');
			expect(await desk.send()).toMatchObject({ errcode: restores ? 0 : 95001 });
		}
	});

	test('a customer who rejects the account: accepted, then fail_type 10', async () => {
		const { open_kfid, external_userid } = desk.pair;
		desk.write();
		desk.service.setBlocked(open_kfid, external_userid, true);
		expect(await desk.send({ msgid: 'm1' })).toMatchObject({ errcode: 0 });
		expect(await lastEvent()).toMatchObject({ fail_msgid: 'm1', fail_type: 10 });
		expect(received()).toEqual([]);
	});

	test.each([
		['refused', 40058],
		['accepted', 0],
	] as const)(
		'a repeated msgid is %s (%d) and delivered once',
		async (kfRepeatedMsgid, errcode) => {
			desk.sandbox.world.settings.kfRepeatedMsgid = kfRepeatedMsgid;
			desk.write();
			await desk.send({ msgid: 'once' });
			for (let reply = 2; reply <= 5; reply++) await desk.send();
			// Also when the five are used: the first answer may have been lost.
			expect(await desk.send({ msgid: 'once' })).toMatchObject({ errcode });
			expect(received().filter(({ msgid }) => msgid === 'once')).toHaveLength(1);
		},
	);

	test('a refused message does not use its msgid; another account has its own', async () => {
		expect(await desk.send({ msgid: 'once' })).toMatchObject({ errcode: 95018 });
		desk.write();
		expect(await desk.send({ msgid: 'once' })).toMatchObject({ errcode: 0 });
		const { openKfId: open_kfid } = desk.service.addAccount('Second');
		desk.service.write(open_kfid, desk.pair.external_userid, 'Hello');
		expect(await desk.send({ open_kfid, msgid: 'once' })).toMatchObject({ errcode: 0 });
	});

	test('only while the session is new or with the assistant', async () => {
		expect([await state(), (await desk.send()).errcode]).toEqual([4, 95018]);
		desk.write();
		expect([await state(), (await desk.send()).errcode]).toEqual([0, 0]);
		expect([await state(), (await desk.send()).errcode]).toEqual([1, 0]);
		await trans(2);
		expect([await state(), await desk.send()]).toEqual([
			2,
			expect.objectContaining({
				errmsg: expect.stringMatching(/^send msg session status invalid, hint: \[/),
			}),
		]);
		await trans(3, 'lin');
		expect([await state(), (await desk.send()).errcode]).toEqual([3, 95018]);
		await open({ kfStateAfterReply: 'unchanged' });
		desk.write();
		await desk.send();
		expect(await state()).toBe(0);
	});

	const text = (length: number) => ({ text: { content: 'x'.repeat(length) } });
	const items = (count: number, item: object) => ({
		msgtype: 'msgmenu',
		msgmenu: { head_content: 'Choose', list: Array.from({ length: count }, () => item) },
	});
	const click = { type: 'click', click: { id: 'a', content: 'A' } };
	const position = { latitude: 23.1, longitude: 113.3 };
	test.each<[object, number]>([
		[text(2048), 0],
		[text(2049), 45002],
		[text(0), 40063],
		[{ msgtype: 'hologram' }, 40008],
		[{ touser: '' }, 40096],
		[{ touser: 'stranger' }, 40096],
		[{ open_kfid: '' }, 95000],
		[{ msgid: 'x'.repeat(33) }, 40058],
		[{ msgid: 'a b' }, 40058],
		[{ msgtype: 'image', image: { media_id: 'image-media' } }, 0],
		[{ msgtype: 'image', image: { media_id: 'video-media' } }, 40007],
		[{ msgtype: 'voice', voice: { media_id: 'voice-media' } }, 0],
		[{ msgtype: 'video', video: { media_id: 'video-media' } }, 0],
		[{ msgtype: 'file', file: { media_id: 'file-media' } }, 0],
		[{ msgtype: 'file', file: {} }, 40063],
		[items(10, click), 0],
		[items(11, click), 95008],
		[items(1, { type: 'dance' }), 95009],
		[items(1, { type: 'click', click: { id: 'a' } }), 40063],
		[items(1, { type: 'click', click: { content: 'x'.repeat(129) } }), 40058],
		[items(1, { type: 'view', view: { url: 'https://example.com', content: 'Site' } }), 0],
		[items(1, { type: 'text', text: { content: 'or write', no_newline: 1 } }), 0],
		[{ msgtype: 'location', location: position }, 0],
		[{ msgtype: 'location', location: { ...position, latitude: 91 } }, 40058],
		[{ msgtype: 'location', location: { latitude: 1 } }, 40063],
		[{ msgtype: 'ca_link', ca_link: { link_url: 'https://work.weixin.qq.com/ca/caLINK1' } }, 0],
		[{ msgtype: 'ca_link', ca_link: { link_url: 'https://example.com/ca/1' } }, 40058],
	])('%.60j: %d', async (content, errcode) => {
		for (const type of ['image', 'voice', 'video', 'file'] as const) desk.upload(type);
		desk.write();
		expect(await desk.send(content)).toMatchObject({ errcode });
		expect(received()).toHaveLength(errcode === 0 ? 1 : 0);
	});

	test('link and mini program: titles are cut, the rest is refused', async () => {
		const thumb_media_id = desk.upload('image');
		const link = { title: '茶'.repeat(50), desc: 'x', url: 'https://example.com', thumb_media_id };
		desk.write();
		expect(await desk.send({ msgtype: 'link', link })).toMatchObject({ errcode: 0 });
		expect(received()).toMatchObject([{ content: { title: '茶'.repeat(42) } }]);
		for (const wrong of [{ url: 'example.com' }, { url: `https://${'x'.repeat(2048)}` }]) {
			const answer = await desk.send({ msgtype: 'link', link: { ...link, ...wrong } });
			expect(answer).toMatchObject({ errcode: 40058 });
		}
		const thumbless = { ...link, thumb_media_id: undefined };
		expect(await desk.send({ msgtype: 'link', link: thumbless })).toMatchObject({ errcode: 40063 });
		const miniprogram = { appid: 'wx1', title: 'Shop', thumb_media_id, pagepath: 'a.html' };
		const send = async (wrong = {}) =>
			(await desk.send({ msgtype: 'miniprogram', miniprogram: { ...miniprogram, ...wrong } }))
				.errcode;
		expect([await send(), await send({ pagepath: 'a' })]).toEqual([0, 40058]);
	});
});

describe('service_state (doc 94669)', () => {
	test('a customer who never entered: state 4, and nothing to send or move', async () => {
		expect(await state()).toBe(4);
		expect(await desk.send()).toMatchObject({ errcode: 95018 });
		expect(await trans(1)).toMatchObject({ errcode: 95013 });
		const list = { external_userid_list: [desk.pair.external_userid] };
		expect(await desk.kf('customer/batchget', list)).toMatchObject({ customer_list: [] });
	});

	test('servicers must be of the account (95014) and receiving (95019)', async () => {
		desk.write();
		expect(await trans(3)).toMatchObject({ errcode: 95014 });
		expect(await trans(3, 'chen')).toMatchObject({ errcode: 95014 });
		desk.service.servicers.setStatus(desk.pair.open_kfid, 'wei', 'stopped');
		expect(await trans(3, 'wei')).toMatchObject({ errcode: 95019 });
		expect(await trans(3, 'lin')).toMatchObject({ errcode: 0, msg_code: expect.any(String) });
		expect(await desk.kf('service_state/get', desk.pair)).toEqual({
			...{ errcode: 0, errmsg: 'ok', service_state: 3, servicer_userid: 'lin' },
		});
	});

	const outcomes = { ok: 0, no: 95016, over: 95013 };
	test.each([
		[0, ['no', 'ok', 'ok', 'ok', 'ok']],
		[1, ['no', 'no', 'ok', 'ok', 'ok']],
		[2, ['no', 'no', 'no', 'ok', 'ok']],
		[3, ['no', 'no', 'no', 'ok', 'ok']],
		[4, ['over', 'over', 'over', 'over', 'over']],
	] as const)('from %d: %j', async (from, expected) => {
		const chat = desk.service.chat(desk.pair.open_kfid, desk.pair.external_userid);
		for (const [to, outcome] of expected.entries()) {
			chat.state = from;
			chat.servicerUserid = from === 3 ? 'wei' : undefined;
			expect([to, (await trans(to, 'lin')).errcode]).toEqual([to, outcomes[outcome]]);
		}
	});

	test('whether the assistant’s session ends without a human is a setting', async () => {
		desk.sandbox.world.settings.kfEndWithoutHuman = false;
		desk.write();
		await trans(1);
		expect(await trans(4)).toMatchObject({ errcode: 95016 });
		await trans(3, 'lin');
		expect(await trans(4)).toMatchObject({ errcode: 0 });
		desk.write();
		expect(await state()).toBe(0);
	});

	test('what an app does has no event', async () => {
		desk.write();
		await trans(3, 'lin');
		await trans(4);
		expect((await desk.read()).msg_list).toHaveLength(1);
	});
});

describe('send_msg_on_event (doc 95122)', () => {
	const onEvent = async (code: unknown, content: object = {}) =>
		await desk.kf('send_msg_on_event', {
			...{ code, msgtype: 'text', text: { content: 'Welcome' } },
			...content,
		});
	const menu = { msgtype: 'msgmenu', msgmenu: { head_content: 'Rate us' } };
	const enter = () => desk.service.enter(desk.pair.open_kfid, desk.pair.external_userid);

	test('a welcome: within 20 seconds, once, text or menu', async () => {
		const code = enter();
		expect(
			await onEvent(code, { msgtype: 'location', location: { latitude: 1, longitude: 1 } }),
		).toMatchObject({ errcode: 40008 });
		desk.sandbox.clock.advance(19);
		expect(await onEvent(code, { ...menu, msgid: 'w_1' })).toEqual({
			...{ errcode: 0, errmsg: 'ok', msgid: 'w_1' },
		});
		expect(await onEvent(code)).toMatchObject({ errcode: 40058 });
		expect(await onEvent('made-up')).toMatchObject({ errcode: 40058 });
		expect(await onEvent(undefined)).toMatchObject({ errcode: 40063 });
		desk.sandbox.clock.advance(48 * 3600);
		const late = enter();
		desk.sandbox.clock.advance(20);
		expect(await onEvent(late)).toMatchObject({ errcode: 40058 });
	});

	test('it is outside the five', async () => {
		desk.write();
		for (let reply = 1; reply <= 5; reply++) await desk.send();
		const { msg_code } = await trans(2);
		expect(await onEvent(msg_code)).toMatchObject({ errcode: 0 });
		expect(received()).toHaveLength(6);
	});

	test('codes of trans: pool and human 48 hours and text, the end 20 seconds', async () => {
		desk.write();
		const pool = (await trans(2)).msg_code;
		expect(await onEvent(pool, menu)).toMatchObject({ errcode: 40008 });
		desk.sandbox.clock.advance(48 * 3600 - 1);
		expect(await onEvent(pool)).toMatchObject({ errcode: 0 });
		const human = (await trans(3, 'lin')).msg_code;
		expect(await onEvent(human)).toMatchObject({ errcode: 0 });
		// To another human there is no code.
		expect(await trans(3, 'wei')).toEqual({ errcode: 0, errmsg: 'ok' });
		const end = (await trans(4)).msg_code;
		desk.sandbox.clock.advance(19);
		expect(await onEvent(end, menu)).toMatchObject({ errcode: 0 });
	});

	test('the session must still be where the code was given', async () => {
		desk.write();
		const { msg_code } = await trans(2);
		await trans(3, 'lin');
		expect(await onEvent(msg_code)).toMatchObject({ errcode: 95018 });
	});
});
