import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

describe('One Item per Member', () => {
	it('names the status and counts the customers of each', async () => {
		const msgid = await scenario.createTask({
			to: scenario.customersOf('lin').slice(0, 5),
			sentBy: 'lastContact',
		});
		scenario.sandbox.world.confirmTask(msgid, 'wei');
		const { items } = await scenario.status(msgid, { output: 'members' });
		expect(
			items
				.map(({ json }) => [json.userid, json.status_name, json.customer_count, json.sent])
				.sort(),
		).toEqual([
			['lin', 'not_sent', 2, 0],
			['wei', 'sent', 3, 3],
		]);
	});

	it('counts no customers for a member for whom WeCom lists none', async () => {
		const msgid = await scenario.createTask({
			to: scenario.customersOf('lin').slice(0, 5),
			sentBy: 'lastContact',
		});
		const body = '{"errcode":0,"errmsg":"ok","next_cursor":"","send_list":[]}';
		const fault = { kind: 'notJson', body } as const;
		scenario.sandbox.faults.add({ path: PATHS.taskResults, call: 1, fault });
		const { items, hints } = await scenario.status(msgid, { output: 'members' });
		expect(items.map(({ json }) => json.customer_count)).toContain(0);
		expect(items.some(({ json }) => 'group_count' in json)).toBe(false);
		expect(hints).toEqual([]);
	});
});

it.each([
	['customers', ['external_userid', 'userid', 'status_name', 'sent_at']],
	[
		'members',
		[
			'userid',
			'status_name',
			'sent_at',
			'customer_count',
			'sent',
			'pending',
			'failed_not_friend',
			'failed_limit',
		],
	],
])(
	'begins the rows of %s with what they are about, and ends with the task',
	async (output, first) => {
		const msgid = await scenario.createTask();
		for (const confirmed of [false, true]) {
			if (confirmed) scenario.sandbox.world.confirmTask(msgid);
			const { items } = await scenario.status(msgid, { output });
			expect(items[0]?.json).toMatchObject({
				msgid,
				task_state: confirmed ? 'completed' : 'awaiting_members',
			});
			expect(Object.keys(items[0]?.json ?? {})).toEqual([
				...first,
				'status',
				'send_time',
				'msgid',
				'task_state',
			]);
		}
	},
);

describe('One Item per Customer', () => {
	it('tells who got it, who did not, and why', async () => {
		const { sandbox } = scenario;
		const ids = scenario.customersOf('chen').slice(0, 3) as [string, string, string];
		const msgid = await scenario.createTask({ sender: 'chen', to: ids });
		sandbox.world.deleteRelation('chen', ids[1]);
		sandbox.world.confirmTask(msgid, 'chen', { only: [ids[0], ids[1]] });
		const { items } = await scenario.status(msgid, { output: 'customers' });
		expect(
			items.map(({ json }) => [json.external_userid, json.status_name, json.sent_at !== null]),
		).toEqual([
			[ids[0], 'sent', true],
			[ids[1], 'failed_not_friend', false],
			[ids[2], 'pending', false],
		]);
	});
});

it('counts what went to customer groups, and explains the null where WeCom says nothing', async () => {
	const { sandbox } = scenario;
	const chatIds = scenario.groupsOf('lin');
	const msgid = await scenario.createTask({ sendTo: 'groups', chatIds });
	const before = await scenario.status(msgid);
	expect(before.items[0]?.json).toMatchObject({ group_count: null, sent: 0, pending: null });
	expect(before.items[0]?.json).not.toHaveProperty('customer_count');
	expect(before.hints[0]?.message).toContain('waiting groups are not counted');

	const members = await scenario.status(msgid, { output: 'members' });
	expect(members.items[0]?.json).toMatchObject({ userid: 'lin', group_count: null });

	sandbox.world.confirmTask(msgid);
	const after = await scenario.status(msgid, { output: 'customers' });
	expect(after.items.map(({ json }) => [json.chat_id, json.status_name])).toEqual(
		chatIds.map((chatId) => [chatId, 'sent']),
	);
	expect(Object.keys(after.items[0]?.json ?? {}).slice(0, 2)).toEqual(['chat_id', 'userid']);
});
