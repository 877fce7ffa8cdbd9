import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

/** Rows for one member, each with a text of its own. */
async function personal(count: number, options: IDataObject = {}, run?: ScenarioRun) {
	const ids = scenario.customersOf('member1');
	return await scenario.broadcast(
		{
			sendTo: 'inputItems',
			sentBy: 'itemField',
			text: '=Dear {{ $json.name }}',
			options,
		},
		{
			input: Array.from({ length: count }, (_, index) => ({
				external_userid: ids[index] ?? '',
				userid: 'member1',
				name: `guest ${index}`,
			})),
			...run,
		},
	);
}

const ONE_MEMBER = { seed: { members: 1, customersPerMember: 1_200, tags: 0 } };

describe('Max Tasks per Member', () => {
	it('refuses 1,200 rows with a name in each text before any request', async () => {
		await scenario.restart(ONE_MEMBER);
		const { error, items } = await personal(1_200);
		expect(error?.message).toBe(
			"Member member1 would get 1,200 tasks to confirm, and 'Max Tasks per Member' is 50",
		);
		expect(error?.description).toBe(
			"No task was created. Confirmations: member1 1,200. Members confirm every task by hand. Text or attachments that differ from row to row, such as a name in the text, make a task and a confirmation of every row. With the same message for all rows, a member confirms one task for up to 10,000 customers. If so many confirmations are meant, raise 'Max Tasks per Member' in 'Options'.",
		);
		expect(items).toEqual([]);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('creates them where the builder means it', async () => {
		await scenario.restart(ONE_MEMBER);
		const { error, items } = await personal(1_200, { maxTasksPerMember: 2_000 });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1_200);
		expect(scenario.tasks()).toHaveLength(1_200);
	});

	it('is 50 unless it is added: 50 tasks pass, 51 do not', async () => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 60, tags: 0 } });
		expect((await personal(51)).error?.message).toContain('would get 51 tasks to confirm');
		expect(scenario.tasks()).toEqual([]);
		expect((await personal(50)).items).toHaveLength(50);
	});

	it.each([3, '={{ 3 }}', '={{ "3" }}'])('takes %j', async (maxTasksPerMember) => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 5, tags: 0 } });
		expect((await personal(4, { maxTasksPerMember })).error?.message).toBe(
			"Member member1 would get 4 tasks to confirm, and 'Max Tasks per Member' is 3",
		);
		expect((await personal(3, { maxTasksPerMember })).items).toHaveLength(3);
	});

	it('counts each member for themselves, in any spelling, and names who has the most', async () => {
		const rows = ['lin', 'LIN', 'lin', 'chen', 'chen', 'wei'].map((userid, index) => ({
			userid,
			external_userid: scenario.customersOf(userid.toLowerCase())[index] ?? 'wm1',
			name: `${index}`,
		}));
		const parameters = {
			sendTo: 'inputItems',
			sentBy: 'itemField',
			text: '=Dear {{ $json.name }}',
		};
		const run = { input: rows };
		const { error } = await scenario.broadcast(
			{ ...parameters, options: { maxTasksPerMember: 2 } },
			run,
		);
		expect(error?.message).toContain('Member lin would get 3 tasks to confirm');
		expect(error?.description).toContain('Confirmations: lin 3, chen 2, wei 1.');
		const passed = await scenario.broadcast(
			{ ...parameters, options: { maxTasksPerMember: 3 } },
			run,
		);
		expect(passed.items).toHaveLength(6);
	});

	it('counts tasks whose members WeCom chooses for every member', async () => {
		const ids = scenario.customersOf('lin');
		const { error } = await scenario.broadcast(
			{
				sendTo: 'inputItems',
				sentBy: 'lastContact',
				text: '=Dear {{ $json.external_userid }}',
				options: { maxTasksPerMember: 2 },
			},
			{ input: ids.slice(0, 3).map((external_userid) => ({ external_userid })) },
		);
		expect(error?.message).toBe(
			"One member could get 3 tasks to confirm, and 'Max Tasks per Member' is 2",
		);
		expect(error?.description).toContain('For 3 tasks WeCom chooses the members');
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('counts all tasks of the run on Retry On Fail, also those that exist', async () => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 5, tags: 0 } });
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 3, fault: { kind: 'errcode', errcode: 40058 } });
		const { items } = await personal(5, { maxTasksPerMember: 5 }, retryOnFail);
		expect(items).toHaveLength(5);
		expect(new Set(scenario.recipientsOfTasks().flat()).size).toBe(5);
		expect(scenario.tasks()).toHaveLength(5);
	});

	it('fails once for all rows under Continue On Fail', async () => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 5, tags: 0 } });
		const { items } = await personal(3, { maxTasksPerMember: 2 }, continueOnFail);
		expect(items).toEqual([
			{
				json: {
					error: "Member member1 would get 3 tasks to confirm, and 'Max Tasks per Member' is 2",
					details: expect.objectContaining({ retryable: false }) as object,
				},
				pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
			},
		]);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('is shown in a dry run, which gives the plan all the same', async () => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 5, tags: 0 } });
		const { items, hints, error } = await personal(3, { maxTasksPerMember: 2, dryRun: true });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.state, json.confirmations])).toEqual([
			['planned', 3],
			['planned', 3],
			['planned', 3],
		]);
		expect(hints).toContainEqual(
			expect.objectContaining({
				type: 'warning',
				message: expect.stringMatching(
					/^Without 'Dry Run' this run would stop: Member member1 would get 3 tasks/,
				) as string,
			}),
		);
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

describe('Max Recipients', () => {
	const TOO_MANY = /^The run is for (more than )?\d+ recipients, and 'Max Recipients' is \d+$/;

	it.each([2, '={{ 2 }}', '={{ "2" }}'])('counts over all items: %j', async (maxRecipients) => {
		const ids = scenario.customersOf('lin').slice(0, 3);
		const input = ids.map((external_userid) => ({ external_userid }));
		const fromItems = { sendTo: 'inputItems', options: { maxRecipients } };
		const { error } = await scenario.broadcast(fromItems, { input });
		expect(error?.message).toBe("The run is for 3 recipients, and 'Max Recipients' is 2");
		expect(error?.description).toContain('No task was created.');
		expect(scenario.sandbox.log.count()).toBe(0);
		await scenario.broadcast(fromItems, { input: input.slice(1) });
		expect(scenario.recipientsOfTasks()).toEqual([ids.slice(1)]);
	});

	it('counts a customer of two tasks twice', async () => {
		const [external_userid = ''] = scenario.customersOf('lin');
		const { error } = await scenario.broadcast(
			{ sendTo: 'inputItems', text: '={{ $json.text }}', options: { maxRecipients: 1 } },
			{
				input: [
					{ external_userid, text: 'a' },
					{ external_userid, text: 'b' },
				],
			},
		);
		expect(error?.message).toMatch(TOO_MANY);
	});

	it.each<[string, IDataObject]>([
		['tags', { sendTo: 'tags', tagGroups: { group: [{ tags: ['Gold'] }] } }],
		['all customers of members', { sendTo: 'allOfMembers', members: ['lin', 'chen'] }],
		['customer groups', { sendTo: 'groups', chatIds: 'wr1,wr2' }],
	])('counts %s before it creates anything', async (_, to) => {
		const { error } = await scenario.broadcast({ ...to, options: { maxRecipients: 1 } });
		expect(error?.message).toMatch(TOO_MANY);
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
		expect(scenario.tasks()).toEqual([]);
	});

	it('lets as many as it says through where WeCom chooses them', async () => {
		const maxRecipients = scenario.customersOf('lin').length;
		const all = { sendTo: 'allOfMembers', members: ['lin'] };
		const refused = await scenario.broadcast({
			...all,
			options: { maxRecipients: maxRecipients - 1 },
		});
		expect(refused.error?.message).toMatch(TOO_MANY);
		const { items } = await scenario.broadcast({ ...all, options: { maxRecipients } });
		expect(items[0]?.json.state).toBe('created');
	});

	it('goes on with the count of the first try on Retry On Fail', async () => {
		const { sandbox } = scenario;
		const gold = scenario.tagId('Gold');
		sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'errcode', errcode: 40058 } });
		const { error } = await scenario.broadcast(
			{
				sendTo: 'tags',
				sentBy: 'itemField',
				tagGroups: { group: [{ tags: [gold] }] },
				options: { maxRecipients: 1_000 },
			},
			{ input: [{ userid: 'lin' }, { userid: 'wei' }], ...retryOnFail },
		);
		expect(error).toBeUndefined();
		expect(scenario.tasks()).toHaveLength(2);
		// A page for each of the members, at the first try only; the second create was tried twice.
		expect(sandbox.log.count(PATHS.customers)).toBe(2);
		expect(sandbox.log.count(PATHS.create)).toBe(3);
	});
});

it('says in a dry run how many confirmations each task adds up to for its member', async () => {
	const rows = ['lin', 'lin', 'chen'].map((userid, index) => ({
		userid,
		external_userid: scenario.customersOf(userid)[index] ?? '',
	}));
	const { items } = await scenario.broadcast(
		{
			sendTo: 'inputItems',
			sentBy: 'itemField',
			text: '=Dear {{ $json.external_userid }}',
			options: { dryRun: true },
		},
		{ input: rows },
	);
	expect(items.map(({ json }) => [json.sender, json.confirmations])).toEqual([
		['lin', 2],
		['lin', 2],
		['chen', 1],
	]);
	const byWeCom = await scenario.broadcast({ sentBy: 'lastContact', options: { dryRun: true } });
	expect(byWeCom.items.map(({ json }) => json.confirmations)).toEqual([null]);
});

it('holds over all calls of an agent, who cannot raise it', async () => {
	const [customer = ''] = scenario.customersOf('lin');
	const call = async (number: number) =>
		await scenario.broadcast(
			{
				member: byId('lin'),
				externalUserIds: customer,
				text: "={{ $fromAI('text') }}",
				options: { maxTasksPerMember: 1_000 },
			},
			{ asTool: { arguments: { text: `Hello ${number}` } }, executionId: 'a talkative agent' },
		);
	for (let number = 1; number <= 50; number++) {
		expect((await call(number)).items[0]?.json.state).toBe('created');
	}
	const refused = await call(51);
	expect(JSON.stringify([refused.error?.message, refused.items])).toContain(
		"Member lin would get 51 tasks to confirm, and 'Max Tasks per Member' is 50",
	);
	// What it repeats is nothing new.
	expect((await call(2)).items[0]?.json.state).toBe('duplicate');
	expect(scenario.tasks()).toHaveLength(50);
});
