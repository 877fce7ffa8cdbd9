import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../../nodes/shared/adapters/clock';
import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const options = { skipCreatedHours: 24 };

it('gives the existing task instead of creating a second one', async () => {
	const ids = scenario.customersOf('lin');
	const first = await scenario.broadcast({ externalUserIds: ids, options });
	scenario.sandbox.clock.advance(23 * 3_600);
	const second = await scenario.broadcast({ externalUserIds: ids, options });
	expect(second.items[0]?.json).toMatchObject({
		state: 'duplicate',
		msgid: first.items[0]?.json.msgid,
	});
	expect(scenario.tasks()).toHaveLength(1);
});

it('recognizes the member by a user ID in a different case', async () => {
	const ids = scenario.customersOf('lin');
	await scenario.broadcast({ externalUserIds: ids, options });
	const { items } = await scenario.broadcast({
		externalUserIds: ids,
		member: byId('LIN'),
		options,
	});
	expect(items[0]?.json.state).toBe('duplicate');
	expect(scenario.tasks()).toHaveLength(1);
});

it('creates again when the time has passed', async () => {
	const ids = scenario.customersOf('lin');
	await scenario.broadcast({ externalUserIds: ids, options });
	scenario.sandbox.clock.advance(25 * 3_600);
	const second = await scenario.broadcast({ externalUserIds: ids, options });
	expect(second.items[0]?.json.state).toBe('created');
});

it('creates a task for the new customers and lists the others', async () => {
	const ids = scenario.customersOf('lin');
	await scenario.broadcast({ externalUserIds: ids.slice(0, 2), options });
	const { items, hints } = await scenario.broadcast({ externalUserIds: ids.slice(0, 5), options });
	expect(items[0]?.json).toMatchObject({
		state: 'created',
		recipient_count: 3,
		skipped: ids
			.slice(0, 2)
			.map((external_userid) => ({ external_userid, reason: 'already_created' })),
	});
	expect(scenario.recipientsOfTasks()).toEqual([ids.slice(0, 2), ids.slice(2, 5)]);
	expect(hints.map(({ message }) => message)).toContain(
		'Skipped 2 customers: a task for them exists.',
	);
});

it('ignores another text, another member and a cancelled task', async () => {
	const ids = scenario.customersOf('lin');
	await scenario.broadcast({ externalUserIds: ids, text: 'Another' });
	await scenario.broadcast({ externalUserIds: ids });
	for (const task of scenario.tasks().slice(1)) task.cancelled = true;
	const { items } = await scenario.broadcast({ externalUserIds: ids, options });
	expect(items[0]?.json.state).toBe('created');
});

it.each([
	['all customers of a member', { sendTo: 'allOfMembers', members: ['lin'] }],
	['groups', { sendTo: 'groups', chatIds: '={{ $json.groups }}' }],
])('skips the whole task for %s', async (_, parameters) => {
	const groups = [...scenario.sandbox.world.corp.groups.values()]
		.filter(({ owner }) => owner === 'lin')
		.map(({ chatId }) => chatId);
	const run = async () =>
		await scenario.broadcast({ ...parameters, options }, { input: [{ groups }] });
	const first = await run();
	const second = await run();
	expect(second.items[0]?.json).toMatchObject({
		state: 'duplicate',
		msgid: first.items[0]?.json.msgid,
	});
});

it('skips customers whom WeCom assigned to the member as the last contact', async () => {
	const ids = scenario.customersOf('lin');
	const others = scenario.customersOf('wei');
	await scenario.broadcast({ externalUserIds: [...ids, ...others], sentBy: 'lastContact' });
	const [task] = scenario.tasks();
	const asked = task?.parts.get('lin')?.recipients.map(({ id }) => id) ?? [];
	expect(asked.length).toBeGreaterThan(0);
	expect(task?.parts.size).toBeGreaterThan(1);
	const { items } = await scenario.broadcast({ externalUserIds: asked, options });
	expect(items[0]?.json).toMatchObject({ state: 'duplicate', msgid: task?.msgid });
});

it.each<[string, () => IDataObject]>([
	['all customers of a member', () => ({ sendTo: 'allOfMembers', members: ['lin'] })],
	[
		'customers with tags',
		() => ({
			sendTo: 'tags',
			tagGroups: {
				group: [{ tags: ['Gold', 'Silver', 'Bronze'].map((name) => scenario.tagId(name)) }],
			},
		}),
	],
])('names the remaining customers instead of %s', async (_, parameters) => {
	const ids = scenario.customersOf('lin');
	await scenario.broadcast({ externalUserIds: ids.slice(0, 2) });
	const { items } = await scenario.broadcast({ ...parameters(), options });
	const [, task] = scenario.tasks();
	expect(items[0]?.json).toMatchObject({
		state: 'created',
		msgid: task?.msgid,
		skipped: ids
			.slice(0, 2)
			.map((external_userid) => ({ external_userid, reason: 'already_created' })),
	});
	const [, recipients = []] = scenario.recipientsOfTasks();
	expect(recipients.length).toBeGreaterThan(0);
	expect(recipients.filter((id) => ids.slice(0, 2).includes(id))).toEqual([]);
	expect(items[0]?.json.recipient_count).toBe(recipients.length);
});

it('ignores a task for other customer groups', async () => {
	const [first, ...others] = scenario.groupsOf('lin');
	const { items } = await scenario.broadcast({ sendTo: 'groups', chatIds: first });
	scenario.sandbox.world.confirmTask(String(items[0]?.json.msgid));
	const second = await scenario.broadcast({ sendTo: 'groups', chatIds: others, options });
	expect(second.items[0]?.json.state).toBe('created');
});

it('keeps two workflows from sending the same to the same customers', async () => {
	const ids = scenario.customersOf('lin');
	const results = [
		await scenario.broadcast({ externalUserIds: ids, options }, { executionId: 'one workflow' }),
		await scenario.broadcast(
			{ externalUserIds: [...ids].reverse(), options },
			{ executionId: 'another workflow' },
		),
	];
	expect(results.map(({ items }) => items[0]?.json.state)).toEqual(['created', 'duplicate']);
});

describe.each([-300, 300])('when the clock of this server is off by %i seconds', (seconds) => {
	beforeEach(() => {
		const { sandbox } = scenario;
		clock.now = () => (sandbox.clock.now() + seconds) * 1_000;
	});

	it('sees a task of a moment ago, in the first request of a run already', async () => {
		const ids = scenario.customersOf('lin');
		const first = await scenario.broadcast({ externalUserIds: ids, options });
		const second = await scenario.broadcast({ externalUserIds: ids, options });
		expect(second.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgid: first.items[0]?.json.msgid,
		});
		expect(scenario.tasks()).toHaveLength(1);
	});

	it('looks back as far as the option says', async () => {
		await scenario.broadcast({ options });
		scenario.sandbox.clock.advance(24 * 3_600 - 30);
		expect((await scenario.broadcast({ options })).items[0]?.json.state).toBe('duplicate');
		scenario.sandbox.clock.advance(60);
		expect((await scenario.broadcast({ options })).items[0]?.json.state).toBe('created');
	});

	it('finds a task whose response was lost', async () => {
		scenario.sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await scenario.broadcast();
		expect(items[0]?.json).toMatchObject({
			state: 'recovered',
			msgid: scenario.tasks()[0]?.msgid,
		});
	});

	it('does not create again after -1 of a task that exists', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.create,
			call: 1,
			fault: { kind: 'errcode', errcode: -1, after: true },
		});
		const { items } = await scenario.broadcast();
		expect(items[0]?.json.state).toBe('recovered');
		expect(scenario.tasks()).toHaveLength(1);
	});
});

it('waits for the recipients of a task that WeCom does not show yet, rather than take it for nobody’s', async () => {
	await scenario.restart({ resultRowsDelaySeconds: 10 });
	await scenario.broadcast();
	const { items } = await scenario.broadcast({ options });
	expect(items[0]?.json.state).toBe('duplicate');
	expect(scenario.tasks()).toHaveLength(1);
});
