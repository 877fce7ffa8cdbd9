import { Settings } from 'luxon';

import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { byId, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const retry = { node: { ...retryOnFail.node, maxTries: 3 } };

it('continues where the previous attempt stopped', async () => {
	const ids = scenario.customersOf('lin');
	const rows = ids
		.slice(0, 3)
		.map((external_userid, index) => ({ external_userid, text: `${index}` }));
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'errcode', errcode: 40058 } });
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
		{ input: rows, ...retry },
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
	expect(scenario.recipientsOfTasks()).toEqual(ids.slice(0, 3).map((each) => [each]));
	expect(sandbox.log.count(PATHS.create)).toBe(4);
});

it('looks again for a task whose response the previous attempt lost', async () => {
	await scenario.restart({ listDelaySeconds: 9 });
	const ids = scenario.customersOf('lin');
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { items } = await scenario.broadcast({ externalUserIds: ids }, retry);
	expect(items[0]?.json).toMatchObject({
		state: 'recovered',
		msgid: scenario.tasks()[0]?.msgid,
	});
	expect(sandbox.log.count(PATHS.create)).toBe(1);
});

describe('with a text that changes with every attempt', () => {
	const text = '=Hello {{ Math.random() }}';
	const rows = (ids: readonly string[]) => ids.map((id) => ({ id, member: 'lin' }));

	it('creates what is missing and nothing twice', async () => {
		const ids = scenario.customersOf('lin');
		const [other] = scenario.customersOf('chen');
		const { sandbox } = scenario;
		sandbox.faults.add({
			path: PATHS.create,
			call: 2,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		const { items } = await scenario.broadcast(
			{ sendTo: 'inputItems', idField: 'id', member: byId('={{ $json.member }}'), text },
			{ input: [...rows(ids.slice(0, 1)), { id: other, member: 'chen' }], ...retry },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
		expect(scenario.recipientsOfTasks()).toEqual([[ids[0]], [other]]);
	});

	it('looks for the task of the first text', async () => {
		await scenario.restart({ listDelaySeconds: 9 });
		const ids = scenario.customersOf('lin');
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await scenario.broadcast({ externalUserIds: ids, text }, retry);
		expect(items[0]?.json.state).toBe('recovered');
		expect(scenario.tasks()).toHaveLength(1);
	});
});

it('creates nothing twice under Continue On Fail, where n8n also retries the node', async () => {
	const ids = scenario.customersOf('lin');
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'errcode', errcode: 40058 } });
	const rows = ids
		.slice(0, 3)
		.map((external_userid, index) => ({ external_userid, text: `${index}` }));
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
		{ input: rows, node: { ...retry.node, onError: 'continueRegularOutput' } },
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
	expect(scenario.tasks()).toHaveLength(3);
});

describe('with customers that change with every attempt', () => {
	const now = Settings.now;
	beforeEach(() => {
		// What $now gives counts the creates so far, so that expressions can tell the attempts apart.
		Settings.now = () => scenario.sandbox.log.count(PATHS.create);
	});
	afterEach(() => {
		Settings.now = now;
	});

	it('puts nobody into a second task, and sends what the first attempt could not', async () => {
		const ids = scenario.customersOf('lin');
		const [foreign = ''] = scenario.customersOf('chen');
		scenario.sandbox.faults.add({
			path: PATHS.create,
			call: 2,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		const rows = [
			{ member: 'lin', first: ids.slice(0, 4).join(), later: ids.slice(2, 6).join() },
			{ member: 'chen', first: foreign, later: foreign },
		];
		const { items, hints } = await scenario.broadcast(
			{
				externalUserIds: '={{ $now.toMillis() < 2 ? $json.first : $json.later }}',
				member: byId('={{ $json.member }}'),
			},
			{ input: rows, ...retry },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
		expect(scenario.recipientsOfTasks()).toEqual([ids.slice(0, 4), [foreign]]);
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringMatching(/^Retry On Fail: .* for 1 item\. It keeps/),
		);
	});

	it('keeps the batches of the first attempt when the rows come to other members', async () => {
		const ids = scenario.customersOf('lin').slice(0, 4);
		scenario.sandbox.faults.add({
			path: PATHS.create,
			call: 2,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		const { items } = await scenario.broadcast(
			{
				sendTo: 'inputItems',
				idField: 'id',
				text: '={{ ($itemIndex + ($now.toMillis() < 2 ? 0 : 1)) % 2 === 0 ? "even" : "odd" }}',
			},
			{ input: ids.map((id) => ({ id })), ...retry },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }, { item: 2 }],
			[{ item: 1 }, { item: 3 }],
		]);
		expect(scenario.recipientsOfTasks()).toEqual([
			[ids[0], ids[2]],
			[ids[1], ids[3]],
		]);
	});
});

describe("n8n's Retry button", () => {
	it('creates only what the failed execution did not', async () => {
		const ids = scenario.customersOf('lin');
		const input = ids.slice(0, 3).map((id, index) => ({ id, text: `Offer ${index}` }));
		const parameters = { sendTo: 'inputItems', idField: 'id', text: '={{ $json.text }}' };
		scenario.sandbox.faults.add({
			path: PATHS.create,
			call: 2,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		const failed = await scenario.broadcast(parameters, { input });
		expect(failed.error?.description).toContain('Already created');
		scenario.sandbox.clock.advance(3_600);
		const { items, hints } = await scenario.broadcast(parameters, { input, mode: 'retry' });
		expect(items.map(({ json }) => json.state)).toEqual(['duplicate', 'created', 'created']);
		expect(scenario.recipientsOfTasks().flat().sort()).toEqual(ids.slice(0, 3).sort());
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringMatching(/^This execution retries a failed one/),
		);
	});

	it('looks back as far as the option says', async () => {
		const options = { skipCreatedHours: 1 };
		await scenario.broadcast({ options });
		scenario.sandbox.clock.advance(2 * 3_600);
		const { items } = await scenario.broadcast({ options }, { mode: 'retry' });
		expect(items[0]?.json.state).toBe('created');
	});
});

describe("n8n's Retry button, for customer groups", () => {
	const retried = { mode: 'retry' } as const;
	const toGroups = (chatIds: string[]) => ({ sendTo: 'groups', chatIds: chatIds.join() });

	it('creates only the rest where this process created the tasks', async () => {
		const [first = '', second = ''] = scenario.groupsOf('lin');
		const { items } = await scenario.broadcast(toGroups([first]));
		const same = await scenario.broadcast(toGroups([first]), retried);
		expect(same.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgid: items[0]?.json.msgid,
		});
		const rest = await scenario.broadcast(toGroups([second]), retried);
		expect(rest.items[0]?.json.state).toBe('created');
		expect(scenario.recipientsOfTasks()).toEqual([[first], [second]]);
	});

	it.each(['the same group', 'another group'])(
		'stops beside a waiting task of another process, until its rows tell: %s',
		async (which) => {
			const [first = '', second = ''] = scenario.groupsOf('lin');
			const wanted = toGroups([which === 'the same group' ? first : second]);
			await scenario.broadcastElsewhere(toGroups([first]));
			const [task] = scenario.tasks();
			const { error } = await scenario.broadcast(wanted, retried);
			expect(error).toMatchObject({
				message:
					'A task with this message exists, and nobody can tell whether it is for these customer groups',
				description: expect.stringMatching(
					new RegExp(`^Task ${task?.msgid} of member lin was created at 20.+Z\\. WeCom names only`),
				) as string,
			});
			expect(scenario.tasks()).toHaveLength(1);
			scenario.sandbox.world.confirmTask(String(task?.msgid));
			const { items } = await scenario.broadcast(wanted, retried);
			expect(items[0]?.json.state).toBe(which === 'the same group' ? 'duplicate' : 'created');
		},
	);

	it('stops beside a task that is for some of the groups only', async () => {
		const [first = '', second = ''] = scenario.groupsOf('lin');
		await scenario.broadcast(toGroups([first]));
		const { error } = await scenario.broadcast(toGroups([first, second]), retried);
		expect(error?.message).toContain('nobody can tell whether it is for these customer groups');
	});

	it('takes such a task for the same where the option was added', async () => {
		const [first = '', second = ''] = scenario.groupsOf('lin');
		await scenario.broadcastElsewhere(toGroups([first]));
		const options = { skipCreatedHours: 24 };
		const { items } = await scenario.broadcast({ ...toGroups([second]), options }, retried);
		expect(items[0]?.json.state).toBe('duplicate');
	});
});

it('leaves out whom the first attempt asked for when an item can be read only later', async () => {
	const ids = scenario.customersOf('lin');
	const now = Settings.now;
	Settings.now = () => scenario.sandbox.log.count(PATHS.create);
	try {
		const { items } = await scenario.broadcast(
			{ externalUserIds: '={{ $itemIndex === 1 && $now.toMillis() < 1 ? "" : $json.ids }}' },
			{
				input: [{ ids: ids.slice(0, 3).join() }, { ids: ids.slice(2, 5).join() }],
				node: { ...retry.node, onError: 'continueRegularOutput' },
			},
		);
		expect(items.map(({ json }) => json.skipped)).toEqual([
			[],
			[{ external_userid: ids[2], reason: 'already_created' }],
		]);
		expect(scenario.recipientsOfTasks()).toEqual([ids.slice(0, 3), ids.slice(3, 5)]);
	} finally {
		Settings.now = now;
	}
});

it('takes 0 hours for off, also with the Retry button', async () => {
	const options = { skipCreatedHours: 0 };
	await scenario.broadcast();
	const { items } = await scenario.broadcast({ options }, { mode: 'retry' });
	expect(items[0]?.json.state).toBe('created');
});
