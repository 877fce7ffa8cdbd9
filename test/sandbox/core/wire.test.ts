/* eslint-disable @n8n/community-nodes/no-restricted-globals -- one setting has its default from the environment */
import type { Fault, Sandbox } from '../index';
import { startSandbox } from '../index';
import type { Body, TestClient } from '../testClient';
import { chatId, customersOf, useSandbox } from '../testClient';

const NOW = Date.parse('2026-03-10T04:00:00Z') / 1000;
const EC = '/cgi-bin/externalcontact';
const FOLLOW = `${EC}/get_follow_user_list`;

describe('how responses look on the wire', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox(
		{ startAt: NOW, absentLists: 'empty', frozen: true },
		(fresh) => ({ sandbox, client } = fresh),
	);

	describe('A67: the Date header', () => {
		const date = async (path = FOLLOW): Promise<unknown> =>
			(await client.raw('GET', path)).headers.date;

		test('is the time of the sandbox when the response is sent', async () => {
			expect(await date('/cgi-bin/gettoken')).toBe('Tue, 10 Mar 2026 04:00:00 GMT');
			sandbox.clock.advance(86_400);
			expect(await date()).toBe('Wed, 11 Mar 2026 04:00:00 GMT');
			expect(await date('/cgi-bin/nothing')).toBe('Wed, 11 Mar 2026 04:00:00 GMT');
		});

		test.each<Fault>([
			{ kind: 'errcode', errcode: -1 },
			{ kind: 'httpStatus', status: 502 },
			{ kind: 'html' },
			{ kind: 'notJson' },
			{ kind: 'delay', ms: 1 },
			{ kind: 'killToken' },
			{ kind: 'untrustedIp' },
			{ kind: 'drip', ms: 0 },
			{ kind: 'endlessPages' },
			{ kind: 'echoUrl' },
			{ kind: 'tooLarge' },
			{ kind: 'redirect', location: '/cgi-bin/nothing' },
		])('is in the response of the fault $kind too', async (fault) => {
			sandbox.faults.add({ path: FOLLOW, fault });
			expect(await date()).toBe('Tue, 10 Mar 2026 04:00:00 GMT');
		});

		test.each([
			['epoch', 'Thu, 01 Jan 1970 00:00:00 GMT'],
			['garbage', 'some time today'],
			['absent', undefined],
		] as const)('%s', async (dateHeader, expected) => {
			sandbox.world.settings.dateHeader = dateHeader;
			expect(await date()).toBe(expected);
		});

		test('garbage is no date at all', () => {
			expect(Date.parse('some time today')).toBeNaN();
		});
	});

	describe('A68: empty lists and texts of a success', () => {
		const bodies = async (): Promise<Record<string, Body>> => {
			const { corp } = sandbox.world;
			const [id] = customersOf(corp, 'chen', 1) as [string];
			const relation = corp.relation('chen', id);
			if (relation) relation.tagIds = [];
			corp.addTagGroup('Empty', [], { createTime: NOW });
			const created = await client.contact('add_msg_template', {
				sender: 'chen',
				external_userid: [id],
				text: { content: 'Hi' },
			});
			const { msgid } = created;
			const chat_id = chatId(corp, 'Cake lovers');
			const group = corp.groups.get(chat_id);
			group?.members.splice(0);
			const range = { start_time: NOW, end_time: NOW };
			return {
				created,
				tasks: await client.contact('get_groupmsg_list_v2', { chat_type: 'single', ...range }),
				noTasks: await client.contact('get_groupmsg_list_v2', { chat_type: 'group', ...range }),
				members: await client.contact('get_groupmsg_task', { msgid }),
				results: await client.contact('get_groupmsg_send_result', { msgid, userid: 'wei' }),
				customers: await client.contact('batch/get_by_user', { userid_list: ['chen'], limit: 1 }),
				customer: await client.get(`${EC}/get`, { external_userid: id }),
				tags: await client.contact('get_corp_tag_list'),
				group: await client.contact('groupchat/get', { chat_id }),
			};
		};

		test('null', async () => {
			sandbox.world.settings.absentLists = 'null';
			const all = await bodies();
			expect(all.created).toEqual({
				errcode: 0,
				errmsg: 'ok',
				fail_list: null,
				msgid: expect.any(String),
			});
			expect(all.tasks).toMatchObject({
				next_cursor: null,
				group_msg_list: [{ text: { content: 'Hi' }, attachments: null }],
			});
			expect(all.noTasks).toMatchObject({ group_msg_list: null });
			expect(all.members).toMatchObject({ next_cursor: null, task_list: [{ userid: 'chen' }] });
			expect(all.results).toMatchObject({ next_cursor: null, send_list: null });
			expect(all.customers).toMatchObject({
				external_contact_list: [
					{ follow_info: { description: null, remark_mobiles: null, tag_id: null } },
				],
			});
			expect(all.customer).toMatchObject({ follow_user: [{ tags: null }] });
			expect(all.tags?.tag_group.at(-1)).toMatchObject({ group_name: 'Empty', tag: null });
			expect(all.group).toMatchObject({ group_chat: { member_list: null, admin_list: null } });
		});

		test('absent', async () => {
			sandbox.world.settings.absentLists = 'absent';
			const all = await bodies();
			expect(Object.keys(all.created)).toEqual(['errcode', 'errmsg', 'msgid']);
			expect(Object.keys(all.tasks)).toEqual(['errcode', 'errmsg', 'group_msg_list']);
			expect(all.tasks?.group_msg_list[0]).not.toHaveProperty('attachments');
			expect(Object.keys(all.noTasks)).toEqual(['errcode', 'errmsg']);
			expect(Object.keys(all.results)).toEqual(['errcode', 'errmsg']);
			expect(Object.keys(all.customers?.external_contact_list[0].follow_info)).toEqual([
				'userid',
				'remark',
				'createtime',
				'add_way',
				'oper_userid',
			]);
			expect(all.customer?.follow_user[0]).not.toHaveProperty('tags');
			expect(all.tags?.tag_group.at(-1)).not.toHaveProperty('tag');
			expect(all.group?.group_chat).not.toHaveProperty('member_list');
		});

		test('refusals keep theirs (observed 2026-09)', async () => {
			sandbox.world.settings.absentLists = 'absent';
			sandbox.world.killToken();
			expect((await client.raw('GET', FOLLOW)).data).toMatchObject({ follow_user: [] });
		});

		describe('SANDBOX_ABSENT_LISTS', () => {
			const before = process.env.SANDBOX_ABSENT_LISTS;
			afterEach(() => {
				if (before === undefined) delete process.env.SANDBOX_ABSENT_LISTS;
				else process.env.SANDBOX_ABSENT_LISTS = before;
			});

			test('is the default', async () => {
				process.env.SANDBOX_ABSENT_LISTS = 'null';
				const other = await startSandbox();
				expect(other.world.settings.absentLists).toBe('null');
				await other.stop();
				process.env.SANDBOX_ABSENT_LISTS = '';
				const usual = await startSandbox();
				expect(usual.world.settings.absentLists).toBe('empty');
				await usual.stop();
				process.env.SANDBOX_ABSENT_LISTS = 'none';
				await expect(startSandbox()).rejects.toThrow('not empty, null, absent');
			});
		});
	});
});
