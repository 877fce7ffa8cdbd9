import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

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

it('follows a task from creation to completion', async () => {
	await scenario.restart({ startAt: new Date('2026-11-30T01:00:00Z') });
	const { sandbox } = scenario;
	const ids = scenario.customersOf('chen').slice(0, 4);
	const msgid = await scenario.createTask({ sender: 'chen', to: ids });
	const summary = async () => (await scenario.status(msgid)).items[0]?.json;

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
	const msgid = await scenario.createTask({ sentBy: 'lastContact' });
	scenario.sandbox.world.confirmTask(msgid, 'wei');
	const { items } = await scenario.status(msgid);
	expect(items[0]?.json).toMatchObject({
		state: 'in_progress',
		member_count: 2,
		members_sent: 1,
		members_pending: 1,
	});
});

it('counts a member with the older status 1 as having confirmed', async () => {
	await scenario.restart({ mixedStatus1: true });
	const msgid = await scenario.createTask({ sentBy: 'lastContact' });
	scenario.sandbox.world.confirmTask(msgid);
	const { items } = await scenario.status(msgid);
	expect(items[0]?.json).toMatchObject({ state: 'completed', members_pending: 0 });
});

it('waits while WeCom is dispatching the task', async () => {
	await scenario.restart({ dispatchDelaySeconds: 10 });
	const msgid = await scenario.createTask({ sender: 'chen' });
	const { items } = await scenario.status(msgid);
	expect(items[0]?.json.state).toBe('awaiting_members');
});

it('says that WeCom is still dispatching the task when that takes long', async () => {
	await scenario.restart({ dispatchDelaySeconds: 3_600 });
	const msgid = await scenario.createTask({ sender: 'chen' });
	const { items, hints } = await scenario.status(msgid);
	expect(items[0]?.json).toEqual({ msgid, state: 'dispatching', ...NOTHING_KNOWN });
	expect(hints.map(({ message }) => message)).toEqual([
		'When the state is dispatching, WeCom names no members, so the numbers are unknown (null). Check again in a minute.',
	]);
	expect(scenario.sandbox.log.count(PATHS.taskMembers)).toBe(6);
});

it('waits for a new task that WeCom does not know yet', async () => {
	await scenario.restart({ unknownMsgidSeconds: 5 });
	const msgid = await scenario.createTask({ sender: 'chen' });
	const { items } = await scenario.status(msgid);
	expect(items[0]?.json.state).toBe('awaiting_members');
});

describe('of a task cancelled after some had received it', () => {
	/** Cancelled by the node when wei, but not lin, had confirmed. */
	async function cancelledTask(): Promise<string> {
		const msgid = await scenario.createTask({
			to: scenario.customersOf('lin').slice(0, 5),
			sentBy: 'lastContact',
		});
		scenario.sandbox.world.confirmTask(msgid, 'wei');
		await scenario.cancel(msgid);
		return msgid;
	}

	it('gives no numbers when WeCom only says that it is cancelled', async () => {
		await scenario.restart({ cancelledTask: '41093' });
		const msgid = await cancelledTask();
		const { items, hints } = await scenario.status(msgid);
		expect(items[0]?.json).toEqual({ msgid, state: 'cancelled', ...NOTHING_KNOWN });
		expect(hints.map(({ message }) => message)).toEqual([
			'When the state is cancelled, WeCom names no members, so the numbers are unknown (null). What customers received before the cancellation stays with them.',
		]);
		expect((await scenario.status(msgid, { output: 'members' })).items).toEqual([]);
	});

	it('counts when WeCom still names the members', async () => {
		await scenario.restart({ cancelledTask: 'rows' });
		const msgid = await cancelledTask();
		const { items, hints } = await scenario.status(msgid);
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

it('counts a task with 20 members and 10,000 customers, 5,000 of them of one member', async () => {
	await scenario.restart({ seed: { members: 20, customersPerMember: 264 } });
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
	const ids = [first, ...others].flatMap((member) => scenario.customersOf(member.userid));
	const wanted = ids.slice(0, 10_000);
	expect(wanted).toHaveLength(10_000);
	const msgid = await scenario.createTask({ to: wanted, sentBy: 'lastContact' });
	sandbox.world.confirmTask(msgid);
	sandbox.log.clear();

	const { items } = await scenario.status(msgid);
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
