import type { Corp, Sandbox } from '../index';
import { oddRecords } from '../index';
import type { Body, TestClient } from '../testClient';
import { chatId, customersOf, useSandbox } from '../testClient';

const NOW = Date.parse('2026-03-10T04:00:00Z') / 1000;

describe('tasks of other programs', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox(
		{ startAt: NOW, absentLists: 'empty', frozen: true },
		(fresh) => ({ sandbox, client, corp } = fresh),
	);

	const list = async (chat_type: 'single' | 'group', body: object = {}): Promise<Body[]> => {
		const range = { start_time: NOW - 3600, end_time: NOW + 3600 };
		return (await client.contact('get_groupmsg_list_v2', { chat_type, ...range, ...body }))
			.group_msg_list;
	};
	const members = async (msgid: string): Promise<Body[]> =>
		(await client.contact('get_groupmsg_task', { msgid })).task_list;
	const results = async (msgid: string, userid: string): Promise<Body[]> =>
		(await client.contact('get_groupmsg_send_result', { msgid, userid })).send_list;

	test('are listed with those of this program, each at its time, and can be confirmed', async () => {
		const ids = customersOf(corp, 'chen', 2);
		const { msgid: own } = await client.contact('add_msg_template', {
			sender: 'chen',
			text: { content: 'Hi' },
		});
		const earlier = sandbox.world.addForeignTask({
			recipients: { chen: ids },
			text: 'Hi',
			createTime: NOW - 60,
		});
		const twin = sandbox.world.addForeignTask({ recipients: { chen: ids }, text: 'Hi' });
		const console = sandbox.world.addForeignTask({ recipients: { chen: ids }, creator: 'wei' });
		expect(await list('single')).toEqual([
			{ msgid: console.msgid, creator: 'wei', create_time: NOW, create_type: 0, attachments: [] },
			...[twin.msgid, own].map((msgid) => expect.objectContaining({ msgid, create_time: NOW })),
			expect.objectContaining({ msgid: earlier.msgid, create_time: NOW - 60 }),
		]);
		expect(await members(twin.msgid)).toEqual([{ userid: 'chen', status: 0 }]);
		expect(sandbox.world.confirmTask(twin.msgid)).toMatchObject({ sent: 2 });
		expect(await results(twin.msgid, 'chen')).toMatchObject([{ status: 1 }, { status: 1 }]);
	});

	test('for customer groups, in the same second', async () => {
		const id = chatId(corp, 'Cake lovers');
		const { msgid: own } = await client.contact('add_msg_template', {
			chat_type: 'group',
			sender: 'lin',
			chat_id_list: [id],
			text: { content: 'Hi' },
		});
		const twin = sandbox.world.addForeignTask({
			chatType: 'group',
			recipients: { lin: [id] },
			text: 'Hi',
		});
		const [first, second] = await list('group');
		expect([first.msgid, second.msgid]).toEqual([twin.msgid, own]);
		expect(first).toEqual({ ...second, msgid: twin.msgid });
	});

	test('pages keep their order although a task of an earlier time comes in later', async () => {
		const recipients = { chen: customersOf(corp, 'chen', 1) };
		const add = (createTime: number) =>
			sandbox.world.addForeignTask({ recipients, createTime }).msgid;
		const [c, a, d, b] = [add(NOW - 2), add(NOW - 9), add(NOW - 2), add(NOW - 5)];
		const read = async () => {
			const found: string[] = [];
			let cursor = '';
			do {
				const page = await client.contact('get_groupmsg_list_v2', {
					...{ chat_type: 'single', start_time: NOW - 60, end_time: NOW, limit: 1, cursor },
				});
				found.push(...page.group_msg_list.map((row: Body) => row.msgid as string));
				cursor = page.next_cursor as string;
			} while (cursor);
			return found;
		};
		expect(await read()).toEqual([d, c, b, a]);
		sandbox.world.settings.listOrder = 'oldest_first';
		expect(await read()).toEqual([a, b, c, d]);
	});

	describe('A75: odd records', () => {
		const LIN = { userid: 'lin' };

		test.each(oddRecords)(
			'%s is listed, and its members and results can be asked',
			async (name) => {
				for (const chatType of ['single', 'group'] as const) {
					const { msgid } = sandbox.world.addOddRecord(name, { chatType });
					expect((await list(chatType)).map((row) => row.msgid)).toEqual([msgid]);
					expect(await members(msgid)).toEqual(expect.any(Array));
					expect(await results(msgid, 'lin')).toEqual(expect.any(Array));
				}
			},
		);

		test('what the list shows', async () => {
			const shown = async (name: (typeof oddRecords)[number]) => {
				const { msgid } = sandbox.world.addOddRecord(name);
				return (await list('single')).find((row) => row.msgid === msgid);
			};
			expect((await shown('linkWithoutTitle')).attachments).toEqual([
				{ msgtype: 'link', link: { url: 'https://example.com/g' } },
			]);
			expect((await shown('attachmentWithoutObject')).attachments).toEqual([{ msgtype: 'image' }]);
			expect((await shown('attachmentsNull')).attachments).toBeNull();
			expect(await shown('withoutText')).not.toHaveProperty('text');
			expect((await shown('textNull')).text).toBeNull();
			expect((await shown('createTimeNull')).create_time).toBeNull();
			expect((await shown('createTimeZero')).create_time).toBe(0);
			expect((await shown('createTimeText')).create_time).toBe(String(NOW));
			expect(await shown('createTimeAbsent')).not.toHaveProperty('create_time');
		});

		test('the time range knows when they were made', async () => {
			sandbox.world.addOddRecord('createTimeNull', { createTime: NOW - 3601 });
			expect(await list('single')).toEqual([]);
		});

		test('what members and results show', async () => {
			const [first, second] = customersOf(corp, 'lin', 2) as [string, string];
			const sent = { ...LIN, external_userid: first, status: 1, send_time: NOW };
			const unsent = { ...LIN, external_userid: second, status: 0 };
			const shown = async (name: (typeof oddRecords)[number]) => {
				const { msgid } = sandbox.world.addOddRecord(name, LIN);
				return [await members(msgid), await results(msgid, 'lin')];
			};
			const waiting = [{ ...LIN, status: 0 }];
			expect(await shown('emptyOtherId')).toEqual([
				waiting,
				[
					{ ...sent, chat_id: '' },
					{ ...unsent, chat_id: '' },
				],
			]);
			expect((await shown('bothIds'))[1]).toMatchObject([{ chat_id: 'wxOther' }, {}]);
			expect((await shown('noId'))[1]).toEqual([
				{ ...LIN, status: 1, send_time: NOW },
				{ ...LIN, status: 0 },
			]);
			expect(await shown('unknownStatus')).toEqual([
				[{ ...LIN, status: 7, send_time: NOW }],
				[
					{ ...sent, status: 9 },
					{ ...unsent, status: 9 },
				],
			]);
			expect(await shown('sendTimeZero')).toEqual([
				[{ ...LIN, status: 2, send_time: 0 }],
				[
					{ ...sent, send_time: 0 },
					{ ...unsent, send_time: 0 },
				],
			]);
			expect((await shown('repeatedRows'))[1]).toEqual([
				sent,
				{ ...unsent, external_userid: first },
			]);
			expect(await shown('withoutMembers')).toMatchObject([[], [{}, {}]]);
			expect(await shown('withoutResults')).toEqual([waiting, []]);
		});

		test('of the test’s own making', async () => {
			const { msgid } = sandbox.world.addForeignTask({
				recipients: { lin: [] },
				wire: { listed: { create_type: null }, members: [{ userid: 'lin', status: '2' }] },
			});
			expect(await list('single')).toMatchObject([{ create_type: null }]);
			expect(await members(msgid)).toEqual([{ userid: 'lin', status: '2' }]);
		});

		test('need somebody to be about', () => {
			expect(() => sandbox.world.addOddRecord('noId', { userid: 'nobody' })).toThrow('nobody');
		});
	});
});
