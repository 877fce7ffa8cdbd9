import type { Sandbox } from '../index';
import { OTHER_AGENT_ID } from '../index';
import { TestClient, useSandbox } from '../testClient';

const LIST = '/cgi-bin/externalcontact/list';
const ADD = '/cgi-bin/externalcontact/add_msg_template';

describe('the gate in front of every endpoint (observed 2026)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox(
		{ startAt: new Date('2026-03-10T04:00:00Z') },
		(fresh) => ({ sandbox, client } = fresh),
	);

	test('an unknown path is 404 with an empty body, even without a token', async () => {
		for (const path of [
			'/cgi-bin/externalcontact/lists',
			`${LIST}/`,
			'/cgi-bin',
			'//cgi-bin/gettoken',
			'/nothing',
		]) {
			const response = await client.raw('GET', path);
			expect([path, response.status, response.data]).toEqual([path, 404, '']);
		}
	});

	test('a missing token is 41001 with HTTP 200, the empty list and the full errmsg', async () => {
		const response = await client.raw('GET', LIST, { query: { userid: 'lin' } });
		expect(response.status).toBe(200);
		expect(response.data).toEqual({
			errcode: 41001,
			errmsg: expect.stringMatching(
				/^access_token missing, hint: \[\d{25}\], from ip: 127\.0\.0\.1, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=41001$/,
			),
			external_userid: [],
		});
	});

	test('a token in a header or in the body does not count', async () => {
		const token = await client.signIn();
		const response = await client.raw('POST', ADD, { body: { access_token: token } });
		expect(response.data.errcode).toBe(41001);
	});

	test('an unknown token is 40014 with its bare text and beats bad parameters', async () => {
		const response = await client.raw('GET', LIST, { query: { access_token: 'made-up' } });
		expect(response.data).toEqual({
			errcode: 40014,
			errmsg: 'invalid access_token',
			external_userid: [],
		});
	});

	test('an IP that is not trusted is 60020 before permission and parameters; gettoken is exempt', async () => {
		client.app.trustedIps = ['198.51.100.1'];
		client.app.callable = false;
		sandbox.world.callerIp = '203.0.113.7';
		const response = await client.post(ADD, {});
		expect(response.errcode).toBe(60020);
		expect(response.errmsg).toContain('not allow to access from your ip, hint: [');
		expect(response.errmsg).toContain('from ip: 203.0.113.7, more info');
	});

	test('a trusted IP passes', async () => {
		client.app.trustedIps = ['203.0.113.7'];
		sandbox.world.callerIp = '203.0.113.7';
		expect(await client.get(LIST, { userid: 'lin' })).toMatchObject({ errcode: 0 });
	});

	test('an app that is not callable is 48002 on customer contact, not on get_api_domain_ip', async () => {
		const other = new TestClient(sandbox, sandbox.world.corp, OTHER_AGENT_ID);
		expect(await other.post(ADD, { nonsense: true })).toMatchObject({
			errcode: 48002,
			fail_list: [],
		});
		expect(await other.get('/cgi-bin/get_api_domain_ip')).toEqual({
			errcode: 0,
			errmsg: 'ok',
			ip_list: ['182.0.2.1', '182.0.2.2'],
		});
	});

	test('the wrong method is 40058, after the gate', async () => {
		expect(await client.get(ADD)).toMatchObject({ errcode: 40058 });
		expect(await client.post(LIST, {}, { userid: 'lin' })).toMatchObject({ errcode: 40058 });
		expect((await client.raw('GET', ADD)).data.errcode).toBe(41001);
	});

	test('a body that is not JSON answers what is missing, behind a warning', async () => {
		const broken = await client.post(
			'/cgi-bin/externalcontact/get_groupmsg_task',
			'{"msgid": "msg1"',
		);
		expect(broken.errcode).toBe(41046);
		expect(broken.errmsg).toMatch(/^Warning: wrong json format\. missing group msg id, hint/);
		const optional = await client.post('/cgi-bin/externalcontact/get_corp_tag_list', '[]');
		expect(optional).toMatchObject({ errcode: 40058, tag_group: [] });
	});

	test('unknown fields are ignored in silence', async () => {
		const response = await client.contact('batch/get_by_user', { userid_list: ['lin'], extra: 1 });
		expect(response.errcode).toBe(0);
	});

	test('a corp that calls one API too often gets 45009 until the minute has passed', async () => {
		sandbox.world.settings.callsPerMinute = 2;
		sandbox.clock.freeze();
		const codes = [];
		for (let call = 0; call < 4; call++) {
			codes.push((await client.get(LIST, { userid: 'lin' })).errcode);
		}
		expect(codes).toEqual([0, 0, 45009, 45009]);
		expect((await client.get('/cgi-bin/externalcontact/get_follow_user_list')).errcode).toBe(0);
		sandbox.clock.advance(60);
		expect((await client.get(LIST, { userid: 'lin' })).errcode).toBe(0);
	});

	test('going over the hour limit blocks for an hour', async () => {
		sandbox.world.settings.callsPerHour = 1;
		sandbox.clock.freeze();
		await client.get(LIST, { userid: 'lin' });
		expect((await client.get(LIST, { userid: 'lin' })).errcode).toBe(45009);
		sandbox.clock.advance(3599);
		expect((await client.get(LIST, { userid: 'lin' })).errcode).toBe(45009);
		sandbox.clock.advance(1);
		expect((await client.get(LIST, { userid: 'lin' })).errcode).toBe(0);
	});
});
