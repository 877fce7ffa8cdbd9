import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { continueOnFail, useScenario } from '../../harness/scenario';
import { requestCounts } from './requestCounts';

const scenario = useScenario();

async function find(unionIds: unknown, parameters: IDataObject = {}, run?: ScenarioRun) {
	return await scenario.run(
		{ resource: 'customer', operation: 'findByUnionId', unionIds, ...parameters } as IDataObject,
		run,
	);
}

/** Amy Zhao is a customer of lin and wei. */
const amy = () => scenario.customersOf('lin')[0] ?? '';
const ben = () => scenario.customersOf('lin')[5] ?? '';

beforeEach(() => {
	const { customers } = scenario.sandbox.world.corp;
	for (const customer of customers.values()) customer.unionid = undefined;
	for (const [id, unionid] of [
		[amy(), 'oAmy'],
		[ben(), 'oBen'],
	] as const) {
		const customer = customers.get(id);
		if (customer) customer.unionid = unionid;
	}
});

it('gives the customer with all members, and says so where nobody has the union ID', async () => {
	const { items } = await find('oAmy，oNobody');
	expect(items).toEqual([
		{
			json: {
				unionid: 'oAmy',
				found: true,
				external_userid: amy(),
				name: 'Amy Zhao',
				type_name: 'wechat_user',
				userid: 'wei',
				member_count: 2,
				members: ['lin', 'wei'],
				tag_id: [scenario.tagId('Gold'), scenario.tagId('Green tea')],
				tag_name: ['Gold', 'Green tea'],
			},
			pairedItem: { item: 0 },
		},
		{
			json: {
				unionid: 'oNobody',
				found: false,
				external_userid: null,
				userid: null,
				member_count: 0,
				members: [],
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('gives everything about the members when Simplify is off', async () => {
	const { items } = await find('oBen', { simple: false });
	expect(items[0]?.json).toMatchObject({
		unionid: 'oBen',
		external_userid: ben(),
		members: [{ userid: 'lin', add_way_name: expect.any(String) as string }],
	});
});

it('reads all customers once for all items, and pairs each with its own', async () => {
	const input = [{ id: 'oAmy' }, { id: ['oBen', 'oNobody'] }, { id: '["oAmy"]' }];
	const { items } = await find('={{ $json.id }}', {}, { input });
	expect(items.map(({ json, pairedItem }) => [json.external_userid, pairedItem])).toEqual([
		[amy(), { item: 0 }],
		[ben(), { item: 1 }],
		[null, { item: 1 }],
		[amy(), { item: 2 }],
	]);
	expect(requestCounts(scenario)).toEqual({ members: 1, pages: 1, ids: 0, tags: 1 });
	expect(scenario.sandbox.log.count(PATHS.customer)).toBe(0);
});

it.each([
	['={{ $json.missing }}', "'Union IDs' is empty, so there is nobody to look for"],
	[' , ', "'Union IDs' is empty, so there is nobody to look for"],
	['={{ [] }}', "'Union IDs' is empty, so there is nobody to look for"],
	['={{ "undefined" }}', `"undefined" in 'Union IDs' is not a union ID`],
	['={{ ({ id: 1 }) }}', "'Union IDs' must be a list of IDs"],
])('refuses %j before any request', async (unionIds, message) => {
	const { error } = await find(unionIds);
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('keeps the other items with Continue On Fail', async () => {
	const input = [{}, { id: 'oAmy' }];
	const { items } = await find('={{ $json.id }}', {}, { ...continueOnFail, input });
	expect(items[0]?.json.error).toBe("'Union IDs' is empty, so there is nobody to look for");
	expect(items[1]?.json.external_userid).toBe(amy());
});

it('says why nobody has one where the corporation is not bound', async () => {
	for (const customer of scenario.sandbox.world.corp.customers.values()) {
		customer.unionid = undefined;
	}
	const { items, hints } = await find('oAmy');
	expect(items[0]?.json.found).toBe(false);
	expect(hints?.map(({ message }) => message)).toEqual([
		expect.stringContaining('bound to a WeChat Open Platform account'),
	]);
});
