import { OTHER_AGENT_ID } from '../index';
import { TestClient } from '../testClient';
import type { Desk } from './testDesk';
import { useDesk } from './testDesk';

let desk: Desk;
useDesk((fresh) => (desk = fresh));

describe('accounts (docs 94662 to 94665, 94706)', () => {
	test('created, changed, listed, deleted', async () => {
		const media_id = desk.upload('image');
		const { open_kfid, ...created } = await desk.kf('account/add', { name: 'Sales', media_id });
		expect(created).toEqual({ errcode: 0, errmsg: 'ok' });
		expect(open_kfid).toMatch(/^wk.{30}$/);
		expect(await desk.kf('account/update', { open_kfid, name: 'Orders' })).toEqual(created);
		expect((await desk.kf('account/list')).account_list).toEqual([
			expect.objectContaining({ name: 'Tea House Help', manage_privilege: true }),
			{ open_kfid, name: 'Orders', avatar: expect.any(String), manage_privilege: true },
		]);
		expect((await desk.kf('account/list', { offset: 1, limit: 1 })).account_list).toHaveLength(1);
		expect(await desk.kf('account/del', { open_kfid })).toEqual(created);
		expect((await desk.kf('account/list')).account_list).toHaveLength(1);
		expect(await desk.kf('account/del', { open_kfid })).toMatchObject({ errcode: 95004 });
	});

	test.each([
		[{ name: 'x'.repeat(17) }, 95006],
		[{ name: '' }, 95006],
		[{ media_id: undefined }, 40007],
		[{ media_id: 'made-up' }, 40007],
	])('add %j: %d', async (wrong, errcode) => {
		const media_id = desk.upload('image');
		const answer = await desk.kf('account/add', { name: 'Sales', media_id, ...wrong });
		expect(answer).toMatchObject({ errcode });
	});

	test('limits: 10 while the corp is not verified, then 5,000', async () => {
		const body = { name: 'Sales', media_id: desk.upload('image') };
		desk.service.setVerified(false);
		for (let count = 1; count < 10; count++) desk.service.addAccount(`Account ${count}`);
		expect(await desk.kf('account/add', body)).toMatchObject({ errcode: 95027 });
		desk.service.setVerified(true);
		expect(await desk.kf('account/add', body)).toMatchObject({ errcode: 0 });
		for (let count = 11; count < 5000; count++) desk.service.addAccount(`Account ${count}`);
		expect(await desk.kf('account/add', body)).toMatchObject({ errcode: 95005 });
		expect((await desk.kf('account/list')).account_list).toHaveLength(100);
		expect(await desk.kf('account/list', { limit: 101 })).toMatchObject({ errcode: 40058 });
	});

	test('an app needs the call (48002), the interface (95017) and the account (48007)', async () => {
		const { open_kfid } = desk.pair;
		const other = new TestClient(desk.sandbox, desk.sandbox.world.corp, OTHER_AGENT_ID);
		const list = async () => await other.post('/cgi-bin/kf/account/list');
		expect(await list()).toMatchObject({ errcode: 48002, account_list: [] });
		other.app.callable = true;
		expect((await list()).account_list).toMatchObject([{ manage_privilege: false }]);
		const sync = async () => await other.post('/cgi-bin/kf/sync_msg', { open_kfid });
		expect(await sync()).toMatchObject({ errcode: 48007 });
		desk.service.setManaged(open_kfid, OTHER_AGENT_ID, true);
		expect(await sync()).toMatchObject({ errcode: 0 });
		desk.service.setManaged(open_kfid, OTHER_AGENT_ID, false);
		expect(await sync()).toMatchObject({ errcode: 48007 });
		desk.service.setApiOpen(false);
		expect(await desk.kf('account/list')).toMatchObject({ errcode: 95017 });
	});

	test('a link tells its scene when somebody enters', async () => {
		const { open_kfid, external_userid } = desk.pair;
		const { url } = await desk.kf('add_contact_way', { open_kfid, scene: 'site_home' });
		expect(url).toMatch(/^https:\/\/work\.weixin\.qq\.com\/kf\/kfc.+\?enc_scene=/);
		desk.service.enter(open_kfid, external_userid, { link: `${url}&scene_param=a%3D1` });
		const { msg_list } = await desk.read();
		expect(msg_list[0].event).toMatchObject({ scene: 'site_home', scene_param: 'a=1' });
		for (const scene of ['x'.repeat(33), 'über']) {
			const answer = await desk.kf('add_contact_way', { open_kfid, scene });
			expect(answer).toMatchObject({ errcode: 40058 });
		}
		expect(await desk.kf('add_contact_way')).toMatchObject({ errcode: 95000 });
	});
});

describe('servicers (docs 94645 to 94647)', () => {
	test('each member and department has its own result', async () => {
		const { open_kfid } = desk.pair;
		const request = { open_kfid, userid_list: ['lin', 'chen', 'ghost'], department_id_list: [2] };
		expect((await desk.kf('servicer/add', request)).result_list).toEqual([
			{ userid: 'lin', errcode: 0, errmsg: 'ignored' },
			{ userid: 'chen', errcode: 0, errmsg: 'success' },
			{ userid: 'ghost', errcode: 60111, errmsg: 'userid not found' },
			{ department_id: 2, errcode: 0, errmsg: 'success' },
		]);
		desk.service.servicers.setStatus(open_kfid, 'wei', 'suspended');
		const list = async () =>
			(await desk.client.get('/cgi-bin/kf/servicer/list', { open_kfid })).servicer_list;
		expect(await list()).toEqual([
			{ userid: 'lin', status: 0 },
			{ userid: 'wei', status: 1, stop_type: 1 },
			{ userid: 'chen', status: 0 },
			{ department_id: 2 },
		]);
		expect((await desk.kf('servicer/del', request)).result_list).toMatchObject([
			{ errmsg: 'success' },
			{ errmsg: 'success' },
			{ errmsg: 'ignored' },
			{ errmsg: 'success' },
		]);
		expect(await list()).toMatchObject([{ userid: 'wei' }]);
		// The event counts from 1 where the list counts from 0.
		expect((await desk.read()).msg_list).toMatchObject([
			{ event: { event_type: 'servicer_status_change', status: 2, stop_type: 1 } },
		]);
	});

	test('limits of a call and of an account', async () => {
		const { open_kfid } = desk.pair;
		const members = Array.from({ length: 2000 }, (_, index) => `clerk${index}`);
		for (const userid of members) desk.sandbox.world.corp.addMember(userid);
		expect(await desk.kf('servicer/add', { open_kfid })).toMatchObject({ errcode: 40063 });
		const add = async (userid_list: string[]) =>
			(await desk.kf('servicer/add', { open_kfid, userid_list })).errcode;
		expect(await add(members.slice(0, 101))).toBe(40058);
		for (let start = 0; start < 1900; start += 100) {
			expect(await add(members.slice(start, start + 100))).toBe(0);
		}
		// lin and wei are servicers already.
		expect(await add(members.slice(1900))).toBe(40058);
		expect(await add(members.slice(1900, 1998))).toBe(0);
	});
});

describe('customers and upgrades (docs 95159 and 94763)', () => {
	test('who a customer is, and how they entered within 48 hours', async () => {
		const { open_kfid, external_userid } = desk.pair;
		const request = {
			external_userid_list: [external_userid, 'bad'],
			need_enter_session_context: 1,
		};
		const newcomer = desk.service.addWeChatUser('Zhou');
		expect(await desk.kf('customer/batchget', request)).toMatchObject({
			customer_list: [],
			invalid_external_userid: [external_userid, 'bad'],
		});
		desk.service.enter(open_kfid, newcomer);
		desk.service.enter(open_kfid, external_userid, {
			scene: 'expo',
			channels: { nickname: 'Tea TV', scene: 1 },
		});
		const answer = await desk.kf('customer/batchget', request);
		expect(answer.invalid_external_userid).toEqual(['bad']);
		expect(answer.customer_list).toEqual([
			{
				external_userid,
				nickname: 'Amy Zhao',
				avatar: expect.any(String),
				gender: 2,
				unionid: expect.any(String),
				enter_session_context: {
					scene: 'expo',
					wechat_channels: { nickname: 'Tea TV', scene: 1 },
				},
			},
		]);
		desk.sandbox.clock.advance(48 * 3600);
		const [late] = (await desk.kf('customer/batchget', request)).customer_list;
		expect(late).not.toHaveProperty('enter_session_context');
		const many = Array.from({ length: 101 }, (_, index) => `wm${index}`);
		expect(await desk.kf('customer/batchget', { external_userid_list: many })).toMatchObject({
			errcode: 40058,
		});
	});

	test('a recommendation needs a target that the admin allows', async () => {
		const request = { ...desk.pair, type: 1, member: { userid: 'lin', wording: 'I am Lin' } };
		desk.service.enter(desk.pair.open_kfid, desk.pair.external_userid);
		expect(await desk.kf('customer/upgrade_service', request)).toMatchObject({ errcode: 95021 });
		desk.service.setUpgradeRange({ userids: ['lin'] });
		expect(await desk.client.get('/cgi-bin/kf/customer/get_upgrade_service_config')).toMatchObject({
			member_range: { userid_list: ['lin'] },
			groupchat_range: {},
		});
		expect(await desk.kf('customer/upgrade_service', request)).toMatchObject({ errcode: 0 });
		const { open_kfid, external_userid } = desk.pair;
		expect(desk.service.chat(open_kfid, external_userid)).toMatchObject({
			upgraded: true,
			entries: [],
		});
		expect(await desk.kf('customer/cancel_upgrade_service', desk.pair)).toMatchObject({
			errcode: 0,
		});
	});
});

describe('statistics (docs 95489 and 95490)', () => {
	test('count what happened on each day', async () => {
		const { open_kfid, external_userid } = desk.pair;
		const start_time = desk.sandbox.clock.now();
		desk.write();
		desk.write();
		await desk.send();
		await desk.kf('service_state/trans', {
			...desk.pair,
			...{ service_state: 3, servicer_userid: 'lin' },
		});
		desk.sandbox.clock.advance(17);
		desk.service.servicers.write(open_kfid, external_userid, 'lin', 'I am here');
		desk.write('Thank you');
		const request = { open_kfid, start_time, end_time: start_time };
		expect(await desk.kf('get_corp_statistic', request)).toMatchObject({ errcode: 40058 });
		desk.sandbox.clock.advance(86_400);
		// The day begins at midnight in China.
		const stat_time = Date.parse('2026-03-09T16:00:00Z') / 1000;
		expect((await desk.kf('get_corp_statistic', request)).statistic_list).toEqual([
			{
				stat_time,
				statistic: {
					...{ session_cnt: 1, customer_cnt: 1, customer_msg_cnt: 3 },
					...{ upgrade_service_customer_cnt: 0, ai_session_reply_cnt: 1, ai_transfer_rate: 1 },
					msg_rejected_customer_cnt: 0,
				},
			},
		]);
		const ofLin = { ...request, open_kfid: undefined, servicer_userid: 'lin' };
		expect((await desk.kf('get_servicer_statistic', ofLin)).statistic_list).toMatchObject([
			{
				stat_time,
				statistic: {
					...{ session_cnt: 1, customer_cnt: 1, customer_msg_cnt: 1 },
					...{ reply_rate: 1, first_reply_average_sec: 17, satisfaction_investgate_cnt: 0 },
				},
			},
		]);
		const ofWei = { ...request, servicer_userid: 'wei' };
		expect((await desk.kf('get_servicer_statistic', ofWei)).statistic_list).toEqual([]);
		const long = { ...request, start_time: start_time - 31 * 86_400 };
		expect(await desk.kf('get_corp_statistic', long)).toMatchObject({ errcode: 40058 });
		expect(await desk.kf('get_corp_statistic', { open_kfid })).toMatchObject({ errcode: 40063 });
	});
});
