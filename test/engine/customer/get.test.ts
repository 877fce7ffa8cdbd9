import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

function amy(): string {
	return scenario.customersOf('lin')[0] ?? '';
}

async function get(parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run(
		{ resource: 'customer', operation: 'get', customer: byId(amy()), ...parameters },
		run,
	);
}

it('gives a simplified customer with all members, their remarks and tags', async () => {
	const relation = scenario.sandbox.world.corp.relation('lin', amy());
	if (relation) relation.description = 'Buys in spring';
	const { items } = await get();
	expect(items).toEqual([
		{
			json: {
				external_userid: amy(),
				name: 'Amy Zhao',
				type_name: 'wechat_user',
				unionid: expect.any(String) as string,
				corp_name: null,
				position: null,
				member_count: 2,
				members: [
					{
						userid: 'lin',
						remark: 'Amy Zhao',
						createtime: expect.any(Number) as number,
						created_at: expect.stringContaining('+08:00') as string,
						add_way_name: 'qr_code_scan',
						state: 'spring-expo',
						tag_id: [expect.any(String), expect.any(String)] as string[],
						tag_name: ['Gold', 'Green tea'],
						personal_tag_name: ['Likes to chat'],
						description: 'Buys in spring',
						remark_mobiles: ['13800000000'],
					},
					expect.objectContaining({ userid: 'wei', add_way_name: 'shared_by_colleague' }),
				],
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('gives everything WeCom knows when Simplify is off', async () => {
	const { items } = await get({ simple: false });
	expect(items[0]?.json).toMatchObject({
		type: 1,
		gender: 2,
		member_count: 2,
		follow_user: [
			{
				userid: 'lin',
				createtime: expect.any(Number) as number,
				created_at: expect.any(String) as string,
				tags: [
					{ group_name: 'Level', tag_name: 'Gold', type: 1 },
					{ tag_name: 'Green tea' },
					{ tag_name: 'Likes to chat', type: 2 },
				],
			},
			{ userid: 'wei' },
		],
	});
});

it('reads every page of a customer with more than 500 members into one item', async () => {
	const { corp } = scenario.sandbox.world;
	const customer = corp.customers.get(amy());
	for (let number = 0; customer && number < 1_200; number++) {
		corp.befriend(corp.addMember(`extra${number}`), customer, { createTime: number + 1 });
	}
	const { items } = await get();
	expect(items).toHaveLength(1);
	const { member_count, members } = items[0]?.json as {
		member_count: number;
		members: Array<{ userid: string }>;
	};
	expect(member_count).toBe(1_202);
	expect(new Set(members.map(({ userid }) => userid)).size).toBe(1_202);
	const calls = scenario.sandbox.log.calls(PATHS.customer);
	expect(calls).toHaveLength(3);
	expect(calls[0]?.query).not.toHaveProperty('cursor');
});

it('reads one customer per item', async () => {
	const ids = scenario.customersOf('chen').slice(0, 3);
	const { items } = await get(
		{ customer: byId('={{ $json.external_userid }}') },
		{ input: ids.map((external_userid) => ({ external_userid })) },
	);
	expect(items.map(({ json, pairedItem }) => [json.external_userid, pairedItem])).toEqual(
		ids.map((id, item) => [id, { item }]),
	);
});

it('refuses an empty customer before any request', async () => {
	const { error } = await get({ customer: byId('={{ $json.no }}') });
	expect(error).toMatchObject({ message: "'Customer' is empty", context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('keeps the other items with Continue On Fail', async () => {
	const gone = scenario.customersOf('chen')[0] as string;
	scenario.sandbox.world.deleteRelation('chen', gone);
	const { items } = await get(
		{ customer: byId('={{ $json.id }}') },
		{ ...continueOnFail, input: [{ id: 'wmNobody' }, { id: gone }, {}, { id: amy() }] },
	);
	expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		['WeCom does not know this customer', { item: 0 }],
		['The customer is not a contact of this member', { item: 1 }],
		["'Customer' is empty", { item: 2 }],
		[undefined, { item: 3 }],
	]);
	expect(items[0]?.json.details).toMatchObject({ errcode: 40096, retryable: false });
});
