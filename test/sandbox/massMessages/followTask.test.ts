import type { Corp, Sandbox } from '../index';
import type { Body } from '../testClient';
import { chatId, customersOf, TestClient, useSandbox } from '../testClient';

const NOW = Date.parse('2026-03-10T04:00:00Z') / 1000;

describe('a mass message after its creation (docs 93338, 97610, 97611)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({ startAt: NOW, frozen: true }, (fresh) => ({ sandbox, client, corp } = fresh));

	const create = async (body: object): Promise<string> =>
		(await client.contact('add_msg_template', { text: { content: 'Hi' }, ...body })).msgid;
	const task = async (msgid: string, more: object = {}): Promise<Body> =>
		await client.contact('get_groupmsg_task', { msgid, ...more });
	const result = async (msgid: string, userid: string, more: object = {}): Promise<Body> =>
		await client.contact('get_groupmsg_send_result', { msgid, userid, ...more });

	test('unsent: status 0 everywhere and no send_time', async () => {
		const ids = customersOf(corp, 'chen', 2);
		const msgid = await create({ sender: 'chen', external_userid: ids });
		expect(await task(msgid)).toEqual({
			errcode: 0,
			errmsg: 'ok',
			next_cursor: '',
			task_list: [{ userid: 'chen', status: 0 }],
		});
		expect(await result(msgid, 'chen')).toEqual({
			errcode: 0,
			errmsg: 'ok',
			next_cursor: '',
			send_list: ids.map((id) => ({ external_userid: id, userid: 'chen', status: 0 })),
		});
	});

	test('confirmed: member status 2, results 1 and 2 with their times', async () => {
		const [stays, gone] = customersOf(corp, 'chen', 2) as [string, string];
		const msgid = await create({ sender: 'chen', external_userid: [stays, gone] });
		sandbox.world.deleteRelation('chen', gone);
		sandbox.clock.advance(60);
		expect(sandbox.world.confirmTask(msgid)).toEqual({ sent: 1, notFriend: 1, overLimit: 0 });
		expect((await task(msgid)).task_list).toEqual([
			{ userid: 'chen', status: 2, send_time: NOW + 60 },
		]);
		expect((await result(msgid, 'chen')).send_list).toEqual([
			{ external_userid: stays, userid: 'chen', status: 1, send_time: NOW + 60 },
			{ external_userid: gone, userid: 'chen', status: 2 },
		]);
		expect(sandbox.world.receivedBy(stays)).toEqual([
			{ time: NOW + 60, msgid, userid: 'chen', createType: 0, text: 'Hi', attachments: [] },
		]);
		expect(sandbox.world.tasksFor(gone).map((each) => each.msgid)).toEqual([msgid]);
	});

	test('confirmed in part, then in full, never delivered twice', async () => {
		const [first, second] = customersOf(corp, 'chen', 2) as [string, string];
		const msgid = await create({ sender: 'chen', external_userid: [first, second] });
		sandbox.world.confirmTask(msgid, 'chen', { only: [first] });
		expect((await result(msgid, 'chen')).send_list).toMatchObject([{ status: 1 }, { status: 0 }]);
		sandbox.world.confirmTask(msgid);
		sandbox.world.confirmTask(msgid);
		expect(sandbox.world.receivedBy(first)).toHaveLength(1);
		expect(sandbox.world.receivedBy(second)).toHaveLength(1);
	});

	test('several members confirm one by one', async () => {
		const ids = [...customersOf(corp, 'chen', 1), ...customersOf(corp, 'wei', 1)];
		const msgid = await create({ external_userid: ids });
		sandbox.world.confirmTask(msgid, 'wei');
		expect((await task(msgid)).task_list).toEqual([
			{ userid: 'chen', status: 0 },
			{ userid: 'wei', status: 2, send_time: NOW },
		]);
	});

	test('A7: the older status 1 for some of the members', async () => {
		sandbox.world.settings.mixedStatus1 = true;
		const ids = [...customersOf(corp, 'chen', 1), ...customersOf(corp, 'wei', 1)];
		const msgid = await create({ external_userid: ids });
		sandbox.world.confirmTask(msgid);
		expect((await task(msgid)).task_list.map((row: Body) => row.status)).toEqual([1, 2]);
	});

	test('tasks for customer groups: only what was sent has rows', async () => {
		const id = chatId(corp, 'Cake lovers');
		const msgid = await create({ chat_type: 'group', sender: 'lin', chat_id_list: [id] });
		expect((await task(msgid)).task_list).toEqual([{ userid: 'lin', status: 0 }]);
		expect((await result(msgid, 'lin')).send_list).toEqual([]);
		sandbox.world.confirmTask(msgid);
		expect((await result(msgid, 'lin')).send_list).toEqual([
			{ chat_id: id, userid: 'lin', status: 1, send_time: NOW },
		]);
	});

	test('41063 while being dispatched; the member cannot confirm yet', async () => {
		sandbox.world.setDispatchDelay(5);
		const msgid = await create({ sender: 'chen' });
		for (const response of [await task(msgid), await result(msgid, 'chen')]) {
			expect(response.errcode).toBe(41063);
		}
		expect(await client.contact('remind_groupmsg_send', { msgid })).toMatchObject({
			errcode: 41063,
		});
		expect(() => sandbox.world.confirmTask(msgid)).toThrow('still being dispatched');
		sandbox.clock.advance(5);
		expect(await task(msgid)).toMatchObject({ errcode: 0, task_list: [{ userid: 'chen' }] });
	});

	test.each(['single', 'group'])(
		'A74: the dispatch has ended, no rows yet: %s',
		async (chatType) => {
			const delays = { memberRowsDelaySeconds: 5, resultRowsDelaySeconds: 10 };
			Object.assign(sandbox.world.settings, { dispatchDelaySeconds: 2, ...delays });
			const targets =
				chatType === 'group'
					? { chat_type: 'group', sender: 'lin', chat_id_list: [chatId(corp, 'Cake lovers')] }
					: { sender: 'lin', external_userid: customersOf(corp, 'lin', 1) };
			const msgid = await create(targets);
			sandbox.clock.advance(2);
			sandbox.world.confirmTask(msgid);
			const seen = async () => [
				(await task(msgid)).task_list.length,
				(await result(msgid, 'lin')).send_list.length,
			];
			expect(await seen()).toEqual([0, 0]);
			expect(await task(msgid)).toMatchObject({ errcode: 0 });
			sandbox.clock.advance(5);
			expect(await seen()).toEqual([1, 0]);
			sandbox.clock.advance(5);
			expect(await seen()).toEqual([1, 1]);
		},
	);

	test('A1: 41047 for a fresh msgid, then 41063, then the rows', async () => {
		Object.assign(sandbox.world.settings, { unknownMsgidSeconds: 3, dispatchDelaySeconds: 6 });
		const msgid = await create({ sender: 'chen' });
		const codes = [];
		for (let step = 0; step < 3; step++) {
			codes.push((await task(msgid)).errcode);
			sandbox.clock.advance(3);
		}
		expect(codes).toEqual([41047, 41063, 0]);
	});

	test.each([
		['get_groupmsg_task', 'task_list'],
		['get_groupmsg_send_result', 'send_list'],
		['remind_groupmsg_send', undefined],
		['cancel_groupmsg_send', undefined],
	])('%s: 41046 without msgid, 41047 with a wrong one', async (name, list) => {
		const empty = list === undefined ? {} : { [list]: [] };
		expect(await client.contact(name, { userid: 'lin' })).toMatchObject({
			errcode: 41046,
			...empty,
		});
		expect(await client.contact(name, { userid: 'lin', msgid: 'msgWrong' })).toMatchObject({
			errcode: 41047,
			...empty,
		});
		expect(await client.contact(name, { userid: 'lin', msgid: 7 })).toMatchObject({
			errcode: 40058,
		});
	});

	test('another app of the corp does not know the msgid', async () => {
		const msgid = await create({ sender: 'chen' });
		const agentId = 1000009;
		corp.addApp({ agentId, name: 'Second', secret: 'second' });
		const second = new TestClient(sandbox, corp, agentId);
		expect(await second.contact('get_groupmsg_task', { msgid })).toMatchObject({ errcode: 41047 });
	});

	test('send_result needs a userid; one without a part has no rows', async () => {
		const msgid = await create({ sender: 'chen' });
		expect(await client.contact('get_groupmsg_send_result', { msgid })).toMatchObject({
			errcode: 40003,
		});
		expect(await result(msgid, 'nobody')).toMatchObject({ errcode: 40003 });
		expect(await result(msgid, 'wei')).toMatchObject({ errcode: 0, send_list: [] });
	});

	test('members outside the visible range have no rows', async () => {
		const ids = [...customersOf(corp, 'chen', 1), ...customersOf(corp, 'wei', 1)];
		const msgid = await create({ external_userid: ids });
		client.app.visibleMembers = ['wei'];
		expect((await task(msgid)).task_list).toEqual([{ userid: 'wei', status: 0 }]);
	});

	test('at most three reminders in 24 hours', async () => {
		const msgid = await create({ sender: 'chen' });
		const remind = async () => (await client.contact('remind_groupmsg_send', { msgid })).errcode;
		expect([await remind(), await remind(), await remind(), await remind()]).toEqual([
			0, 0, 0, 41094,
		]);
		sandbox.clock.advance(86_400);
		await client.signIn();
		expect(await remind()).toBe(0);
	});

	test('cancelled: nothing more is sent, 41093 from then on, nothing is recalled', async () => {
		const [first, second] = customersOf(corp, 'chen', 2) as [string, string];
		const msgid = await create({ sender: 'chen', external_userid: [first, second] });
		sandbox.world.confirmTask(msgid, 'chen', { only: [first] });
		expect(await client.contact('cancel_groupmsg_send', { msgid })).toEqual({
			errcode: 0,
			errmsg: 'ok',
		});
		expect(() => sandbox.world.confirmTask(msgid)).toThrow('cancelled');
		expect(sandbox.world.receivedBy(first)).toHaveLength(1);
		expect(sandbox.world.receivedBy(second)).toHaveLength(0);
		for (const name of ['cancel_groupmsg_send', 'remind_groupmsg_send', 'get_groupmsg_task']) {
			expect([name, (await client.contact(name, { msgid })).errcode]).toEqual([name, 41093]);
		}
		sandbox.world.settings.cancelledTask = 'rows';
		expect(await task(msgid)).toMatchObject({ errcode: 0, task_list: [{ status: 2 }] });
	});

	describe('pages', () => {
		test('above the maximum falls back to the default, cursors are opaque and end empty', async () => {
			for (let number = 0; number < 1200; number++) {
				const customer = corp.addCustomer({ externalUserid: `wmExtra${number}`, name: 'Extra' });
				const chen = corp.members.get('chen');
				if (chen) corp.befriend(chen, customer, { createTime: NOW });
			}
			const total = customersOf(corp, 'chen').length;
			const msgid = await create({ sender: 'chen' });
			const sizes = async (limit?: number) => {
				const counts: number[] = [];
				let cursor = '';
				do {
					const page = await result(msgid, 'chen', { limit, cursor });
					counts.push(page.send_list.length as number);
					cursor = page.next_cursor as string;
				} while (cursor);
				return counts;
			};
			expect(await sizes(1000)).toEqual([1000, total - 1000]);
			expect(await sizes(1001)).toEqual([500, 500, total - 1000]);
			expect(await sizes()).toEqual([500, 500, total - 1000]);
		});

		test('A6: a full last page may carry a cursor', async () => {
			const msgid = await create({ sender: 'chen' });
			const limit = customersOf(corp, 'chen').length;
			expect((await result(msgid, 'chen', { limit })).next_cursor).toBe('');
			sandbox.world.settings.lastPageCursor = 'present';
			const { next_cursor: cursor } = await result(msgid, 'chen', { limit });
			expect(cursor).not.toBe('');
			expect(await result(msgid, 'chen', { limit, cursor })).toMatchObject({
				send_list: [],
				next_cursor: '',
			});
		});

		test.each(['nonsense', 'WyJ0YXNrIG90aGVyIiwxXQ'])(
			'a foreign cursor is 40058',
			async (cursor) => {
				const msgid = await create({ sender: 'chen' });
				expect(await task(msgid, { cursor })).toMatchObject({ errcode: 40058, task_list: [] });
			},
		);

		test('a limit of the wrong type is 40058', async () => {
			const msgid = await create({ sender: 'chen' });
			expect(await task(msgid, { limit: '10' })).toMatchObject({ errcode: 40058 });
			expect(await task(msgid, { limit: 1.5 })).toMatchObject({ errcode: 40058 });
		});
	});
});
