import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import type { Scenario } from '../harness/scenario';
import { byId, customersOf, recipientsOfTasks, startScenario } from '../harness/scenario';
import type { SandboxOptions } from '../sandbox';
import { wait } from '../sandbox';
import { TestClient } from '../sandbox/testClient';

let scenario: Scenario;
afterEach(async () => await scenario.stop());

async function start(options: SandboxOptions = {}): Promise<string[]> {
	scenario = await startScenario(options);
	return customersOf(scenario.sandbox, 'lin');
}

async function broadcast(parameters: IDataObject, run: Parameters<Scenario['run']>[1] = {}) {
	return await scenario.run(
		{
			resource: 'message',
			operation: 'broadcast',
			sendTo: 'customers',
			sentBy: 'member',
			member: byId('lin'),
			text: 'The new harvest is here',
			...parameters,
		},
		run,
	);
}

function tagId(name: string): string {
	const tags = [...scenario.sandbox.world.corp.tags.values()];
	return tags.find((tag) => tag.name === name)?.tagId ?? '';
}

function groupsOf(userid: string): string[] {
	return [...scenario.sandbox.world.corp.groups.values()]
		.filter(({ owner }) => owner === userid)
		.map(({ chatId }) => chatId);
}

const RESET_AFTER = { kind: 'reset', after: true } as const;

describe('a task whose answer was lost', () => {
	it('is found in the list and comes out with its msgid', async () => {
		const ids = await start();
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await broadcast({ externalUserIds: ids });
		const [task] = scenario.sandbox.world.tasks();
		expect(items[0]?.json).toMatchObject({
			state: 'recovered',
			msgid: task?.msgid,
			recipient_count: ids.length,
			fail_list: [],
		});
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
	});

	it.each(['{}', '{"errcode":0,"errmsg":"ok"}', '{"errcode":0,"fail_list":[],"msgid":""}'])(
		'is found when WeCom seems to say %s',
		async (body) => {
			const ids = await start();
			const fault = { kind: 'notJson', body, after: true } as const;
			scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault });
			const { items } = await broadcast({ externalUserIds: ids });
			const [task] = scenario.sandbox.world.tasks();
			expect(items[0]?.json).toMatchObject({ state: 'recovered', msgid: task?.msgid });
			expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
		},
	);

	it('is found when the user ID of the member is in other upper and lower case', async () => {
		const ids = await start();
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await broadcast({ externalUserIds: ids, member: byId('Lin') });
		expect(items[0]?.json.state).toBe('recovered');
		expect(scenario.sandbox.world.tasks()).toHaveLength(1);
	});

	it('is no task when there is none, although something answered "ok" without a msgid', async () => {
		const ids = await start();
		const fault = { kind: 'notJson', body: '{"errcode":0,"errmsg":"ok"}' } as const;
		scenario.sandbox.faults.add({ path: PATHS.create, fault });
		const { error, items } = await broadcast({ externalUserIds: ids });
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			message: 'WeCom may or may not have created the task',
			description: expect.stringContaining('The server answered without msgid') as string,
		});
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
	});

	it('is found with the customers it does not reach', async () => {
		const ids = await start();
		const [foreign] = customersOf(scenario.sandbox, 'chen');
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await broadcast({ externalUserIds: [...ids, foreign as string] });
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
	])('is found although %s', async (_, options) => {
		const ids = await start(options);
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await broadcast({ externalUserIds: ids });
		expect(items[0]?.json.state).toBe('recovered');
	});

	it('is found with line ends and blanks changed by WeCom, and with links', async () => {
		const ids = await start();
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const attachments = {
			attachment: [{ type: 'link', title: 'Catalogue', url: 'https://example.com/c', desc: 'New' }],
		};
		const { items } = await broadcast({
			externalUserIds: ids,
			text: ' Two\r\nlines\n',
			attachments,
		});
		expect(items[0]?.json.state).toBe('recovered');
	});

	it.each([
		['to other customers', 'chen', 'The new harvest is here'],
		['with another text', 'lin', 'Something else'],
	])('is not taken for one %s', async (_, sender, text) => {
		const ids = await start();
		await broadcast({
			externalUserIds: customersOf(scenario.sandbox, sender),
			member: byId(sender),
			text,
		});
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
		const { error } = await broadcast({ externalUserIds: ids });
		expect(error).toMatchObject({
			message: 'WeCom may or may not have created the task',
			description: expect.stringMatching(
				/^The connection broke.*It was not found.*Message > List.*Task 1 of 1 of member lin/,
			) as string,
		});
		expect(scenario.sandbox.world.tasks()).toHaveLength(1);
	});

	it('and one of another workflow for some of the same customers: names it and stops', async () => {
		const ids = await start();
		const { sandbox } = scenario;
		// Another program, unknown to this process, asks for some of them at the same time.
		await createElsewhere({ external_userid: ids.slice(0, 3) });
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
		const { error } = await broadcast({
			externalUserIds: ids,
			options: { ifUnknown: 'tryAgain' },
		});
		expect(error?.message).toBe('WeCom may or may not have created the task');
		expect(error?.description).toContain(
			`WeCom's list shows ${sandbox.world.tasks()[0]?.msgid}, which may be it.`,
		);
		expect(sandbox.world.tasks()).toHaveLength(1);
	});

	it.each<[string, () => { parameters: IDataObject; elsewhere: object }]>([
		[
			'all customers of a member, against one for two of them',
			() => ({
				parameters: { sendTo: 'allOfMembers', members: ['lin'] },
				elsewhere: { external_userid: customersOf(scenario.sandbox, 'lin').slice(0, 2) },
			}),
		],
		[
			'customers with a tag, against one for another tag',
			() => ({
				parameters: { sendTo: 'tags', tagGroups: { group: [{ tags: [tagId('Gold')] }] } },
				elsewhere: { tag_filter: { group_list: [{ tag_list: [tagId('Silver')] }] } },
			}),
		],
	])("is not taken for another program's: %s", async (_, prepare) => {
		await start();
		const { sandbox } = scenario;
		const { parameters, elsewhere } = prepare();
		const msgid = await createElsewhere(elsewhere);
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
		const { error } = await broadcast({ ...parameters, options: { ifUnknown: 'tryAgain' } });
		expect(error?.description).toContain(`WeCom's list shows ${msgid}, which may be it.`);
		expect(sandbox.world.tasks()).toHaveLength(1);
	});

	it.each<[string, () => IDataObject]>([
		['all customers of a member', () => ({ sendTo: 'allOfMembers', members: ['lin'] })],
		[
			'customers with tags',
			() => ({ sendTo: 'tags', tagGroups: { group: [{ tags: [tagId('Gold')] }] } }),
		],
		[
			'customers with tags, by whoever last talked with them',
			() => ({
				sendTo: 'tags',
				sentBy: 'lastContact',
				tagGroups: { group: [{ tags: [tagId('Gold')] }] },
			}),
		],
		['groups', () => ({ sendTo: 'groups', chatIds: groupsOf('lin') })],
	])('is found for %s', async (_, parameters) => {
		await start();
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await broadcast(parameters());
		const [task] = scenario.sandbox.world.tasks();
		expect(items[0]?.json).toMatchObject({ state: 'recovered', msgid: task?.msgid });
	});

	it("of groups is not taken for another program's of a while ago", async () => {
		await start();
		const { sandbox } = scenario;
		const [first, ...others] = groupsOf('lin');
		await createElsewhere({ chat_type: 'group', chat_id_list: [first] });
		sandbox.clock.advance(20);
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
		const { error } = await broadcast({ sendTo: 'groups', chatIds: others });
		expect(error?.description).toContain('which may be it');
	});

	it('stays unknown when the look for it fails, and is not called worth a retry', async () => {
		const ids = await start();
		const [foreign] = customersOf(scenario.sandbox, 'chen');
		const { faults, world } = scenario.sandbox;
		faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		faults.add({ path: PATHS.customerIds, fault: { kind: 'httpStatus', status: 502 } });
		const { items } = await broadcast(
			{ externalUserIds: [...ids, foreign as string] },
			{ node: { parameters: {}, onError: 'continueRegularOutput' } },
		);
		expect(items.map(({ json }) => json)).toEqual([
			{
				error: 'WeCom may or may not have created the task',
				details: expect.objectContaining({ retryable: false }) as unknown,
			},
		]);
		expect(world.tasks()).toHaveLength(1);
	});

	it('and not found is tried again when the builder says so', async () => {
		const ids = await start();
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'reset' } });
		const { items } = await broadcast({
			externalUserIds: ids,
			options: { ifUnknown: 'tryAgain' },
		});
		expect(items[0]?.json.state).toBe('created');
		expect(scenario.sandbox.world.tasks()).toHaveLength(1);
	});

	it('for -1 is asked for again, as WeCom says, at most 3 times', async () => {
		const ids = await start();
		scenario.sandbox.faults.add({ path: PATHS.create, fault: { kind: 'errcode', errcode: -1 } });
		const { error } = await broadcast({ externalUserIds: ids });
		expect(error?.message).toBe('WeCom may or may not have created the task');
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(4);
	});
});

describe('Retry On Fail', () => {
	const retry = { node: { parameters: {}, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } };

	it('goes on where the try before stopped', async () => {
		const ids = await start();
		const rows = ids
			.slice(0, 3)
			.map((external_userid, index) => ({ external_userid, text: `${index}` }));
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'errcode', errcode: 40058 } });
		const { items } = await broadcast(
			{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
			{ input: rows, ...retry },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
		expect(recipientsOfTasks(sandbox)).toEqual(ids.slice(0, 3).map((each) => [each]));
		expect(sandbox.log.count(PATHS.create)).toBe(4);
	});

	it('looks again for a task whose answer the try before lost', async () => {
		const ids = await start({ listDelaySeconds: 9 });
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await broadcast({ externalUserIds: ids }, retry);
		expect(items[0]?.json).toMatchObject({
			state: 'recovered',
			msgid: sandbox.world.tasks()[0]?.msgid,
		});
		expect(sandbox.log.count(PATHS.create)).toBe(1);
	});

	it('of Send does not send again what went out', async () => {
		const ids = await start();
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 3, fault: { kind: 'errcode', errcode: 40058 } });
		const { items } = await scenario.run(
			{
				resource: 'message',
				operation: 'send',
				member: byId('lin'),
				customer: byId('={{ $json.id }}'),
				text: 'Hello',
			},
			{ input: ids.slice(0, 4).map((id) => ({ id })), ...retry },
		);
		expect(items).toHaveLength(4);
		expect(recipientsOfTasks(sandbox)).toEqual(ids.slice(0, 4).map((id) => [id]));
	});

	describe('with a text that is another one at every try', () => {
		const text = '=Hello {{ Math.random() }}';
		const rows = (ids: readonly string[]) => ids.map((id) => ({ id, member: 'lin' }));

		it('creates nothing twice, and what is missing', async () => {
			const ids = await start();
			const [other] = customersOf(scenario.sandbox, 'chen');
			const { sandbox } = scenario;
			sandbox.faults.add({
				path: PATHS.create,
				call: 2,
				fault: { kind: 'errcode', errcode: 40058 },
			});
			const { items } = await broadcast(
				{ sendTo: 'inputItems', idField: 'id', member: byId('={{ $json.member }}'), text },
				{ input: [...rows(ids.slice(0, 1)), { id: other, member: 'chen' }], ...retry },
			);
			expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
			expect(recipientsOfTasks(sandbox)).toEqual([[ids[0]], [other]]);
		});

		it('looks for the task of the first text', async () => {
			const ids = await start({ listDelaySeconds: 9 });
			const { sandbox } = scenario;
			sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
			const { items } = await broadcast({ externalUserIds: ids, text }, retry);
			expect(items[0]?.json.state).toBe('recovered');
			expect(sandbox.world.tasks()).toHaveLength(1);
		});
	});

	it('under Continue On Fail, where n8n repeats the node too, creates nothing twice', async () => {
		const ids = await start();
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'errcode', errcode: 40058 } });
		const rows = ids
			.slice(0, 3)
			.map((external_userid, index) => ({ external_userid, text: `${index}` }));
		const { items } = await broadcast(
			{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
			{ input: rows, node: { ...retry.node, onError: 'continueRegularOutput' } },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
		expect(sandbox.world.tasks()).toHaveLength(3);
	});
});

describe('a batch that fails for good', () => {
	async function failSecondOfThree(onError?: 'continueRegularOutput' | 'continueErrorOutput') {
		const ids = await start();
		scenario.sandbox.faults.add({
			path: PATHS.create,
			call: 2,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		return await broadcast(
			{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
			{
				input: ids
					.slice(0, 3)
					.map((external_userid, index) => ({ external_userid, text: `${index}` })),
				node: { parameters: {}, ...(onError && { onError }) },
			},
		);
	}

	it('stops the run, and the error names the tasks that exist', async () => {
		const { error } = await failSecondOfThree();
		const [first] = scenario.sandbox.world.tasks();
		expect(error).toMatchObject({ message: 'A parameter is not valid', context: { itemIndex: 1 } });
		expect(error?.description).toContain(
			`Already created, and not to be created again: ${first?.msgid}`,
		);
		expect(scenario.sandbox.world.tasks()).toHaveLength(1);
	});

	it('stands between the others under Continue (regular output)', async () => {
		const { items } = await failSecondOfThree('continueRegularOutput');
		expect(items.map(({ json, pairedItem }) => [json.state ?? json.error, pairedItem])).toEqual([
			['created', { item: 0 }],
			['A parameter is not valid', { item: 1 }],
			['created', { item: 2 }],
		]);
	});

	it('goes to the error output under Continue (error output)', async () => {
		const { items, errorItems } = await failSecondOfThree('continueErrorOutput');
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
		expect(errorItems.map(({ json }) => [json.error, json.text])).toEqual([
			['A parameter is not valid', '1'],
		]);
	});
});

describe('Skip If Already Created Within', () => {
	const options = { skipCreatedHours: 24 };

	it('gives the old task back instead of creating a second one', async () => {
		const ids = await start();
		const first = await broadcast({ externalUserIds: ids, options });
		scenario.sandbox.clock.advance(23 * 3_600);
		const second = await broadcast({ externalUserIds: ids, options });
		expect(second.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgid: first.items[0]?.json.msgid,
		});
		expect(scenario.sandbox.world.tasks()).toHaveLength(1);
	});

	it('knows the member by a user ID in other upper and lower case', async () => {
		const ids = await start();
		await broadcast({ externalUserIds: ids, options });
		const { items } = await broadcast({ externalUserIds: ids, member: byId('LIN'), options });
		expect(items[0]?.json.state).toBe('duplicate');
		expect(scenario.sandbox.world.tasks()).toHaveLength(1);
	});

	it('creates again when the time has passed', async () => {
		const ids = await start();
		await broadcast({ externalUserIds: ids, options });
		scenario.sandbox.clock.advance(25 * 3_600);
		const second = await broadcast({ externalUserIds: ids, options });
		expect(second.items[0]?.json.state).toBe('created');
	});

	it('creates for those who are new, and lists the others', async () => {
		const ids = await start();
		await broadcast({ externalUserIds: ids.slice(0, 2), options });
		const { items, hints } = await broadcast({ externalUserIds: ids.slice(0, 5), options });
		expect(items[0]?.json).toMatchObject({
			state: 'created',
			recipient_count: 3,
			skipped: ids
				.slice(0, 2)
				.map((external_userid) => ({ external_userid, reason: 'already_created' })),
		});
		expect(recipientsOfTasks(scenario.sandbox)).toEqual([ids.slice(0, 2), ids.slice(2, 5)]);
		expect(hints.map(({ message }) => message)).toContain(
			'Skipped 2 customers: a task for them exists.',
		);
	});

	it('does not mind another text, another member, or a cancelled task', async () => {
		const ids = await start();
		await broadcast({ externalUserIds: ids, text: 'Another' });
		await broadcast({ externalUserIds: ids });
		for (const task of scenario.sandbox.world.tasks().slice(1)) task.cancelled = true;
		const { items } = await broadcast({ externalUserIds: ids, options });
		expect(items[0]?.json.state).toBe('created');
	});

	it.each([
		['all customers of a member', { sendTo: 'allOfMembers', members: ['lin'] }],
		['groups', { sendTo: 'groups', chatIds: '={{ $json.groups }}' }],
	])('stands for the whole task of %s', async (_, parameters) => {
		await start();
		const groups = [...scenario.sandbox.world.corp.groups.values()]
			.filter(({ owner }) => owner === 'lin')
			.map(({ chatId }) => chatId);
		const run = async () => await broadcast({ ...parameters, options }, { input: [{ groups }] });
		const first = await run();
		const second = await run();
		expect(second.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgid: first.items[0]?.json.msgid,
		});
	});

	it('leaves out those whom the member was asked to write to as the one who last talked with them', async () => {
		const ids = await start();
		const others = customersOf(scenario.sandbox, 'wei');
		await broadcast({ externalUserIds: [...ids, ...others], sentBy: 'lastContact' });
		const [task] = scenario.sandbox.world.tasks();
		const asked = task?.parts.get('lin')?.recipients.map(({ id }) => id) ?? [];
		expect(asked.length).toBeGreaterThan(0);
		expect(task?.parts.size).toBeGreaterThan(1);
		const { items } = await broadcast({ externalUserIds: asked, options });
		expect(items[0]?.json).toMatchObject({ state: 'duplicate', msgid: task?.msgid });
	});

	it.each<[string, () => IDataObject]>([
		['all customers of a member', () => ({ sendTo: 'allOfMembers', members: ['lin'] })],
		[
			'customers with tags',
			() => ({
				sendTo: 'tags',
				tagGroups: { group: [{ tags: ['Gold', 'Silver', 'Bronze'].map(tagId) }] },
			}),
		],
	])('of %s asks for the others by name', async (_, parameters) => {
		const ids = await start();
		await broadcast({ externalUserIds: ids.slice(0, 2) });
		const { items } = await broadcast({ ...parameters(), options });
		const [, task] = scenario.sandbox.world.tasks();
		expect(items[0]?.json).toMatchObject({
			state: 'created',
			msgid: task?.msgid,
			skipped: ids
				.slice(0, 2)
				.map((external_userid) => ({ external_userid, reason: 'already_created' })),
		});
		const [, recipients = []] = recipientsOfTasks(scenario.sandbox);
		expect(recipients.length).toBeGreaterThan(0);
		expect(recipients.filter((id) => ids.slice(0, 2).includes(id))).toEqual([]);
		expect(items[0]?.json.recipient_count).toBe(recipients.length);
	});

	it('does not mind a task that was sent to other groups', async () => {
		await start();
		const [first, ...others] = groupsOf('lin');
		const { items } = await broadcast({ sendTo: 'groups', chatIds: first });
		scenario.sandbox.world.confirmTask(String(items[0]?.json.msgid));
		const second = await broadcast({ sendTo: 'groups', chatIds: others, options });
		expect(second.items[0]?.json.state).toBe('created');
	});

	it('keeps two workflows that send the same to the same customers from doing so twice', async () => {
		const ids = await start();
		const results = [
			await broadcast({ externalUserIds: ids, options }, { executionId: 'one workflow' }),
			await broadcast(
				{ externalUserIds: [...ids].reverse(), options },
				{ executionId: 'another workflow' },
			),
		];
		expect(results.map(({ items }) => items[0]?.json.state)).toEqual(['created', 'duplicate']);
	});
});

describe('two workflows that send the same text at the same time', () => {
	it('to different customers, with both answers lost, each find their own task', async () => {
		const ids = await start();
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: [1, 2], fault: RESET_AFTER });
		const halves = [ids.slice(0, 6), ids.slice(6)];
		const results = await Promise.all(
			halves.map(async (half) => await broadcast({ externalUserIds: half })),
		);
		const taskOf = (result: (typeof results)[number]) => {
			const msgid = result.items[0]?.json.msgid;
			const task = sandbox.world.tasks().find((each) => each.msgid === msgid);
			return [...(task?.parts.values() ?? [])].flatMap((part) =>
				part.recipients.map(({ id }) => id),
			);
		};
		expect(results.map(({ items }) => items[0]?.json.state)).toEqual(['recovered', 'recovered']);
		expect(results.map(taskOf)).toEqual(halves);
		expect(sandbox.world.tasks()).toHaveLength(2);
	});
});

describe('Skip Customers At Their Limit', () => {
	const DECEMBER = new Date('2026-12-15T04:00:00Z');

	async function send(ids: readonly string[], skipAtLimit: string, text = 'Hello') {
		return await broadcast({ externalUserIds: [...ids], text, options: { skipAtLimit } });
	}

	it('counts what was sent and what waits, by any member and of any kind', async () => {
		const ids = await start({ startAt: DECEMBER });
		const { world } = scenario.sandbox;
		const [personal, waiting, shared, fresh] = [ids[5], ids[6], ids[0], ids[7]] as [
			string,
			string,
			string,
			string,
		];
		world.addPersonalMessage('lin', [personal], 'Good morning');
		await broadcast({ externalUserIds: waiting, text: 'Waits' });
		// A customer of two members got one from the other.
		world.addPersonalMessage('wei', [shared], 'From Wei');
		const { items, hints } = await send([personal, waiting, shared, fresh], 'perDay');
		expect(items[0]?.json).toMatchObject({
			state: 'created',
			recipient_count: 1,
			skipped: [personal, waiting, shared].map((external_userid) => ({
				external_userid,
				reason: 'receive_limit',
			})),
		});
		expect(hints.map(({ message }) => message)).toContain(
			'Skipped 3 customers: they are at their receive limit.',
		);
	});

	it.each([
		['perDay', 1, 86_400],
		['perWeek', 7, 7 * 86_400],
		['perMonth', 31, 17 * 86_400],
	])('%s allows %d', async (limit, allowed, periodSeconds) => {
		const ids = await start({ startAt: DECEMBER });
		const { sandbox } = scenario;
		const one = ids.slice(5, 6);
		for (let count = 1; count < allowed; count++)
			sandbox.world.addPersonalMessage('lin', one, `${count}`);
		const state = async (text: string) => (await send(one, limit, text)).items[0]?.json.state;
		expect(await state('the last one')).toBe('created');
		for (const { msgid, createType } of sandbox.world.tasks()) {
			if (createType === 0) sandbox.world.confirmTask(msgid);
		}
		expect(await state('one more')).toBe('no_recipients');
		sandbox.clock.advance(periodSeconds);
		expect(await state('in the next period')).toBe('created');
	});

	it('starts the day at midnight in China', async () => {
		// 23:30 in China.
		const ids = await start({ startAt: new Date('2026-12-15T15:30:00Z') });
		const one = ids.slice(5, 6);
		scenario.sandbox.world.addPersonalMessage('lin', one, 'Good evening');
		expect((await send(one, 'perDay')).items[0]?.json.state).toBe('no_recipients');
		scenario.sandbox.clock.advance(3_600);
		expect((await send(one, 'perDay')).items[0]?.json.state).toBe('created');
	});

	it('counts the tasks of this very run', async () => {
		const ids = await start({ startAt: DECEMBER });
		const one = ids[5] as string;
		const { items } = await broadcast(
			{
				sendTo: 'inputItems',
				idField: 'id',
				text: '={{ $json.text }}',
				options: { skipAtLimit: 'perDay' },
			},
			{
				input: [
					{ id: one, text: 'first' },
					{ id: one, text: 'second' },
				],
			},
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'no_recipients']);
	});

	it('is refused where WeCom chooses the customers', async () => {
		await start();
		const { error } = await broadcast({
			sendTo: 'allOfMembers',
			members: ['lin'],
			options: { skipAtLimit: 'perDay' },
		});
		expect(error?.message).toBe(
			'Customers at their limit can be skipped only where customers are named',
		);
		expect(scenario.sandbox.world.tasks()).toEqual([]);
	});

	it('tells when it had to count much', async () => {
		const ids = await start({ startAt: DECEMBER });
		for (let count = 0; count < 120; count++) {
			scenario.sandbox.world.addPersonalMessage(
				'chen',
				customersOf(scenario.sandbox, 'chen').slice(0, 1),
				`${count}`,
			);
		}
		const { hints } = await send(ids.slice(5, 6), 'perMonth');
		expect(hints.map(({ message }) => message)).toContain(
			'120 tasks were read to count what the customers got.',
		);
	});
});

describe('stopping the execution', () => {
	it('creates nothing after the task that is on its way', async () => {
		const ids = await start();
		const { sandbox, engine, credential } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'delay', ms: 100 } });
		const execution = engine.start({
			credential,
			input: ids
				.slice(0, 5)
				.map((external_userid, index) => ({ external_userid, text: `${index}` })),
			node: {
				parameters: {
					resource: 'message',
					operation: 'broadcast',
					sendTo: 'inputItems',
					idField: 'external_userid',
					sentBy: 'member',
					member: byId('lin'),
					text: '={{ $json.text }}',
				},
			},
		});
		while (sandbox.log.count(PATHS.create) < 2) await wait(1);
		execution.cancel();
		const { status } = await execution.result;
		expect(status).toBe('canceled');
		expect(sandbox.world.tasks()).toHaveLength(2);
		expect(sandbox.log.count(PATHS.create)).toBe(2);
	});
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

describe('an AI agent that says the same again', () => {
	const parameters = {
		resource: 'message',
		operation: 'send',
		member: byId('lin'),
		customer: byId("={{ $fromAI('customer') }}"),
		text: 'Your order has arrived',
	};

	it('in one execution does not make a second task', async () => {
		const [customer] = await start();
		const tool = { asTool: { arguments: { customer } }, executionId: 'one conversation' };
		const first = await scenario.run(parameters, tool);
		const second = await scenario.run(parameters, tool);
		expect(first.items[0]?.json.state).toBe('created');
		expect(second.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgid: first.items[0]?.json.msgid,
		});
		expect(recipientsOfTasks(scenario.sandbox)).toEqual([[customer]]);
	});

	it('to the same customers in another order does not make a second task', async () => {
		const [a = '', b = ''] = await start();
		const ask = async (customers: string) =>
			await broadcast(
				{ externalUserIds: "={{ $fromAI('customers') }}" },
				{ asTool: { arguments: { customers } }, executionId: 'a conversation that turns round' },
			);
		const first = await ask(`${a}, ${b}`);
		const second = await ask(`${b}, ${a}`);
		expect(second.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgid: first.items[0]?.json.msgid,
		});
		expect(recipientsOfTasks(scenario.sandbox)).toEqual([[a, b]]);
	});

	it('after it cancelled the first task makes another one', async () => {
		const [customer] = await start();
		const tool = { asTool: { arguments: { customer } }, executionId: 'a corrected conversation' };
		const { items } = await scenario.run(parameters, tool);
		const msgid = byId(String(items[0]?.json.msgid));
		await scenario.run(
			{ resource: 'message', operation: 'cancel', msgid },
			{ asTool: { arguments: {} }, executionId: tool.executionId },
		);
		const second = await scenario.run(parameters, tool);
		expect(second.items[0]?.json.state).toBe('created');
		expect(scenario.sandbox.world.tasks()).toHaveLength(2);
	});

	it('at the same time does not make a second task', async () => {
		const [customer] = await start();
		const tool = { asTool: { arguments: { customer } }, executionId: 'another conversation' };
		await Promise.all([scenario.run(parameters, tool), scenario.run(parameters, tool)]);
		expect(recipientsOfTasks(scenario.sandbox)).toEqual([[customer]]);
	});
});
