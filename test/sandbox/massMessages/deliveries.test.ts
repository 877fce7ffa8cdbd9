import type { Corp, Sandbox } from '../index';
import type { Body, TestClient } from '../testClient';
import { customersOf, useSandbox } from '../testClient';

describe('add_msg_template (doc 92135): the receive limit', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox(
		{ startAt: new Date('2026-03-10T04:00:00Z'), frozen: true },
		(fresh) => ({ sandbox, client, corp } = fresh),
	);

	const create = async (body: object): Promise<Body> =>
		await client.contact('add_msg_template', { text: { content: 'Spring teas are in' }, ...body });

	test.each([
		['1_per_day', 1, 86_400],
		['7_per_week', 7, 7 * 86_400],
		['month_days', 31, 31 * 86_400],
	] as const)('%s: %d messages, then fail_list and 41048', async (limit, allowed, period) => {
		const [full, other] = customersOf(corp, 'chen', 2) as [string, string];
		sandbox.world.setReceiveLimit(limit);
		// Enterprise and personal messages count together.
		for (let sent = 0; sent < allowed; sent++) {
			if (sent % 2 === 0) sandbox.world.addPersonalMessage('chen', [full], 'Hello');
			else {
				const { msgid } = await create({ sender: 'chen', external_userid: [full] });
				sandbox.world.confirmTask(msgid);
			}
		}
		expect(await create({ sender: 'chen', external_userid: [full] })).toMatchObject({
			errcode: 41048,
		});
		expect(await create({ sender: 'chen', external_userid: [full, other] })).toMatchObject({
			errcode: 0,
			fail_list: [full],
		});
		sandbox.clock.advance(period);
		await client.signIn();
		expect(await create({ sender: 'chen', external_userid: [full] })).toMatchObject({
			errcode: 0,
		});
	});

	test('days and months are China’s', async () => {
		const [id] = customersOf(corp, 'chen', 1) as [string];
		sandbox.world.setReceiveLimit('1_per_day');
		sandbox.clock.set(new Date('2026-03-10T15:59:50Z'));
		sandbox.world.addPersonalMessage('chen', [id], 'Good night');
		expect(await create({ external_userid: [id] })).toMatchObject({ errcode: 41048 });
		sandbox.clock.set(new Date('2026-03-10T16:00:00Z'));
		expect(await create({ external_userid: [id] })).toMatchObject({ errcode: 0 });
	});

	test('used up between creation and confirmation: status 3', async () => {
		sandbox.world.setReceiveLimit('1_per_day');
		const [id] = customersOf(corp, 'chen', 1) as [string];
		const { msgid } = await create({ sender: 'chen', external_userid: [id] });
		sandbox.world.addPersonalMessage('chen', [id], 'Hello');
		expect(sandbox.world.confirmTask(msgid)).toEqual({ sent: 0, notFriend: 0, overLimit: 1 });
		const result = await client.contact('get_groupmsg_send_result', { msgid, userid: 'chen' });
		expect(result.send_list).toEqual([{ external_userid: id, userid: 'chen', status: 3 }]);
	});

	test('A10: a corp may accept them and say so in the result only', async () => {
		sandbox.world.settings.overLimit = 'status_3';
		sandbox.world.setReceiveLimit('1_per_day');
		const [id] = customersOf(corp, 'chen', 1) as [string];
		sandbox.world.addPersonalMessage('chen', [id], 'Hello');
		const response = await create({ sender: 'chen', external_userid: [id] });
		expect(response).toMatchObject({ errcode: 0, fail_list: [] });
		expect(sandbox.world.confirmTask(response.msgid)).toMatchObject({ overLimit: 1 });
	});
});
