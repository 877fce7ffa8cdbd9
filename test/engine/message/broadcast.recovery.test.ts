import type { IDataObject } from 'n8n-workflow';

import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';
import type { SandboxOptions } from '../../sandbox';
import { TestClient } from '../../sandbox/testClient';

const scenario = useScenario();

it('finds a task whose response was lost, and gives its msgid', async () => {
	const ids = scenario.customersOf('lin');
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { items } = await scenario.broadcast({ externalUserIds: ids });
	const [task] = scenario.tasks();
	expect(items[0]?.json).toMatchObject({
		state: 'recovered',
		msgid: task?.msgid,
		recipient_count: ids.length,
		fail_list: [],
	});
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
});

it.each(['{}', '{"errcode":0,"errmsg":"ok"}', '{"errcode":0,"fail_list":[],"msgid":""}'])(
	'finds the task when WeCom seems to respond with %s',
	async (body) => {
		const ids = scenario.customersOf('lin');
		const fault = { kind: 'notJson', body, after: true } as const;
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault });
		const { items } = await scenario.broadcast({ externalUserIds: ids });
		const [task] = scenario.tasks();
		expect(items[0]?.json).toMatchObject({ state: 'recovered', msgid: task?.msgid });
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
	},
);

it('finds the task when the user ID of the member is in a different case', async () => {
	const ids = scenario.customersOf('lin');
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { items } = await scenario.broadcast({ externalUserIds: ids, member: byId('Lin') });
	expect(items[0]?.json.state).toBe('recovered');
	expect(scenario.tasks()).toHaveLength(1);
});

it('finds no task when something responded "ok" without a msgid', async () => {
	const ids = scenario.customersOf('lin');
	const fault = { kind: 'notJson', body: '{"errcode":0,"errmsg":"ok"}' } as const;
	scenario.sandbox.faults.add({ path: PATHS.create, fault });
	const { error, items } = await scenario.broadcast({ externalUserIds: ids });
	expect(items).toEqual([]);
	expect(error).toMatchObject({
		message: 'WeCom may or may not have created the task',
		description: expect.stringContaining('The server answered without msgid') as string,
	});
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
});

it('finds the task with the customers it does not reach', async () => {
	const ids = scenario.customersOf('lin');
	const [foreign] = scenario.customersOf('chen');
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { items } = await scenario.broadcast({ externalUserIds: [...ids, foreign as string] });
	expect(items[0]?.json).toMatchObject({ state: 'recovered', fail_list: [foreign] });
});

it.each<[string, SandboxOptions]>([
	['the list shows it some seconds later', { listDelaySeconds: 6 }],
	['it is still being handed out', { dispatchDelaySeconds: 12 }],
	['its msgid is not known yet', { unknownMsgidSeconds: 8 }],
	['times come as text', { createTimeAsString: true }],
	[
		'the list is long and its last page full',
		{ lastPageCursor: 'present', listOrder: 'oldest_first' },
	],
	['the list drops media IDs', { listMediaIds: 'dropped' }],
])('finds the task although %s', async (_, options) => {
	await scenario.restart(options);
	const ids = scenario.customersOf('lin');
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { items } = await scenario.broadcast({ externalUserIds: ids });
	expect(items[0]?.json.state).toBe('recovered');
});

it('finds a task with links, and with line breaks and spaces changed by WeCom', async () => {
	const ids = scenario.customersOf('lin');
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const attachments = {
		attachment: [{ type: 'link', title: 'Catalogue', url: 'https://example.com/c', desc: 'New' }],
	};
	const { items } = await scenario.broadcast({
		externalUserIds: ids,
		text: ' Two\r\nlines\n',
		attachments,
	});
	expect(items[0]?.json.state).toBe('recovered');
});

it.each([
	['to other customers', 'chen', 'The new harvest is here'],
	['with another text', 'lin', 'Something else'],
])('does not confuse the task with one %s', async (_, sender, text) => {
	const ids = scenario.customersOf('lin');
	await scenario.broadcast({
		externalUserIds: scenario.customersOf(sender),
		member: byId(sender),
		text,
	});
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
	const { error } = await scenario.broadcast({ externalUserIds: ids });
	expect(error).toMatchObject({
		message: 'WeCom may or may not have created the task',
		description: expect.stringMatching(
			/^The connection broke.*The task was not found.*Message > List.*\nTask 1 of 1 of member lin/,
		) as string,
	});
	expect(scenario.tasks()).toHaveLength(1);
});

it('stops at another workflow’s task for some of the same customers, and names it', async () => {
	const ids = scenario.customersOf('lin');
	const { sandbox } = scenario;
	// Another program, unknown to this process, asks for some of them at the same time.
	await createElsewhere({ external_userid: ids.slice(0, 3) });
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
	const { error } = await scenario.broadcast({
		externalUserIds: ids,
		options: { ifUnknown: 'tryAgain' },
	});
	expect(error?.message).toBe('WeCom may or may not have created the task');
	expect(error?.description).toContain(
		`WeCom's list shows ${scenario.tasks()[0]?.msgid}, which may be it.`,
	);
	expect(scenario.tasks()).toHaveLength(1);
});

it.each<[string, () => { parameters: IDataObject; elsewhere: object }]>([
	[
		'all customers of a member, against one for two of them',
		() => ({
			parameters: { sendTo: 'allOfMembers', members: ['lin'] },
			elsewhere: { external_userid: scenario.customersOf('lin').slice(0, 2) },
		}),
	],
	[
		'customers with a tag, against one for another tag',
		() => ({
			parameters: { sendTo: 'tags', tagGroups: { group: [{ tags: [scenario.tagId('Gold')] }] } },
			elsewhere: { tag_filter: { group_list: [{ tag_list: [scenario.tagId('Silver')] }] } },
		}),
	],
])('does not confuse the task with another program’s: %s', async (_, prepare) => {
	const { sandbox } = scenario;
	const { parameters, elsewhere } = prepare();
	const msgid = await createElsewhere(elsewhere);
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
	const { error } = await scenario.broadcast({ ...parameters, options: { ifUnknown: 'tryAgain' } });
	expect(error?.description).toContain(`WeCom's list shows ${msgid}, which may be it.`);
	expect(scenario.tasks()).toHaveLength(1);
});

it.each<[string, () => IDataObject]>([
	['all customers of a member', () => ({ sendTo: 'allOfMembers', members: ['lin'] })],
	[
		'customers with tags',
		() => ({ sendTo: 'tags', tagGroups: { group: [{ tags: [scenario.tagId('Gold')] }] } }),
	],
	[
		'customers with tags, by whoever last talked with them',
		() => ({
			sendTo: 'tags',
			sentBy: 'lastContact',
			tagGroups: { group: [{ tags: [scenario.tagId('Gold')] }] },
		}),
	],
])('finds a task for %s', async (_, parameters) => {
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { items } = await scenario.broadcast(parameters());
	const [task] = scenario.tasks();
	expect(items[0]?.json).toMatchObject({ state: 'recovered', msgid: task?.msgid });
});

it('names a task for customer groups that may be it: WeCom shows only the groups it was sent to', async () => {
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { error } = await scenario.broadcast({
		sendTo: 'groups',
		chatIds: scenario.groupsOf('lin'),
	});
	expect(error).toMatchObject({
		message: 'WeCom may or may not have created the task',
		description: expect.stringContaining(scenario.tasks()[0]?.msgid ?? '?') as string,
	});
	expect(scenario.tasks()).toHaveLength(1);
});

it('does not take another program’s task of the same second for a lost one of other customer groups', async () => {
	const { sandbox } = scenario;
	const [first, ...others] = scenario.groupsOf('lin');
	await createElsewhere({ chat_type: 'group', chat_id_list: [first] });
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
	const { items, error } = await scenario.broadcast({ sendTo: 'groups', chatIds: others });
	expect(items).toEqual([]);
	expect(error?.description).toContain('which may be it');
});

it('does not confuse a task for customer groups with another program’s older one', async () => {
	const { sandbox } = scenario;
	const [first, ...others] = scenario.groupsOf('lin');
	await createElsewhere({ chat_type: 'group', chat_id_list: [first] });
	sandbox.clock.advance(20);
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
	const { error } = await scenario.broadcast({ sendTo: 'groups', chatIds: others });
	expect(error?.description).toContain('which may be it');
});

it('leaves the outcome unknown, and not retryable, when the search for the task fails', async () => {
	const ids = scenario.customersOf('lin');
	const [foreign] = scenario.customersOf('chen');
	const { faults, world } = scenario.sandbox;
	faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	faults.add({ path: PATHS.customerIds, fault: { kind: 'httpStatus', status: 502 } });
	const { items } = await scenario.broadcast(
		{ externalUserIds: [...ids, foreign as string] },
		continueOnFail,
	);
	expect(items.map(({ json }) => json)).toEqual([
		{
			error: 'WeCom may or may not have created the task',
			details: expect.objectContaining({ retryable: false }) as unknown,
		},
	]);
	expect(world.tasks()).toHaveLength(1);
});

it('tries again after finding no task if the builder wants that', async () => {
	const ids = scenario.customersOf('lin');
	scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
	const { items } = await scenario.broadcast({
		externalUserIds: ids,
		options: { ifUnknown: 'tryAgain' },
	});
	expect(items[0]?.json.state).toBe('created');
	expect(scenario.tasks()).toHaveLength(1);
});

it('repeats a request after -1, as WeCom advises, at most 3 times', async () => {
	const ids = scenario.customersOf('lin');
	scenario.sandbox.faults.add({ path: PATHS.create, fault: { kind: 'errcode', errcode: -1 } });
	const { error } = await scenario.broadcast({ externalUserIds: ids });
	expect(error?.message).toBe('WeCom may or may not have created the task');
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(4);
});

it('finds each workflow’s own task when two send the same text and lose both responses', async () => {
	const ids = scenario.customersOf('lin');
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: [1, 2], fault: RESET_AFTER });
	const halves = [ids.slice(0, 6), ids.slice(6)];
	const results = await Promise.all(
		halves.map(async (half) => await scenario.broadcast({ externalUserIds: half })),
	);
	const taskOf = (result: (typeof results)[number]) => {
		const msgid = result.items[0]?.json.msgid;
		const task = scenario.tasks().find((each) => each.msgid === msgid);
		return [...(task?.parts.values() ?? [])].flatMap((part) => part.recipients.map(({ id }) => id));
	};
	expect(results.map(({ items }) => items[0]?.json.state)).toEqual(['recovered', 'recovered']);
	expect(results.map(taskOf)).toEqual(halves);
	expect(scenario.tasks()).toHaveLength(2);
});

/** A task of lin created by another program with the same app; its msgid. */
async function createElsewhere(task: object): Promise<string> {
	const answer = await new TestClient(scenario.sandbox).contact('add_msg_template', {
		chat_type: 'single',
		sender: 'lin',
		text: { content: 'The new harvest is here' },
		...task,
	});
	return answer.msgid;
}
