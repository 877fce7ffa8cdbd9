import axios from 'axios';

import type { Sandbox } from '../index';
import type { TestClient } from '../testClient';
import { customersOf, useSandbox } from '../testClient';

describe('the control API', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox({}, (fresh) => ({ sandbox, client } = fresh));

	const control: TestClient['control'] = async (...call) => await client.control(...call);
	const create = async (): Promise<string> =>
		(await client.contact('add_msg_template', { sender: 'chen', text: { content: 'Hi' } })).msgid;

	test('state names the corps, their apps and their members', async () => {
		const state = await control('GET', '/state');
		expect(state.corps[0]).toMatchObject({
			corpId: sandbox.corpId,
			members: [
				{ userid: 'lin', customers: 12 },
				{ userid: 'wei', customers: 13 },
				{ userid: 'chen', customers: 8 },
			],
			customerCount: 30,
		});
		expect(state.corps[0].apps[0].secret).toBe(sandbox.secret);
		expect(state.corps).toHaveLength(2);
	});

	test('confirm, then see what arrived', async () => {
		const [id] = customersOf(sandbox.world.corp, 'chen', 1) as [string];
		const msgid = await create();
		expect(await control('POST', '/confirm', { msgid, userid: 'chen', only: [id] })).toEqual({
			sent: 1,
			notFriend: 0,
			overLimit: 0,
		});
		expect(await control('GET', `/received/${id}`)).toMatchObject([{ msgid, text: 'Hi' }]);
		expect(await control('GET', '/tasks')).toMatchObject([
			{ msgid, parts: [{ userid: 'chen', sentAt: expect.any(Number) }] },
		]);
		expect(await control('POST', '/confirm', { msgid: 'msgWrong' })).toEqual({
			error: 'There is no task msgWrong',
		});
	});

	test('people and tokens', async () => {
		const [shared] = customersOf(sandbox.world.corp, 'lin', 1) as [string];
		const pair = { userid: 'lin', external_userid: shared };
		sandbox.clock.freeze();
		sandbox.clock.advance(5);
		await control('POST', '/interact', pair);
		expect(sandbox.world.corp.relation('lin', shared)?.lastInteraction).toBe(sandbox.clock.now());
		await control('POST', '/delete-relation', pair);
		expect(sandbox.world.corp.relation('lin', shared)).toBeUndefined();
		expect(await control('POST', '/delete-relation', pair)).toHaveProperty('error');
		await control('POST', '/personal-message', {
			userid: 'wei',
			external_userids: [shared],
			text: 'Hello',
		});
		expect(sandbox.world.receivedBy(shared)).toMatchObject([{ createType: 1, text: 'Hello' }]);
		await client.signIn();
		await control('POST', '/kill-token', { errcode: 42001 });
		expect(await client.contact('get_corp_tag_list')).toMatchObject({ errcode: 42001 });
	});

	test('licences, and tasks of other programs', async () => {
		await control('POST', '/licence', { userid: 'wei', licensed: false });
		expect(sandbox.world.corp.members.get('wei')?.licensed).toBe(false);
		expect(await control('POST', '/licence', { userid: 'x', licensed: true })).toHaveProperty(
			'error',
		);
		const [id] = customersOf(sandbox.world.corp, 'chen', 1) as [string];
		const createTime = sandbox.clock.now() - 60;
		const { msgid } = await control('POST', '/foreign-task', {
			recipients: { chen: [id] },
			text: 'Hi',
			createTime,
			wire: { listed: { create_time: null }, results: { chen: [{ status: 5 }] } },
		});
		const odd = await control('POST', '/odd-record', {
			oddity: 'attachmentWithoutObject',
			chatType: 'group',
			userid: 'wei',
			createTime,
		});
		expect(sandbox.world.tasks()).toMatchObject([
			{ msgid, createTime, chatType: 'single', text: 'Hi' },
			{ msgid: odd.msgid, createTime, chatType: 'group' },
		]);
		expect(
			await client.contact('get_groupmsg_send_result', { msgid, userid: 'chen' }),
		).toMatchObject({ send_list: [{ status: 5 }] });
		expect(await control('POST', '/odd-record', { oddity: 'x' })).toHaveProperty('error');
	});

	test('request log', async () => {
		await create();
		const path = '/cgi-bin/externalcontact/add_msg_template';
		const [call] = await control('GET', `/requests?path=${path}`);
		expect(call).toMatchObject({ path, errcode: 0 });
		expect(await control('GET', `/requests?after=${call.seq}`)).toEqual([]);
		await control('DELETE', '/requests');
		expect(await control('GET', '/requests')).toEqual([]);
	});

	test('faults', async () => {
		const fault = { kind: 'errcode', errcode: 45009 };
		const path = '/cgi-bin/externalcontact/get_corp_tag_list';
		expect(await control('POST', '/faults', { path, times: 1, fault })).toMatchObject({ hits: 0 });
		expect(await client.contact('get_corp_tag_list')).toMatchObject({ errcode: 45009 });
		expect(await control('GET', '/faults')).toMatchObject([{ path, fault, hits: 1 }]);
		await control('DELETE', '/faults');
		expect(await control('GET', '/faults')).toEqual([]);
		expect(await control('POST', '/faults', { path, fault: { kind: 'odd' } })).toHaveProperty(
			'error',
		);
	});

	test('clock', async () => {
		await control('POST', '/clock', { set: 1_800_000_000, freeze: true });
		expect(await control('POST', '/clock', { advance: 86_400 })).toEqual({
			now: 1_800_086_400,
			frozen: true,
		});
		await control('POST', '/clock', { freeze: false });
		expect(await control('GET', '/clock')).toMatchObject({ frozen: false });
		expect(await control('POST', '/clock', { forward: 1 })).toHaveProperty('error');
	});

	test('settings of the sandbox and of the corp', async () => {
		await control('POST', '/settings', { dispatchDelaySeconds: 60 });
		expect(await control('GET', '/settings')).toMatchObject({
			dispatchDelaySeconds: 60,
			lastPageCursor: 'empty',
		});
		expect(await control('POST', '/settings', { mistyped: 1 })).toHaveProperty('error');
		const msgid = await create();
		expect(await client.contact('get_groupmsg_task', { msgid })).toMatchObject({ errcode: 41063 });
		await control('POST', '/corp-settings', {
			trustedIps: ['198.51.100.1'],
			callerIp: '203.0.113.7',
			receiveLimit: '1_per_day',
		});
		expect(sandbox.world.corp.receiveLimit).toBe('1_per_day');
		expect(await client.contact('get_groupmsg_task', { msgid })).toMatchObject({ errcode: 60020 });
	});

	test('reset forgets everything and seeds anew', async () => {
		await create();
		sandbox.faults.add({ path: '*', fault: { kind: 'html' } });
		await control('POST', '/reset', { seed: { members: 3, customersPerMember: 4 } });
		expect(sandbox.world.tasks()).toEqual([]);
		expect(sandbox.faults.list()).toEqual([]);
		expect(sandbox.world.corp.members.size).toBe(3);
		await control('POST', '/reset');
		expect(sandbox.world.corp.customers.size).toBe(30);
		expect(await control('POST', '/reset', { seed: 'huge' })).toHaveProperty('error');
	});

	test('a body that is not JSON is refused', async () => {
		const headers = { 'content-type': 'application/json' };
		const options = { headers, proxy: false, validateStatus: () => true } as const;
		const response = await axios.post(`${sandbox.url}/sandbox/clock`, '{"set":', options);
		expect([response.status, typeof response.data.error]).toEqual([400, 'string']);
	});

	test('an unknown control is 404', async () => {
		expect(await control('GET', '/nothing')).toEqual({ error: 'No such control' });
	});
});
