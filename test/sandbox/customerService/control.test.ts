import type { Body } from '../testClient';
import type { Desk } from './testDesk';
import { useDesk } from './testDesk';

let desk: Desk;
useDesk((fresh) => (desk = fresh));

/** Posts to the control API: what it answers, or why it refuses. */
const control = async (path: string, body: object = {}): Promise<Body> =>
	(await desk.client.raw('POST', `/sandbox/customer-service/${path}`, { body })).data;
const chat = async (): Promise<Body> => await control('chat', desk.pair);

test('a customer enters, asks, clicks, and is handed to a human', async () => {
	const { pair } = desk;
	const { open_kfid } = pair;
	expect(await control('enter', { ...pair, scene: 'expo', scene_param: 'a=1' })).toEqual({
		welcome_code: expect.any(String),
	});
	expect(await chat()).toMatchObject({ service_state: 4, started: false });
	const { msgid: asked } = await control('write', { ...pair, message: 'Hello' });
	expect(await chat()).toMatchObject({ service_state: 0, started: true, replies_left: 5 });
	const list = [{ type: 'click', click: { id: 'human', content: 'A human, please' } }];
	const { msgid: menu } = await desk.send({ msgtype: 'msgmenu', msgmenu: { list } });
	expect(await chat()).toMatchObject({ service_state: 1, replies_left: 4 });
	await control('click', { ...pair, msgid: menu, id: 'human' });
	await control('hand-over', pair);
	await control('servicer/take', { ...pair, userid: 'lin' });
	const { msgid: answered } = await control('servicer/write', {
		...{ ...pair, userid: 'lin', message: 'Lin here' },
	});
	await control('recall', { open_kfid, msgid: asked });
	expect(await chat()).toMatchObject({
		...{ service_state: 3, servicer_userid: 'lin', replies_left: 5 },
		window_ends_at: desk.sandbox.clock.now() + 48 * 3600,
		messages: [
			{ msgid: asked, from: 'customer', recalled: true },
			{ msgid: menu, from: 'app', msgtype: 'msgmenu' },
			{ from: 'customer', content: { content: 'A human, please', menu_id: 'human' } },
			{ msgid: answered, from: 'servicer', userid: 'lin', content: { content: 'Lin here' } },
		],
	});
	await control('servicer/transfer', { ...pair, userid: 'wei' });
	await control('servicer/end', pair);
	expect(await chat()).toMatchObject({ service_state: 4, started: true, servicer_userid: null });
	await control('servicer/reopen', { ...pair, userid: 'lin' });
	await control('servicer/status', { open_kfid, userid: 'lin', status: 'stopped' });
	await control('servicer/reject', { ...pair, userid: 'lin', rejected: true });
	expect(await control('write', { ...pair, message: 'Hello?' })).toEqual({ msgid: null });
	expect((await desk.read()).msg_list).toHaveLength(11);
});

test('an app hands a customer straight to a human', async () => {
	desk.write();
	const lin = { ...desk.pair, userid: 'lin' };
	expect(await control('hand-over', lin)).toEqual({});
	expect(await chat()).toMatchObject({ service_state: 3, servicer_userid: 'lin' });
	expect(await control('hand-over', desk.pair)).toEqual({ error: '95016' });
});

test('what cannot be done says why', async () => {
	const { pair } = desk;
	expect(await control('write', { ...pair, message: '' })).toEqual({ error: expect.any(String) });
	expect(await control('write', { ...pair, message: { msgtype: 'hologram' } })).toEqual({
		error: expect.any(String),
	});
	expect(await control('enter', { ...pair, external_userid: 'nobody' })).toEqual({
		error: 'There is no customer nobody',
	});
	expect(await control('servicer/take', { ...pair, userid: 'lin' })).toEqual({
		error: expect.stringContaining('is in state 4, not 2'),
	});
	expect(await control('recall', { open_kfid: pair.open_kfid, msgid: 'x' })).toEqual({
		error: 'There is no message x',
	});
	expect((await desk.read()).msg_list).toEqual([]);
});

test('the admin: accounts, apps, the switch; a token; a failure', async () => {
	const { open_kfid } = await control('account', { name: 'Orders', servicers: ['chen'] });
	const { external_userid } = await control('newcomer', { name: 'Zhou' });
	const request = { touser: external_userid, open_kfid, msgtype: 'text', text: { content: 'Hi' } };
	await control('write', { open_kfid, external_userid, message: 'Hello' });
	const { msgid } = await desk.kf('send_msg', request);
	await control('fail', { open_kfid, msgid, fail_type: 13 });
	await control('block', { open_kfid, external_userid, blocked: true });
	await desk.kf('send_msg', request);
	const { token } = await control('token', { open_kfid });
	expect((await desk.kf('sync_msg', { open_kfid, token })).msg_list).toMatchObject([
		{ origin: 3 },
		{ event: { fail_msgid: msgid, fail_type: 13 } },
		{ event: { fail_type: 10 } },
	]);
	await control('managed', { open_kfid, agentId: desk.client.agentId, managed: false });
	expect(await desk.kf('sync_msg', { open_kfid })).toMatchObject({ errcode: 48007 });
	await control('corp', { apiOpen: false });
	expect(await desk.kf('account/list')).toMatchObject({ errcode: 95017 });
});

test('the overview has the chats, newest first, of the corp that is asked for', async () => {
	const view = async (corp = '') =>
		(await desk.client.raw('GET', '/sandbox/customer-service', { query: { corp } })).data;
	const { open_kfid } = desk.pair;
	desk.write();
	desk.sandbox.clock.advance(1);
	const newcomer = desk.service.addWeChatUser('Zhou');
	desk.service.write(open_kfid, newcomer, 'Hello');
	expect(await view()).toMatchObject({
		accounts: [{ open_kfid, name: 'Tea House Help', servicers: [{ userid: 'lin' }, {}] }],
		chats: [{ name: 'Zhou' }, { name: 'Amy Zhao' }],
	});
	const [, other] = [...desk.sandbox.world.corps.values()];
	expect(await view(other?.corpId)).toMatchObject({ accounts: [], chats: [] });
});
