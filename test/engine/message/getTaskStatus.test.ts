import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { Scenario } from '../../harness/scenario';
import { byId, customersOf, startScenario } from '../../harness/scenario';
import type { SandboxOptions } from '../../sandbox';

let scenario: Scenario;
afterEach(async () => await scenario.stop());

async function start(options: SandboxOptions = {}): Promise<void> {
	scenario = await startScenario(options);
}

/** A task for these customers, created through the node; returns its msgid. */
async function createTask(ids: readonly string[], sender: string | undefined): Promise<string> {
	const { items } = await scenario.run({
		resource: 'message',
		operation: 'broadcast',
		sendTo: 'customers',
		externalUserIds: [...ids],
		...(sender ? { sentBy: 'member', member: byId(sender) } : { sentBy: 'lastContact' }),
		text: 'Hello',
	});
	return items[0]?.json.msgid as string;
}

async function status(parameters: IDataObject, run: Parameters<Scenario['run']>[1] = {}) {
	return await scenario.run(
		{ resource: 'message', operation: 'getTaskStatus', ...parameters },
		run,
	);
}

const NOTHING_KNOWN = {
	member_count: null,
	members_sent: null,
	members_pending: null,
	customer_count: null,
	sent: null,
	pending: null,
	failed_not_friend: null,
	failed_limit: null,
	first_sent_at: null,
	last_sent_at: null,
};

describe('Summary', () => {
	it('follows a task from creation to completion', async () => {
		await start({ startAt: new Date('2026-11-30T01:00:00Z') });
		const { sandbox } = scenario;
		const ids = customersOf(sandbox, 'chen').slice(0, 4);
		const msgid = await createTask(ids, 'chen');
		const summary = async () =>
			(await status({ msgid: byId(msgid), output: 'summary' })).items[0]?.json;

		expect(await summary()).toEqual({
			msgid,
			state: 'awaiting_members',
			member_count: 1,
			members_sent: 0,
			members_pending: 1,
			customer_count: 4,
			sent: 0,
			pending: 4,
			failed_not_friend: 0,
			failed_limit: 0,
			first_sent_at: null,
			last_sent_at: null,
		});

		sandbox.clock.set(new Date('2026-12-01T01:00:00Z'));
		sandbox.world.setReceiveLimit('1_per_day');
		sandbox.world.addPersonalMessage('chen', [ids[0] as string], 'Good morning');
		sandbox.world.deleteRelation('chen', ids[1] as string);
		sandbox.world.confirmTask(msgid);
		expect(await summary()).toMatchObject({
			state: 'completed',
			members_sent: 1,
			members_pending: 0,
			sent: 2,
			pending: 0,
			failed_not_friend: 1,
			failed_limit: 1,
			first_sent_at: '2026-12-01T09:00:00.000+08:00',
			last_sent_at: '2026-12-01T09:00:00.000+08:00',
		});
	});

	it('is in progress while some members have not confirmed', async () => {
		await start();
		const msgid = await createTask(customersOf(scenario.sandbox, 'lin'), undefined);
		scenario.sandbox.world.confirmTask(msgid, 'wei');
		const { items } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(items[0]?.json).toMatchObject({
			state: 'in_progress',
			member_count: 2,
			members_sent: 1,
			members_pending: 1,
		});
	});

	it('counts a member with the older status 1 as one who acted', async () => {
		await start({ mixedStatus1: true });
		const msgid = await createTask(customersOf(scenario.sandbox, 'lin'), undefined);
		scenario.sandbox.world.confirmTask(msgid);
		const { items } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(items[0]?.json).toMatchObject({ state: 'completed', members_pending: 0 });
	});

	it('waits while WeCom is handing the task out', async () => {
		await start({ dispatchDelaySeconds: 10 });
		const msgid = await createTask(customersOf(scenario.sandbox, 'chen'), 'chen');
		const { items } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(items[0]?.json.state).toBe('awaiting_members');
	});

	it('says that WeCom is still handing the task out when that takes long', async () => {
		await start({ dispatchDelaySeconds: 3_600 });
		const msgid = await createTask(customersOf(scenario.sandbox, 'chen'), 'chen');
		const { items, hints } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(items[0]?.json).toEqual({ msgid, state: 'dispatching', ...NOTHING_KNOWN });
		expect(hints.map(({ message }) => message)).toEqual([
			'Where the state is dispatching, WeCom names no members, so the numbers are unknown (null). Look again in a minute.',
		]);
		expect(scenario.sandbox.log.count(PATHS.taskMembers)).toBe(6);
	});

	it('waits for a young task that WeCom does not know yet', async () => {
		await start({ unknownMsgidSeconds: 5 });
		const msgid = await createTask(customersOf(scenario.sandbox, 'chen'), 'chen');
		const { items } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(items[0]?.json.state).toBe('awaiting_members');
	});

	describe('of a task cancelled after some had received it', () => {
		/** Cancelled by the node when wei, but not lin, had confirmed. */
		async function cancelledTask(): Promise<string> {
			const msgid = await createTask(customersOf(scenario.sandbox, 'lin').slice(0, 5), undefined);
			scenario.sandbox.world.confirmTask(msgid, 'wei');
			await scenario.run({ resource: 'message', operation: 'cancel', msgid: byId(msgid) });
			return msgid;
		}

		it('claims no numbers when WeCom only says that it is cancelled', async () => {
			await start({ cancelledTask: '41093' });
			const msgid = await cancelledTask();
			const { items, hints } = await status({ msgid: byId(msgid), output: 'summary' });
			expect(items[0]?.json).toEqual({ msgid, state: 'cancelled', ...NOTHING_KNOWN });
			expect(hints.map(({ message }) => message)).toEqual([
				'Where the state is cancelled, WeCom names no members, so the numbers are unknown (null). What customers received before it was cancelled stays with them.',
			]);
			expect((await status({ msgid: byId(msgid), output: 'members' })).items).toEqual([]);
		});

		it('counts when WeCom goes on to name the members', async () => {
			await start({ cancelledTask: 'rows' });
			const msgid = await cancelledTask();
			const { items, hints } = await status({ msgid: byId(msgid), output: 'summary' });
			expect(items[0]?.json).toMatchObject({
				state: 'in_progress',
				member_count: 2,
				customer_count: 5,
				sent: 3,
				pending: 2,
			});
			expect(hints).toEqual([]);
		});
	});

	it('counts all of a task with 20 members and 10,000 customers, one member having 5,000', async () => {
		await start({ seed: { members: 20, customersPerMember: 264 } });
		const { sandbox } = scenario;
		const { corp } = sandbox.world;
		const [first, ...others] = [...corp.members.values()];
		if (!first) throw new Error('no member');
		for (let index = first.relations.length; index < 5_000; index++) {
			const customer = corp.addCustomer({
				externalUserid: corp.newId('wm'),
				name: `Customer ${index}`,
			});
			corp.befriend(first, customer, { createTime: sandbox.clock.now() });
		}
		const ids = [first, ...others].flatMap((member) => customersOf(sandbox, member.userid));
		const wanted = ids.slice(0, 10_000);
		expect(wanted).toHaveLength(10_000);
		const msgid = await createTask(wanted, undefined);
		sandbox.world.confirmTask(msgid);
		sandbox.log.clear();

		const { items } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(items[0]?.json).toMatchObject({
			state: 'completed',
			member_count: 20,
			customer_count: 10_000,
			sent: 10_000,
		});
		// 19 members with one page, one with 5.
		expect(sandbox.log.count(PATHS.taskResults)).toBe(24);
		expect(sandbox.log.count(PATHS.taskMembers)).toBe(1);
	});
});

describe('of a task for customer groups', () => {
	it('counts what was sent, says null where WeCom says nothing, and explains it', async () => {
		await start();
		const { sandbox } = scenario;
		const chatIds = [...sandbox.world.corp.groups.values()]
			.filter((group) => group.owner === 'lin')
			.map((group) => group.chatId);
		const created = await scenario.run({
			resource: 'message',
			operation: 'broadcast',
			sendTo: 'groups',
			member: byId('lin'),
			chatIds,
			text: 'Hello all',
		});
		const msgid = created.items[0]?.json.msgid as string;
		const before = await status({ msgid: byId(msgid), output: 'summary' });
		expect(before.items[0]?.json).toMatchObject({ group_count: null, sent: 0, pending: null });
		expect(before.items[0]?.json).not.toHaveProperty('customer_count');
		expect(before.hints[0]?.message).toContain('waiting groups are not counted');

		const members = await status({ msgid: byId(msgid), output: 'members' });
		expect(members.items[0]?.json).toMatchObject({ userid: 'lin', group_count: null });

		sandbox.world.confirmTask(msgid);
		const after = await status({ msgid: byId(msgid), output: 'customers' });
		expect(after.items.map(({ json }) => [json.chat_id, json.status_name])).toEqual(
			chatIds.map((chatId) => [chatId, 'sent']),
		);
	});
});

describe('One Item per Member', () => {
	it('names the status and counts the customers of each', async () => {
		await start();
		const msgid = await createTask(customersOf(scenario.sandbox, 'lin').slice(0, 5), undefined);
		scenario.sandbox.world.confirmTask(msgid, 'wei');
		const { items } = await status({ msgid: byId(msgid), output: 'members' });
		expect(
			items
				.map(({ json }) => [json.userid, json.status_name, json.customer_count, json.sent])
				.sort(),
		).toEqual([
			['lin', 'not_sent', 2, 0],
			['wei', 'sent', 3, 3],
		]);
	});

	it('counts customers also for a member of whom WeCom lists none', async () => {
		await start();
		const msgid = await createTask(customersOf(scenario.sandbox, 'lin').slice(0, 5), undefined);
		const body = '{"errcode":0,"errmsg":"ok","next_cursor":"","send_list":[]}';
		const fault = { kind: 'notJson', body } as const;
		scenario.sandbox.faults.add({ path: PATHS.taskResults, call: 1, fault });
		const { items, hints } = await status({ msgid: byId(msgid), output: 'members' });
		expect(items.map(({ json }) => json.customer_count)).toContain(0);
		expect(items.some(({ json }) => 'group_count' in json)).toBe(false);
		expect(hints).toEqual([]);
	});
});

describe('One Item per Customer', () => {
	it('tells who got it, who did not, and why', async () => {
		await start();
		const { sandbox } = scenario;
		const ids = customersOf(sandbox, 'chen').slice(0, 3) as [string, string, string];
		const msgid = await createTask(ids, 'chen');
		sandbox.world.deleteRelation('chen', ids[1]);
		sandbox.world.confirmTask(msgid, 'chen', { only: [ids[0], ids[1]] });
		const { items } = await status({ msgid: byId(msgid), output: 'customers' });
		expect(
			items.map(({ json }) => [json.external_userid, json.status_name, json.sent_at !== null]),
		).toEqual([
			[ids[0], 'sent', true],
			[ids[1], 'failed_not_friend', false],
			[ids[2], 'pending', false],
		]);
	});
});

describe('bad input', () => {
	beforeEach(async () => await start());

	it('a msgid that WeCom does not know', async () => {
		const { error } = await status({ msgid: byId('msg-unknown'), output: 'summary' });
		expect(error).toMatchObject({
			message: 'WeCom does not know this message ID',
			description: expect.stringContaining('errcode 41047') as string,
			context: { itemIndex: 0 },
		});
	});

	it('a msgid that resolved to nothing, without any request', async () => {
		const { error } = await status({ msgid: byId('={{ $json.msgid }}'), output: 'summary' });
		expect(error?.message).toBe('No task is named');
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('keeps the other items under Continue On Fail', async () => {
		const msgid = await createTask(customersOf(scenario.sandbox, 'chen'), 'chen');
		const { items } = await status(
			{ msgid: byId('={{ $json.msgid }}'), output: 'summary' },
			{
				input: [{ msgid: 'msg-unknown' }, { msgid }],
				node: { parameters: {}, onError: 'continueRegularOutput' },
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.error ?? json.state, pairedItem])).toEqual([
			['WeCom does not know this message ID', { item: 0 }],
			['awaiting_members', { item: 1 }],
		]);
	});
});

describe('a network that fails', () => {
	beforeEach(async () => await start());

	it.each([
		['HTTP 502', { kind: 'httpStatus' as const, status: 502 }],
		['an HTML page', { kind: 'html' as const }],
		['a reset', { kind: 'reset' as const }],
		['a cut body', { kind: 'cutBody' as const }],
		['-1', { kind: 'errcode' as const, errcode: -1 }],
		['45009', { kind: 'errcode' as const, errcode: 45009 }],
		['45033', { kind: 'errcode' as const, errcode: 45033 }],
	])('%s is repeated, because reading twice does no harm', async (_, fault) => {
		const msgid = await createTask(customersOf(scenario.sandbox, 'chen'), 'chen');
		scenario.sandbox.faults.add({ path: PATHS.taskResults, call: 1, fault });
		const { items } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(items[0]?.json.state).toBe('awaiting_members');
		expect(scenario.sandbox.log.count(PATHS.taskResults)).toBe(2);
	});

	it('is given up after 3 repeats', async () => {
		const msgid = await createTask(customersOf(scenario.sandbox, 'chen'), 'chen');
		scenario.sandbox.faults.add({
			path: PATHS.taskMembers,
			fault: { kind: 'httpStatus', status: 503 },
		});
		const { error } = await status({ msgid: byId(msgid), output: 'summary' });
		expect(error?.message).toBe('The server answered HTTP 503 instead of a WeCom answer');
		expect(scenario.sandbox.log.count(PATHS.taskMembers)).toBe(4);
	});
});
