import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import type { Scenario } from '../harness/scenario';
import { customersOf, startScenario } from '../harness/scenario';
import type { LargeSeed, SandboxOptions } from '../sandbox';
import { wait } from '../sandbox';

let scenario: Scenario;

afterEach(async () => await scenario.stop());

async function list(parameters: IDataObject = {}, run: Parameters<Scenario['run']>[1] = {}) {
	return await scenario.run(
		{ resource: 'customer', operation: 'list', memberScope: 'all', returnAll: true, ...parameters },
		run,
	);
}

async function large(seed: LargeSeed, options: SandboxOptions = {}) {
	scenario = await startScenario({ seed, ...options });
}

/** Requests of the operation itself: n8n's token call and its probe are not counted. */
function counts() {
	const { log } = scenario.sandbox;
	return {
		members: log.count(PATHS.members) - log.count(PATHS.token),
		pages: log.count(PATHS.customers),
		ids: log.count(PATHS.customerIds),
		tags: log.count(PATHS.tags),
	};
}

describe('in a small company', () => {
	beforeEach(async () => {
		scenario = await startScenario();
	});

	function tag(name: string): string {
		const tags = [...scenario.sandbox.world.corp.tags.values()];
		return tags.find((each) => each.name === name)?.tagId ?? '';
	}

	describe('Details', () => {
		it('gives one simplified item per member and customer, with names beside the codes', async () => {
			const { items, status } = await list();
			expect(status).toBe('success');
			// Three customers know two members.
			expect(items).toHaveLength(33);
			expect(items[0]).toEqual({
				json: {
					external_userid: customersOf(scenario.sandbox, 'lin')[0],
					name: 'Amy Zhao',
					type_name: 'WeChat User',
					userid: 'lin',
					remark: 'Amy Zhao',
					created_at: expect.stringMatching(
						/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+08:00$/,
					) as string,
					add_way_name: 'QR Code Scan',
					state: 'spring-expo',
					tag_id: [tag('Gold'), tag('Green tea')],
					tag_name: ['Gold', 'Green tea'],
				},
				pairedItem: { item: 0 },
			});
			expect(counts()).toEqual({ members: 1, pages: 1, ids: 0, tags: 1 });
		});

		it('gives all that WeCom knows without Simplify', async () => {
			const { items } = await list({ simple: false, memberScope: 'chosen', members: ['lin'] });
			expect(items).toHaveLength(12);
			expect(items[0]?.json).toMatchObject({
				type: 1,
				type_name: 'WeChat User',
				add_way: 1,
				add_way_name: 'QR Code Scan',
				remark_mobiles: ['13800000000'],
				tag_name: ['Gold', 'Green tea'],
			});
			const { createtime, created_at } = items[0]?.json as {
				createtime: number;
				created_at: string;
			};
			expect(Date.parse(created_at)).toBe(createtime * 1_000);
			expect(items[9]?.json).toMatchObject({ type: 2, corp_name: 'Hillside Bakery' });
			expect(counts()).toMatchObject({ members: 0 });
		});

		it('leaves the name of a tag empty that is not in the library', async () => {
			const strategy = `st${'A'.repeat(30)}`;
			const { corp } = scenario.sandbox.world;
			const id = customersOf(scenario.sandbox, 'lin')[1] as string;
			scenario.sandbox.faults.add({
				path: PATHS.customers,
				fault: {
					kind: 'notJson',
					body: JSON.stringify({
						errcode: 0,
						external_contact_list: [
							{
								external_contact: { external_userid: id, name: 'Ben', type: 1 },
								follow_info: { userid: 'lin', tag_id: [strategy, [...corp.tags.keys()][0]] },
							},
						],
						next_cursor: '',
					}),
				},
			});
			const { items } = await list({ memberScope: 'chosen', members: ['lin'] });
			expect(items[0]?.json).toMatchObject({
				tag_id: [strategy, tag('Gold')],
				tag_name: [null, 'Gold'],
				created_at: null,
				add_way_name: null,
			});
		});

		it('lists those of a member once, in whatever upper and lower case it is named', async () => {
			const members = ['LIN', 'lin'];
			const count = customersOf(scenario.sandbox, 'lin').length;
			expect((await list({ memberScope: 'chosen', members })).items).toHaveLength(count);
			const filters = { addedAfter: '2000-01-01' };
			const { items } = await list({ memberScope: 'chosen', members, output: 'members', filters });
			expect(items.map(({ json }) => [json.userid, json.customer_count])).toEqual([['lin', count]]);
		});

		it('does not read the tag library when no customer has a tag', async () => {
			for (const relation of scenario.sandbox.world.corp.members.get('chen')?.relations ?? []) {
				relation.tagIds = [];
			}
			const { items } = await list({ memberScope: 'chosen', members: ['chen'] });
			expect(items).toHaveLength(8);
			expect(counts().tags).toBe(0);
		});

		it('reads the tag library once for all items, and pairs each with its own', async () => {
			const { items } = await list(
				{ memberScope: 'chosen', members: '={{ $json.member }}' },
				{ input: [{ member: 'lin' }, { member: 'chen' }, { member: ['wei'] }] },
			);
			const paired = items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
			expect(paired.filter((item) => item === 0)).toHaveLength(12);
			expect(paired.filter((item) => item === 1)).toHaveLength(8);
			expect(paired.filter((item) => item === 2)).toHaveLength(13);
			expect(counts()).toEqual({ members: 0, pages: 3, ids: 0, tags: 1 });
		});

		it('takes a choice from an expression, whatever other operations call their fields', async () => {
			const { items } = await list({ memberScope: '={{ "chosen" }}', members: ['chen'] });
			expect(items).toHaveLength(8);
		});

		it('stops at the limit, which is 50 unless it is set', async () => {
			expect((await list({ returnAll: false, limit: 5 })).items).toHaveLength(5);
			expect((await list({ returnAll: false })).items).toHaveLength(33);
		});
	});

	describe('IDs Only', () => {
		it('takes one call per member and none for details or tags', async () => {
			const { items } = await list({ output: 'ids' });
			expect(items).toHaveLength(33);
			expect(items[0]?.json).toEqual({
				external_userid: customersOf(scenario.sandbox, 'lin')[0],
				userid: 'lin',
			});
			expect(counts()).toEqual({ members: 1, pages: 0, ids: 3, tags: 0 });
		});

		it('asks no member whom the limit has no use for', async () => {
			const { items } = await list({ output: 'ids', returnAll: false, limit: 12 });
			expect(items).toHaveLength(12);
			expect(counts().ids).toBe(1);
		});

		it('reads the details when a filter needs them', async () => {
			const { items } = await list({ output: 'ids', filters: { name: 'zhao' } });
			expect(items.map(({ json }) => json.userid)).toEqual(['lin', 'wei']);
			expect(counts()).toMatchObject({ pages: 1, ids: 0 });
		});
	});

	describe('One Item per Member', () => {
		it('counts and names the customers of each member', async () => {
			const { items } = await list({ output: 'members' });
			expect(items.map(({ json }) => [json.userid, json.customer_count])).toEqual([
				['lin', 12],
				['wei', 13],
				['chen', 8],
			]);
			expect(items[0]?.json.external_userid).toEqual(customersOf(scenario.sandbox, 'lin'));
		});

		it('keeps a member to whom the filters leave nobody', async () => {
			const { items } = await list({ output: 'members', filters: { name: 'Amy' } });
			expect(items.map(({ json }) => [json.userid, json.customer_count])).toEqual([
				['lin', 1],
				['wei', 1],
				['chen', 0],
			]);
		});

		it('takes 84061 for no customers', async () => {
			for (const relation of scenario.sandbox.world.corp.members.get('wei')?.relations ?? []) {
				relation.deleted = true;
			}
			const { items, status } = await list({ output: 'members' });
			expect(status).toBe('success');
			expect(items.map(({ json }) => json.customer_count)).toEqual([12, 0, 8]);
			// By member, as the members are read side by side.
			const answers = scenario.sandbox.log
				.calls(PATHS.customerIds)
				.map(({ query, errcode }) => [query.userid, errcode]);
			expect(Object.fromEntries(answers)).toEqual({ lin: 0, wei: 84061, chen: 0 });
			expect(answers).toHaveLength(3);
		});
	});

	describe('Unique Customers', () => {
		const options = { uniqueCustomers: true };

		it('gives a customer of two members once, with both', async () => {
			const { items } = await list({ options });
			expect(items).toHaveLength(30);
			expect(items[0]?.json).toEqual({
				external_userid: customersOf(scenario.sandbox, 'lin')[0],
				name: 'Amy Zhao',
				type_name: 'WeChat User',
				member_count: 2,
				members: [
					expect.objectContaining({ userid: 'lin', tag_name: ['Gold', 'Green tea'] }),
					expect.objectContaining({ userid: 'wei', tag_name: ['Gold'] }),
				],
			});
			expect(items[5]?.json).toMatchObject({ member_count: 1 });
		});

		it('lists all members of a customer who passes the filters with one of them', async () => {
			const { items } = await list({ options, filters: { addWay: [201] }, simple: false });
			expect(items).toHaveLength(3);
			expect(items[0]?.json).toMatchObject({
				type: 1,
				member_count: 2,
				members: [{ add_way: 1 }, { add_way: 201 }],
			});
		});

		it('keeps the limit', async () => {
			expect((await list({ options, returnAll: false, limit: 7 })).items).toHaveLength(7);
		});

		it('works on IDs alone', async () => {
			const { items } = await list({ options, output: 'ids' });
			expect(items).toHaveLength(30);
			expect(items[0]?.json).toEqual({
				external_userid: customersOf(scenario.sandbox, 'lin')[0],
				member_count: 2,
				members: [{ userid: 'lin' }, { userid: 'wei' }],
			});
			expect(counts()).toEqual({ members: 1, pages: 0, ids: 3, tags: 0 });
		});

		it('names all members also as IDs, of a customer who passes the filters with one of them', async () => {
			const filters = { tags: 'Green tea' };
			const { items } = await list({ options, output: 'ids', filters });
			const details = await list({ options, filters });
			// Only lin gave the tag to the first customer, whom wei has too.
			expect(items[0]?.json).toEqual({
				external_userid: customersOf(scenario.sandbox, 'lin')[0],
				member_count: 2,
				members: [{ userid: 'lin' }, { userid: 'wei' }],
			});
			expect(items.map(({ json }) => [json.external_userid, json.member_count])).toEqual(
				details.items.map(({ json }) => [json.external_userid, json.member_count]),
			);
		});
	});

	describe('Filters', () => {
		/** What the sandbox's own relations say. */
		function matching(
			test: (relation: { tagIds: string[]; addWay: number; createTime: number }) => boolean,
		) {
			return [...scenario.sandbox.world.corp.members.values()]
				.flatMap((member) => member.relations)
				.filter(test).length;
		}

		it.each([
			['an ID', () => [tag('Gold')]],
			['a name', () => 'Gold'],
			['a group and a name', () => 'Level：Gold'],
		])('takes a tag by %s', async (_, tags) => {
			const { items } = await list({ filters: { tags: tags() } });
			expect(items).toHaveLength(matching(({ tagIds }) => tagIds.includes(tag('Gold'))));
			expect(items.length).toBeGreaterThan(3);
		});

		it('takes any or all of several tags, and names with blanks', async () => {
			const has = (name: string) => (relation: { tagIds: string[] }) =>
				relation.tagIds.includes(tag(name));
			const any = await list({ filters: { tags: 'Gold, Green tea' } });
			expect(any.items).toHaveLength(matching((row) => has('Gold')(row) || has('Green tea')(row)));
			const all = await list({ filters: { tags: ['Gold', 'Green tea'], tagMatch: 'all' } });
			expect(all.items).toHaveLength(matching((row) => has('Gold')(row) && has('Green tea')(row)));
			expect(all.items.length).toBeLessThan(any.items.length);
		});

		it('takes a period of the workflow, the beginning in and the end out', async () => {
			const { items: everybody } = await list({ memberScope: 'chosen', members: ['lin'] });
			const [first, second, third] = everybody.map(({ json }) => json.created_at as string);
			const { items } = await list({
				memberScope: 'chosen',
				members: ['lin'],
				filters: { addedAfter: first?.slice(0, 19), addedBefore: third },
			});
			expect(items.map(({ json }) => json.created_at)).toEqual([first, second]);
		});

		it('takes how and what kind', async () => {
			const { items } = await list({ filters: { addWay: [3, 201] } });
			expect(items).toHaveLength(matching(({ addWay }) => addWay === 3 || addWay === 201));
			const wecom = await list({ filters: { type: 2 } });
			expect(wecom.items.map(({ json }) => json.type_name)).toEqual(Array(3).fill('WeCom User'));
		});

		it('looks for a part of the name or the remark, whatever the case', async () => {
			const relation = scenario.sandbox.world.corp.members.get('chen')?.relations[0];
			if (relation) relation.remark = 'Likes ZHAO tea';
			const { items } = await list({ filters: { name: ' zhao ' } });
			expect(items.map(({ json }) => json.remark)).toContain('Likes ZHAO tea');
			expect(items).toHaveLength(3);
		});

		it('lets a customer pass who passes all filters', async () => {
			const { items } = await list({ filters: { name: 'Amy', addWay: [201] } });
			expect(items.map(({ json }) => json.userid)).toEqual(['wei']);
		});

		it.each([
			['tags', '={{ $json.missing }}', 'The filter Tags is empty'],
			['tags', [], 'The filter Tags is empty'],
			['tags', ' , ', 'The filter Tags is empty'],
			['tags', '={{ [{ id: 1 }] }}', 'Tags is not a list of texts'],
			['name', '={{ $json.missing }}', 'The filter Name Contains is empty'],
			['name', '  ', 'The filter Name Contains is empty'],
			['addWay', [], 'The filter How Added is empty'],
			['addWay', '={{ ["by chance"] }}', 'The filter How Added is none of its options'],
			['type', '={{ 3 }}', 'The filter Customer Type is none of its options'],
			['addedAfter', 'last Tuesday', 'The filter Added After is not a date and time'],
			['addedBefore', '={{ $json.missing }}', 'The filter Added Before is not a date and time'],
		])('refuses the filter %s with %j', async (name, value, message) => {
			const { status, error } = await list({ filters: { [name]: value } });
			expect(status).toBe('error');
			expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it('refuses a period that ends before it begins', async () => {
			const { error } = await list({
				filters: { addedAfter: '2026-02-01', addedBefore: '2026-01-01' },
			});
			expect(error?.message).toBe('Added After is not before Added Before');
		});

		it('refuses Tag Match alone, which would let everybody pass', async () => {
			const { error } = await list({ filters: { tagMatch: 'all' } });
			expect(error).toMatchObject({
				message: 'The filter Tag Match is there without Tag Names or IDs',
				description: expect.stringContaining('remove Tag Match') as string,
			});
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it('refuses an empty one among tags that are all needed, which would let more pass', async () => {
			const tags = "={{ ['Gold', $json.missing] }}";
			const { error } = await list({ filters: { tags, tagMatch: 'all' } });
			expect(error?.message).toBe('The filter Tags has an empty entry');
			expect(scenario.sandbox.log.count()).toBe(0);
			expect((await list({ filters: { tags } })).status).toBe('success');
		});

		it('refuses a way to match tags that does not exist', async () => {
			const { error } = await list({ filters: { tags: 'Gold', tagMatch: '={{ "every" }}' } });
			expect(error?.message).toBe('The filter Tag Match is none of its options');
		});

		it('refuses a tag that does not exist, with the nearest ones, before it lists anybody', async () => {
			const { error } = await list({ filters: { tags: 'gold' } });
			expect(error).toMatchObject({
				message: 'There is no tag "gold"',
				description: expect.stringContaining('The nearest tags: Level: Gold, ') as string,
			});
			expect(counts()).toEqual({ members: 0, pages: 0, ids: 0, tags: 1 });
		});
	});

	describe('bad input', () => {
		it.each([
			['no member', { memberScope: 'chosen', members: '={{ [] }}' }, 'No member is chosen'],
			[
				'an expression without members',
				{ memberScope: 'chosen', members: '={{ $json.no }}' },
				'No member is chosen',
			],
			[
				'members that are no list',
				{ memberScope: 'chosen', members: '={{ ({ a: 1 }) }}' },
				'Members is not a list of IDs',
			],
			[
				'a choice that resolved to nothing',
				{ memberScope: '={{ $json.no }}', members: 'lin' },
				'Members is none of its options',
			],
			[
				'an output that does not exist',
				{ output: '={{ "csv" }}' },
				'Output is none of its options',
			],
			[
				'a limit that is no number',
				{ returnAll: false, limit: '={{ "some" }}' },
				'Limit is not a number of results',
			],
			['a limit of 0', { returnAll: false, limit: 0 }, 'Limit is not a number of results'],
		])('refuses %s before any request', async (_, parameters, message) => {
			const { status, error } = await list(parameters as IDataObject);
			expect(status).toBe('error');
			expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it.each([
			['details', 'details', PATHS.customers],
			['IDs', 'ids', PATHS.customerIds],
		])('names the unknown member among several: %s', async (_, output) => {
			const { status, error } = await list({
				output,
				memberScope: 'chosen',
				members: 'lin, nobody, chen',
			});
			expect(status).toBe('error');
			expect(error).toMatchObject({
				message: 'WeCom does not know this member: nobody',
				description: expect.stringContaining('(errcode 40003, doc') as string,
				context: { itemIndex: 0 },
			});
		});

		it('names a member outside the visible range', async () => {
			const { corp } = scenario.sandbox.world;
			for (const app of corp.apps.values()) app.visibleMembers = ['lin', 'chen'];
			const { error } = await list({ memberScope: 'chosen', members: ['lin', 'wei'] });
			expect(error?.message).toBe('The app may not act on this member, department or tag: wei');
			const { items } = await list();
			expect(new Set(items.map(({ json }) => json.userid))).toEqual(new Set(['lin', 'chen']));
		});

		it('keeps the other items with Continue On Fail', async () => {
			const { items, status } = await list(
				{ output: 'members', memberScope: 'chosen', members: '={{ $json.member }}' },
				{
					node: { parameters: {}, onError: 'continueRegularOutput' },
					input: [{ member: 'lin' }, { member: 'nobody' }, {}, { member: 'chen' }],
				},
			);
			expect(status).toBe('success');
			expect(items).toEqual([
				{ json: expect.objectContaining({ userid: 'lin' }) as object, pairedItem: { item: 0 } },
				{
					json: {
						error: 'WeCom does not know this member: nobody',
						details: {
							errcode: 40003,
							retryable: false,
							hint: expect.stringContaining('visible range') as string,
						},
					},
					pairedItem: { item: 1 },
				},
				{
					json: {
						error: 'No member is chosen',
						details: { errcode: null, retryable: false, hint: expect.any(String) as string },
					},
					pairedItem: { item: 2 },
				},
				{ json: expect.objectContaining({ userid: 'chen' }) as object, pairedItem: { item: 3 } },
			]);
		});
	});

	describe('faults', () => {
		it.each([
			['an HTML page', { kind: 'html' }],
			['HTTP 502', { kind: 'httpStatus', status: 502 }],
			['a busy WeCom', { kind: 'errcode', errcode: -1 }],
			['too many calls at the same time', { kind: 'errcode', errcode: 45033 }],
			['a minute limit', { kind: 'errcode', errcode: 45009 }],
			['a reset', { kind: 'reset' }],
		] as const)('survives %s', async (_, fault) => {
			scenario.sandbox.faults.add({ path: PATHS.customers, call: 1, fault });
			const { items, status } = await list();
			expect(status).toBe('success');
			expect(items).toHaveLength(33);
		});

		it('refuses a cursor that goes in circles instead of cutting or repeating the list', async () => {
			scenario.sandbox.faults.add({
				path: PATHS.customers,
				fault: {
					kind: 'notJson',
					body: '{"errcode":0,"external_contact_list":[],"next_cursor":"again"}',
				},
			});
			const { status, error } = await list();
			expect(status).toBe('error');
			expect(error?.message).toBe('WeCom gave the same page twice, so the list has no end');
		});
	});
});

describe('in a large company', () => {
	it.each([
		['empty', 30],
		['present', 31],
	] as const)(
		'reads 3,000 customers of one member in full pages, the last cursor %s',
		async (lastPageCursor, pages) => {
			await large({ members: 1, customersPerMember: 3_000 }, { lastPageCursor });
			const { items } = await list({ memberScope: 'chosen', members: ['member1'] });
			expect(items).toHaveLength(3_000);
			expect(new Set(items.map(({ json }) => json.external_userid)).size).toBe(3_000);
			expect(counts()).toEqual({ members: 0, pages, ids: 0, tags: 1 });
		},
	);

	it('fetches no page that the limit has no use for', async () => {
		await large({ members: 3, customersPerMember: 500 });
		const { items } = await list({ returnAll: false, limit: 250 });
		expect(items).toHaveLength(250);
		expect(counts().pages).toBe(3);
	});

	it('loses no member of 200, one more being without customers', async () => {
		await large({ members: 200, customersPerMember: 150 }, { batchWithoutCustomers: '84061' });
		const lonely = scenario.sandbox.world.corp.addMember('lonely');
		expect(lonely.relations).toEqual([]);

		const { items } = await list();
		expect(items).toHaveLength(30_000);
		const perMember = new Map<unknown, number>();
		for (const { json } of items) perMember.set(json.userid, (perMember.get(json.userid) ?? 0) + 1);
		expect(perMember.size).toBe(200);
		expect(new Set(perMember.values())).toEqual(new Set([150]));
		// 100 members a call: 15,000 rows are 150 pages, twice; the last member makes a third group.
		expect(counts()).toEqual({ members: 1, pages: 301, ids: 0, tags: 1 });

		const { items: members } = await list({ output: 'members' });
		expect(members).toHaveLength(201);
		expect(members.at(-1)?.json).toEqual({
			userid: 'lonely',
			customer_count: 0,
			external_userid: [],
		});
	});

	it('asks for fewer members at a time where WeCom refuses 100 (40058)', async () => {
		await large({ members: 100, customersPerMember: 3 }, { batchMemberLimit: 30 });
		const { items, status } = await list();
		expect(status).toBe('success');
		expect(items).toHaveLength(300);
		const perMember = new Set(items.map(({ json }) => json.userid));
		expect(perMember.size).toBe(100);
		const { log } = scenario.sandbox;
		expect(log.calls(PATHS.customers).map(({ errcode }) => errcode)).toEqual([
			40058, 40058, 0, 0, 40058, 0, 0,
		]);
	});

	it('reads the customers with a tag, no call twice', async () => {
		await large({ members: 20, customersPerMember: 50, tags: 10 });
		const { items } = await list({ filters: { tags: 'Tag 3' } });
		expect(items).toHaveLength(100);
		expect(counts()).toEqual({ members: 1, pages: 10, ids: 0, tags: 1 });
		const calls = scenario.sandbox.log
			.calls(PATHS.customers)
			.map(({ body }) => JSON.stringify(body));
		expect(new Set(calls).size).toBe(calls.length);
	});

	it('stops asking when the execution is stopped', async () => {
		await large({ members: 1, customersPerMember: 3_000 });
		const { sandbox, engine, credential } = scenario;
		const handle = sandbox.faults.add({
			path: PATHS.customers,
			call: 3,
			fault: { kind: 'delay', ms: 300 },
		});
		const execution = engine.start({
			credential,
			node: {
				parameters: {
					resource: 'customer',
					operation: 'list',
					memberScope: 'all',
					returnAll: true,
				},
			},
		});
		while (handle.hits === 0) await wait(1);
		execution.cancel();
		const { status } = await execution.result;
		expect(status).toBe('canceled');
		expect(sandbox.log.count(PATHS.customers)).toBeLessThanOrEqual(4);
	});
});
