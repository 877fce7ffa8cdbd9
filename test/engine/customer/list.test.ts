import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';
import { requestCounts } from './requestCounts';

const scenario = useScenario();

it('gives one simplified item per member and customer, with names for the codes', async () => {
	const { items, status } = await scenario.listCustomers();
	expect(status).toBe('success');
	// Three customers know two members.
	expect(items).toHaveLength(33);
	expect(items[0]).toEqual({
		json: {
			external_userid: scenario.customersOf('lin')[0],
			name: 'Amy Zhao',
			type_name: 'wechat_user',
			userid: 'lin',
			remark: 'Amy Zhao',
			createtime: expect.any(Number) as number,
			created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+08:00$/) as string,
			add_way_name: 'qr_code_scan',
			state: 'spring-expo',
			tag_id: [scenario.tagId('Gold'), scenario.tagId('Green tea')],
			tag_name: ['Gold', 'Green tea'],
		},
		pairedItem: { item: 0 },
	});
	expect(requestCounts(scenario)).toEqual({ members: 1, pages: 1, ids: 0, tags: 1 });
});

it('gives everything WeCom knows when Simplify is off', async () => {
	const { items } = await scenario.listCustomers({
		simple: false,
		memberScope: 'chosen',
		members: ['lin'],
	});
	expect(items).toHaveLength(12);
	expect(items[0]?.json).toMatchObject({
		type: 1,
		type_name: 'wechat_user',
		add_way: 1,
		add_way_name: 'qr_code_scan',
		remark_mobiles: ['13800000000'],
		tag_name: ['Gold', 'Green tea'],
	});
	const { createtime, created_at } = items[0]?.json as {
		createtime: number;
		created_at: string;
	};
	expect(Date.parse(created_at)).toBe(createtime * 1_000);
	expect(items[9]?.json).toMatchObject({ type: 2, corp_name: 'Hillside Bakery' });
	expect(requestCounts(scenario)).toMatchObject({ members: 0 });
});

it('leaves the name empty of a tag that is not in the library', async () => {
	const strategy = `st${'A'.repeat(30)}`;
	const { corp } = scenario.sandbox.world;
	const id = scenario.customersOf('lin')[1] as string;
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
	const { items } = await scenario.listCustomers({ memberScope: 'chosen', members: ['lin'] });
	expect(items[0]?.json).toMatchObject({
		tag_id: [strategy, scenario.tagId('Gold')],
		tag_name: [null, 'Gold'],
		created_at: null,
		add_way_name: null,
	});
});

it('lists the customers of a member once, whatever the case of the user ID', async () => {
	const members = ['LIN', 'lin'];
	const count = scenario.customersOf('lin').length;
	expect((await scenario.listCustomers({ memberScope: 'chosen', members })).items).toHaveLength(
		count,
	);
	const filters = { addedAfter: '2000-01-01' };
	const { items } = await scenario.listCustomers({
		memberScope: 'chosen',
		members,
		output: 'members',
		filters,
	});
	expect(items.map(({ json }) => [json.userid, json.customer_count])).toEqual([['lin', count]]);
});

it('does not read the tag library when no customer has a tag', async () => {
	for (const relation of scenario.sandbox.world.corp.members.get('chen')?.relations ?? []) {
		relation.tagIds = [];
	}
	const { items } = await scenario.listCustomers({ memberScope: 'chosen', members: ['chen'] });
	expect(items).toHaveLength(8);
	expect(requestCounts(scenario).tags).toBe(0);
});

it('does not read the tag library for customers beyond the limit', async () => {
	const relations = scenario.sandbox.world.corp.members.get('lin')?.relations ?? [];
	relations.forEach((relation, index) => {
		relation.tagIds = index < 2 ? [] : [scenario.tagId('Gold')];
	});
	const listed = async (limit: number) =>
		await scenario.listCustomers({
			memberScope: 'chosen',
			members: ['lin'],
			returnAll: false,
			limit,
		});
	expect((await listed(2)).items).toHaveLength(2);
	expect(requestCounts(scenario).tags).toBe(0);
	const { items } = await listed(3);
	expect(items.map(({ json }) => json.tag_name)).toEqual([[], [], ['Gold']]);
	expect(requestCounts(scenario).tags).toBe(1);
});

it('reads the tag library once for all items, and pairs each with its own', async () => {
	const { items } = await scenario.listCustomers(
		{ memberScope: 'chosen', members: '={{ $json.member }}' },
		{ input: [{ member: 'lin' }, { member: 'chen' }, { member: ['wei'] }] },
	);
	const paired = items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
	expect(paired.filter((item) => item === 0)).toHaveLength(12);
	expect(paired.filter((item) => item === 1)).toHaveLength(8);
	expect(paired.filter((item) => item === 2)).toHaveLength(13);
	expect(requestCounts(scenario)).toEqual({ members: 0, pages: 3, ids: 0, tags: 1 });
});

it('takes a choice from an expression even if other operations have a field of that name', async () => {
	const { items } = await scenario.listCustomers({
		memberScope: '={{ "chosen" }}',
		members: ['chen'],
	});
	expect(items).toHaveLength(8);
});

it('stops at the limit, which is 50 unless it is set', async () => {
	expect((await scenario.listCustomers({ returnAll: false, limit: 5 })).items).toHaveLength(5);
	expect((await scenario.listCustomers({ returnAll: false })).items).toHaveLength(33);
});

describe('IDs Only', () => {
	it('makes one call per member and none for details or tags', async () => {
		const { items } = await scenario.listCustomers({ output: 'ids' });
		expect(items).toHaveLength(33);
		expect(items[0]?.json).toEqual({
			external_userid: scenario.customersOf('lin')[0],
			userid: 'lin',
		});
		expect(requestCounts(scenario)).toEqual({ members: 1, pages: 0, ids: 3, tags: 0 });
	});

	it('asks for no member beyond the limit', async () => {
		const { items } = await scenario.listCustomers({ output: 'ids', returnAll: false, limit: 12 });
		expect(items).toHaveLength(12);
		expect(requestCounts(scenario).ids).toBe(1);
	});

	it('reads the details when a filter needs them', async () => {
		const { items } = await scenario.listCustomers({ output: 'ids', filters: { name: 'zhao' } });
		expect(items.map(({ json }) => json.userid)).toEqual(['lin', 'wei']);
		expect(requestCounts(scenario)).toMatchObject({ pages: 1, ids: 0 });
	});
});

describe('One Item per Member', () => {
	it('counts and names the customers of each member', async () => {
		const { items } = await scenario.listCustomers({ output: 'members' });
		expect(items.map(({ json }) => [json.userid, json.customer_count])).toEqual([
			['lin', 12],
			['wei', 13],
			['chen', 8],
		]);
		expect(items[0]?.json.external_userid).toEqual(scenario.customersOf('lin'));
	});

	it('keeps a member without matching customers', async () => {
		const { items } = await scenario.listCustomers({ output: 'members', filters: { name: 'Amy' } });
		expect(items.map(({ json }) => [json.userid, json.customer_count])).toEqual([
			['lin', 1],
			['wei', 1],
			['chen', 0],
		]);
	});

	it('treats 84061 as no customers', async () => {
		for (const relation of scenario.sandbox.world.corp.members.get('wei')?.relations ?? []) {
			relation.deleted = true;
		}
		const { items, status } = await scenario.listCustomers({ output: 'members' });
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

describe('Once', () => {
	const once = { severalMembers: 'once' };

	it('gives a customer of two members once, with both of them', async () => {
		const { items } = await scenario.listCustomers(once);
		expect(items).toHaveLength(30);
		expect(items[0]?.json).toEqual({
			external_userid: scenario.customersOf('lin')[0],
			name: 'Amy Zhao',
			type_name: 'wechat_user',
			userid: 'wei',
			member_count: 2,
			members: ['lin', 'wei'],
			// Lin's are both, wei's is the first.
			tag_id: [scenario.tagId('Gold'), scenario.tagId('Green tea')],
			tag_name: ['Gold', 'Green tea'],
		});
		expect(items[5]?.json).toMatchObject({ member_count: 1 });
	});

	it('lists all members of a customer who passes the filters for one of them', async () => {
		const { items } = await scenario.listCustomers({
			...once,
			filters: { addWay: [201] },
			simple: false,
		});
		expect(items).toHaveLength(3);
		expect(items[0]?.json).toMatchObject({
			type: 1,
			member_count: 2,
			members: [{ add_way: 1 }, { add_way: 201 }],
		});
	});

	it.each([
		['lastAdded', 'wei'],
		['firstAdded', 'lin'],
	])('gives the member whom %s chooses as the sender', async (senderRule, userid) => {
		const { items } = await scenario.listCustomers({ ...once, senderRule });
		expect(items[0]?.json.userid).toBe(userid);
	});

	it('follows the order of the chosen members, from an expression too', async () => {
		const { items } = await scenario.listCustomers({
			...once,
			senderRule: '={{ "memberOrder" }}',
			memberScope: 'chosen',
			members: '={{ ["chen", "WEI", "lin"] }}',
		});
		const amy = items.find(({ json }) => json.name === 'Amy Zhao');
		expect(amy?.json).toMatchObject({ userid: 'wei' });
	});

	it('counts a customer for the sender only in One Item per Member', async () => {
		const { items } = await scenario.listCustomers({
			...once,
			senderRule: 'firstAdded',
			output: 'members',
		});
		const counts = items.map(({ json }) => json.customer_count as number);
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
		expect(items[0]?.json).toMatchObject({ userid: 'lin', customer_count: 12 });
	});

	it('refuses a rule that resolved to nothing', async () => {
		const { error } = await scenario.listCustomers({ ...once, senderRule: '={{ $json.no }}' });
		expect(error?.message).toBe("'Sent By' has an unknown value");
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('keeps the limit', async () => {
		expect(
			(await scenario.listCustomers({ ...once, returnAll: false, limit: 7 })).items,
		).toHaveLength(7);
	});

	it('works on IDs alone where the order of members decides', async () => {
		const { items } = await scenario.listCustomers({
			...once,
			senderRule: 'memberOrder',
			output: 'ids',
		});
		expect(items).toHaveLength(30);
		expect(items[0]?.json).toEqual({
			external_userid: scenario.customersOf('lin')[0],
			userid: 'lin',
			member_count: 2,
			members: ['lin', 'wei'],
		});
		expect(requestCounts(scenario)).toEqual({ members: 1, pages: 0, ids: 3, tags: 0 });
	});

	it('reads the details where only IDs are wanted and the time decides', async () => {
		const { items } = await scenario.listCustomers({ ...once, output: 'ids' });
		expect(items).toHaveLength(30);
		expect(items[0]?.json).toEqual({
			external_userid: scenario.customersOf('lin')[0],
			userid: 'wei',
			member_count: 2,
			members: ['lin', 'wei'],
		});
		expect(requestCounts(scenario)).toEqual({ members: 1, pages: 1, ids: 0, tags: 0 });
	});

	it('lists all members of such a customer when only IDs are wanted, too', async () => {
		const filters = { tags: 'Green tea' };
		const { items } = await scenario.listCustomers({ ...once, output: 'ids', filters });
		const details = await scenario.listCustomers({ ...once, filters });
		// Only lin gave the tag to the first customer, whom wei has too.
		expect(items[0]?.json).toEqual({
			external_userid: scenario.customersOf('lin')[0],
			userid: 'lin',
			member_count: 2,
			members: ['lin', 'wei'],
		});
		expect(items.map(({ json }) => [json.external_userid, json.member_count])).toEqual(
			details.items.map(({ json }) => [json.external_userid, json.member_count]),
		);
	});
});
