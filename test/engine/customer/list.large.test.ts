import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';
import { wait } from '../../sandbox';
import { requestCounts } from './requestCounts';

const scenario = useScenario();

it.each([
	['empty', 30],
	['present', 31],
] as const)(
	'reads 3,000 customers of one member in full pages, with the last cursor %s',
	async (lastPageCursor, pages) => {
		await scenario.restart({ seed: { members: 1, customersPerMember: 3_000 }, lastPageCursor });
		const { items } = await scenario.listCustomers({ memberScope: 'chosen', members: ['member1'] });
		expect(items).toHaveLength(3_000);
		expect(new Set(items.map(({ json }) => json.external_userid)).size).toBe(3_000);
		expect(requestCounts(scenario)).toEqual({ members: 0, pages, ids: 0, tags: 1 });
	},
);

it('fetches no page beyond the limit', async () => {
	await scenario.restart({ seed: { members: 3, customersPerMember: 500 } });
	const { items } = await scenario.listCustomers({ returnAll: false, limit: 250 });
	expect(items).toHaveLength(250);
	expect(requestCounts(scenario).pages).toBe(3);
});

it('loses none of 200 members, nor one without customers', async () => {
	await scenario.restart({
		seed: { members: 200, customersPerMember: 150 },
		batchWithoutCustomers: '84061',
	});
	const lonely = scenario.sandbox.world.corp.addMember('lonely');
	expect(lonely.relations).toEqual([]);

	const { items } = await scenario.listCustomers();
	expect(items).toHaveLength(30_000);
	const perMember = new Map<unknown, number>();
	for (const { json } of items) perMember.set(json.userid, (perMember.get(json.userid) ?? 0) + 1);
	expect(perMember.size).toBe(200);
	expect(new Set(perMember.values())).toEqual(new Set([150]));
	// Four lanes with 51 members each, the last of them 47 and one without customers: 3 x 77 pages and 71.
	expect(requestCounts(scenario)).toEqual({ members: 1, pages: 302, ids: 0, tags: 1 });

	const { items: members } = await scenario.listCustomers({ output: 'members' });
	expect(members).toHaveLength(201);
	expect(members.at(-1)?.json).toEqual({
		userid: 'lonely',
		customer_count: 0,
		external_userid: [],
	});
});

it('requests fewer members at a time if WeCom refuses 100 (40058)', async () => {
	await scenario.restart({ seed: { members: 100, customersPerMember: 3 }, batchMemberLimit: 30 });
	const { items, status } = await scenario.listCustomers();
	expect(status).toBe('success');
	expect(items).toHaveLength(300);
	const perMember = new Set(items.map(({ json }) => json.userid));
	expect(perMember.size).toBe(100);
	const { log } = scenario.sandbox;
	expect(log.calls(PATHS.customers).map(({ errcode }) => errcode)).toEqual([
		40058, 40058, 0, 0, 40058, 0, 0,
	]);
});

it('reads the customers with a tag without repeating a call', async () => {
	await scenario.restart({ seed: { members: 20, customersPerMember: 50, tags: 10 } });
	const { items } = await scenario.listCustomers({ filters: { tags: 'Tag 3' } });
	expect(items).toHaveLength(100);
	expect(requestCounts(scenario)).toEqual({ members: 1, pages: 10, ids: 0, tags: 1 });
	const calls = scenario.sandbox.log.calls(PATHS.customers).map(({ body }) => JSON.stringify(body));
	expect(new Set(calls).size).toBe(calls.length);
});

it('stops requesting when the execution is stopped', async () => {
	await scenario.restart({ seed: { members: 1, customersPerMember: 3_000 } });
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
