import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

/* WeCom documents these as numbers, and quotes some of them in its samples. */

const scenario = useScenario({ startAt: new Date('2026-01-31T08:00:00Z') });

function answer(path: string, body: object): void {
	const text = JSON.stringify({ errcode: 0, errmsg: 'ok', ...body });
	scenario.sandbox.faults.add({ path, fault: { kind: 'notJson', body: text } });
}

describe('a task whose numbers are quoted', () => {
	beforeEach(() => {
		answer(PATHS.taskMembers, {
			task_list: [{ userid: 'lin', status: '2', send_time: '1769846400' }],
		});
		answer(PATHS.taskResults, {
			send_list: [
				{ external_userid: 'wm1', userid: 'lin', status: '1', send_time: '1769846400' },
				{ external_userid: 'wm2', userid: 'lin', status: '2' },
				{ external_userid: 'wm3', userid: 'lin', status: '3' },
				{ external_userid: 'wm4', userid: 'lin', status: '0' },
			],
		});
	});

	it('has the same summary', async () => {
		const { items } = await scenario.status('msg1');
		expect(items[0]?.json).toMatchObject({
			state: 'completed',
			customer_count: 4,
			sent: 1,
			pending: 1,
			failed_not_friend: 1,
			failed_limit: 1,
		});
		expect(items[0]?.json).not.toHaveProperty('unknown_status');
	});

	it('has the same customers to write to again', async () => {
		const { items } = await scenario.status('msg1', {
			output: 'customers',
			customerStatus: ['atLimit'],
			options: { receiveLimit: 'perDay' },
		});
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				external_userid: 'wm3',
				status: 3,
				retry_after: '2026-02-01T00:00:00.000+08:00',
			}),
		]);
	});
});

it('counts every customer group, although WeCom gives empty text for the customer', async () => {
	answer(PATHS.taskMembers, { task_list: [{ userid: 'lin', status: 2, send_time: 1769846400 }] });
	answer(PATHS.taskResults, {
		send_list: ['wr1', 'wr2', 'wr3'].map((chat_id) => ({
			external_userid: '',
			chat_id,
			userid: 'lin',
			status: 1,
			send_time: 1769846400,
		})),
	});
	const summary = await scenario.status('msg1');
	expect(summary.items[0]?.json).toMatchObject({ sent: 3 });
	const { items } = await scenario.status('msg1', { output: 'customers' });
	expect(items.map(({ json }) => json.chat_id)).toEqual(['wr1', 'wr2', 'wr3']);
});

it('lists a message once that WeCom gives on two pages', async () => {
	const record = (msgid: string) => ({
		msgid,
		create_time: '1769846300',
		create_type: '0',
		text: { content: msgid },
	});
	const page = (cursor: string, ...ids: string[]) => ({
		next_cursor: cursor,
		group_msg_list: ids.map(record),
	});
	for (const [call, body] of [page('c', 'a', 'b'), page('', 'b', 'c')].entries()) {
		const text = JSON.stringify({ errcode: 0, ...body });
		scenario.sandbox.faults.add({
			path: PATHS.tasks,
			call: call + 1,
			fault: { kind: 'notJson', body: text },
		});
	}
	const { items } = await scenario.run({ resource: 'message', operation: 'list', returnAll: true });
	expect(items.map(({ json }) => [json.msgid, json.create_type_name])).toEqual([
		['a', 'company'],
		['b', 'company'],
		['c', 'company'],
	]);
});

it('filters customers by numbers that are quoted', async () => {
	answer(PATHS.customers, {
		external_contact_list: [
			{
				external_contact: { external_userid: 'wm1', type: '1', gender: '2' },
				follow_info: { userid: 'lin', add_way: '1' },
			},
			{
				external_contact: { external_userid: 'wm2', type: '2', gender: '1' },
				follow_info: { userid: 'lin', add_way: '4' },
			},
		],
	});
	for (const filters of [{ type: 1 }, { gender: [2] }, { addWay: [1] }]) {
		const { items } = await scenario.listCustomers({ filters, output: 'ids' });
		expect(items.map(({ json }) => json.external_userid)).toEqual(['wm1']);
	}
});

it('finds customers in a group whose kinds of members are quoted', async () => {
	const [first = ''] = scenario.customersOf('lin');
	answer(PATHS.group, {
		group_chat: {
			member_list: [
				{ userid: first, type: '2' },
				{ userid: 'lin', type: '1' },
			],
		},
	});
	const { items } = await scenario.listCustomers({
		memberScope: 'chosen',
		members: ['lin'],
		filters: { inGroups: ['wr1'] },
		output: 'ids',
	});
	expect(items.map(({ json }) => json.external_userid)).toEqual([first]);
	const group = await scenario.run({
		resource: 'customerGroup',
		operation: 'get',
		chat: byId('wr1'),
	});
	expect(group.items[0]?.json).toMatchObject({ member_count: 2, customer_count: 1 });
});

it('shows a personal tag as one, although its kind is quoted', async () => {
	answer(PATHS.customer, {
		external_contact: { external_userid: 'wm1', type: '1' },
		follow_user: [
			{
				userid: 'lin',
				tags: [
					{ type: '2', tag_name: 'Mine', tag_id: '' },
					{ type: '1', tag_name: 'Gold', tag_id: 'et1' },
				],
			},
		],
	});
	const { items } = await scenario.run({
		resource: 'customer',
		operation: 'get',
		customer: byId('wm1'),
	});
	expect(items[0]?.json.members).toEqual([
		expect.objectContaining({ tag_name: ['Gold'], personal_tag_name: ['Mine'] }),
	]);
});

it('counts whom a task reaches, whatever fail_list repeats or adds', async () => {
	const [a = '', b = ''] = scenario.customersOf('lin');
	answer(PATHS.create, { msgid: `msg${Date.now()}`, fail_list: [b, b, 'wmNobody'] });
	const { items } = await scenario.broadcast({ externalUserIds: [a, b].join() });
	expect(items[0]?.json).toMatchObject({
		state: 'created',
		recipient_count: 1,
		fail_list: [b, 'wmNobody'],
		fail_count: 2,
	});
});
