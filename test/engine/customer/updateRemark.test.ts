import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { Scenario } from '../../harness/scenario';
import { byId, customersOf, startScenario } from '../../harness/scenario';
import type { Relation } from '../../sandbox';

let scenario: Scenario;

beforeEach(async () => {
	scenario = await startScenario();
});
afterEach(async () => await scenario.stop());

const keepGoing = { node: { parameters: {}, onError: 'continueRegularOutput' as const } };

function amy(): string {
	return customersOf(scenario.sandbox, 'lin')[0] ?? '';
}

describe('Get', () => {
	async function get(parameters: IDataObject = {}, run: Parameters<Scenario['run']>[1] = {}) {
		return await scenario.run(
			{ resource: 'customer', operation: 'get', customer: byId(amy()), ...parameters },
			run,
		);
	}

	it('gives a simplified customer with all members, their remarks and tags', async () => {
		const { items } = await get();
		expect(items).toEqual([
			{
				json: {
					external_userid: amy(),
					name: 'Amy Zhao',
					type_name: 'WeChat User',
					unionid: expect.any(String) as string,
					corp_name: null,
					position: null,
					member_count: 2,
					members: [
						{
							userid: 'lin',
							remark: 'Amy Zhao',
							created_at: expect.stringContaining('+08:00') as string,
							add_way_name: 'QR Code Scan',
							state: 'spring-expo',
							tag_id: [expect.any(String), expect.any(String)] as string[],
							tag_name: ['Gold', 'Green tea'],
							personal_tag_name: ['Likes to chat'],
							description: '',
							remark_mobiles: ['13800000000'],
						},
						expect.objectContaining({ userid: 'wei', add_way_name: 'Shared by a Colleague' }),
					],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives all that WeCom knows without Simplify', async () => {
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

	it('reads every page of a customer with more than 500 members, one item', async () => {
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
		const ids = customersOf(scenario.sandbox, 'chen').slice(0, 3);
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
		expect(error).toMatchObject({ message: 'No customer is chosen', context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('keeps the other items with Continue On Fail', async () => {
		const gone = customersOf(scenario.sandbox, 'chen')[0] as string;
		scenario.sandbox.world.deleteRelation('chen', gone);
		const { items } = await get(
			{ customer: byId('={{ $json.id }}') },
			{ ...keepGoing, input: [{ id: 'wmNobody' }, { id: gone }, {}, { id: amy() }] },
		);
		expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['WeCom does not know this customer', { item: 0 }],
			['The customer is not a contact of this member', { item: 1 }],
			['No customer is chosen', { item: 2 }],
			[undefined, { item: 3 }],
		]);
		expect(items[0]?.json.details).toMatchObject({ errcode: 40096, retryable: false });
	});
});

describe('Update Remark', () => {
	async function update(
		updateFields: IDataObject,
		run: Parameters<Scenario['run']>[1] = {},
		parameters: IDataObject = {},
	) {
		return await scenario.run(
			{
				resource: 'customer',
				operation: 'updateRemark',
				member: byId('lin'),
				customer: byId(amy()),
				updateFields,
				...parameters,
			},
			run,
		);
	}

	function relation(userid = 'lin'): Relation {
		const found = scenario.sandbox.world.corp.relation(userid, amy());
		if (!found) throw new Error('The relation is gone');
		return found;
	}

	it('changes the given fields and no others', async () => {
		const { items } = await update({ remark: 'Amy, VIP' });
		expect(items).toEqual([
			{
				json: { userid: 'lin', external_userid: amy(), remark: 'Amy, VIP' },
				pairedItem: { item: 0 },
			},
		]);
		expect(scenario.sandbox.log.calls(PATHS.remark)[0]?.body).toEqual({
			userid: 'lin',
			external_userid: amy(),
			remark: 'Amy, VIP',
		});
		expect(relation()).toMatchObject({ remark: 'Amy, VIP', remarkMobiles: ['13800000000'] });
		expect(relation('wei').remark).toBe('Amy Zhao');
	});

	it('changes everything at once, the numbers as a whole', async () => {
		const { items } = await update({
			remark: 'Amy',
			description: 'Buys in spring',
			company: 'Riverside',
			mobiles: '13900000001, +86 139 0000 0002',
		});
		expect(items[0]?.json).toMatchObject({
			remark_company: 'Riverside',
			remark_mobiles: ['13900000001', '+86 139 0000 0002'],
		});
		expect(relation()).toMatchObject({
			remark: 'Amy',
			description: 'Buys in spring',
			remarkCompany: 'Riverside',
			remarkMobiles: ['13900000001', '+86 139 0000 0002'],
		});
	});

	it('clears what is given as an empty text', async () => {
		relation().description = 'Old';
		const { items } = await update({ description: '', mobiles: '' });
		expect(items[0]?.json).toMatchObject({ description: '', remark_mobiles: [] });
		expect(relation()).toMatchObject({ description: '', remarkMobiles: [], remark: 'Amy Zhao' });
	});

	it.each([
		['remark', 'Remark', 20],
		['description', 'Description', 150],
		['company', 'Company', 20],
	])('counts the %s in characters: emoji and Chinese as one', async (field, label, limit) => {
		for (const character of ['🌻', '茶', 'x']) {
			const { status } = await update({ [field]: character.repeat(limit) });
			expect(status).toBe('success');
		}
		const before = scenario.sandbox.log.count();
		const { error } = await update({ [field]: '🌻'.repeat(limit + 1) });
		expect(error).toMatchObject({
			message: `${label} has ${limit + 1} characters`,
			description: expect.stringContaining(`WeCom allows ${limit} characters`) as string,
		});
		expect(scenario.sandbox.log.count()).toBe(before);
	});

	it.each([
		['nothing to change', {}, 'Nothing is to be changed'],
		['a remark that resolved to nothing', { remark: '={{ $json.no }}' }, 'Remark is not a text'],
		['a remark that is no text', { remark: '={{ ({ a: 1 }) }}' }, 'Remark is not a text'],
		[
			'a description that resolved to null',
			{ description: '={{ null }}' },
			'Description is not a text',
		],
		['numbers that resolved to nothing', { mobiles: '={{ $json.no }}' }, 'Mobile Numbers is empty'],
		[
			'a list of one number that resolved to nothing',
			{ mobiles: '={{ [$json.no] }}' },
			'Mobile Numbers is empty',
		],
		[
			'numbers that are no list',
			{ mobiles: '={{ [{}] }}' },
			'Mobile Numbers is not a list of texts',
		],
	])('refuses %s before any request', async (_, fields, message) => {
		const { error } = await update(fields as IDataObject);
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('keeps the other items with Continue On Fail', async () => {
		const chens = customersOf(scenario.sandbox, 'chen')[0] as string;
		const { items } = await update(
			{ remark: '={{ $json.remark }}' },
			{
				...keepGoing,
				input: [
					{ id: amy(), remark: 'One' },
					{ id: chens, remark: 'Two' },
					{ id: 'wmNobody', remark: 'Three' },
					{ id: amy(), remark: 'x'.repeat(21) },
					{ id: amy(), remark: 'Last', member: 'nobody' },
				],
			},
			{ customer: byId('={{ $json.id }}'), member: byId('={{ $json.member ?? "lin" }}') },
		);
		expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[undefined, { item: 0 }],
			['The customer is not a contact of this member', { item: 1 }],
			['WeCom does not know this customer', { item: 2 }],
			['Remark has 21 characters', { item: 3 }],
			['WeCom does not know this member', { item: 4 }],
		]);
		expect(relation().remark).toBe('One');
	});

	it('repeats an update whose answer was lost: it ends the same', async () => {
		scenario.sandbox.faults.add({ path: PATHS.remark, call: 1, fault: { kind: 'cutBody' } });
		expect((await update({ remark: 'Amy' })).status).toBe('success');
		expect(relation().remark).toBe('Amy');
	});
});
