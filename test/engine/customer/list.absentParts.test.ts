import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const ofLin = { memberScope: 'chosen', members: ['lin'] };

describe.each(['empty', 'null', 'absent'] as const)('empty parts that are %s', (absentLists) => {
	beforeEach(async () => await scenario.restart({ absentLists }));

	function relation() {
		const [first] = scenario.sandbox.world.corp.members.get('lin')?.relations ?? [];
		if (!first) throw new Error('Lin has no customers');
		return first;
	}

	it.each([null, 0, 'yesterday'])('have no time in the place of %j', async (shown) => {
		relation().shownCreateTime = shown;
		for (const simple of [true, false]) {
			const { items } = await scenario.listCustomers({ ...ofLin, simple });
			expect(items[0]?.json).toMatchObject({ createtime: null, created_at: null });
			const { external_userid } = items[0]?.json ?? {};
			const { items: found } = await scenario.run({
				resource: 'customer',
				operation: 'get',
				customer: byId(String(external_userid)),
				simple,
			});
			const { members, follow_user } = found[0]?.json as Record<string, IDataObject[]>;
			expect((members ?? follow_user)?.[0]).toMatchObject({
				userid: 'lin',
				createtime: null,
				created_at: null,
			});
		}
	});

	it('take a time that is text', async () => {
		relation().shownCreateTime = '1700000000';
		const { items } = await scenario.listCustomers(ofLin);
		expect(items[0]?.json).toMatchObject({
			createtime: 1_700_000_000,
			created_at: '2023-11-15T06:13:20.000+08:00',
		});
	});

	it('leave a customer without tags and remark as it is', async () => {
		Object.assign(relation(), { tagIds: [], remark: '', remarkMobiles: [] });
		const { items } = await scenario.listCustomers(ofLin);
		expect(items[0]?.json).toMatchObject({ userid: 'lin', tag_id: [], tag_name: [] });
		const unique = await scenario.listCustomers({ ...ofLin, severalMembers: 'once' });
		expect(unique.items[0]?.json).toMatchObject({ members: ['lin'], tag_id: [] });
	});
});

describe('a row', () => {
	beforeEach(() => {
		const body = {
			errcode: 0,
			external_contact_list: [
				{ external_contact: { external_userid: 'wm1', name: 'Ann', type: 1 } },
				{ follow_info: { userid: 'lin', remark: 'Who?' } },
				{ external_contact: { external_userid: 'wm2' }, follow_info: { userid: 'lin' } },
			],
		};
		const fault = { kind: 'notJson', body: JSON.stringify(body) } as const;
		scenario.sandbox.faults.add({ path: PATHS.customers, fault });
	});

	const LEFT_OUT = 'WeCom does not say which customer 1 record of lin is about. It was left out.';

	it.each([true, false])('without its parts is kept or counted (simple: %j)', async (simple) => {
		const { items, hints } = await scenario.listCustomers({ ...ofLin, simple });
		expect(items.map(({ json }) => [json.external_userid, json.userid])).toEqual([
			['wm1', null],
			['wm2', 'lin'],
		]);
		expect(hints.map(({ message }) => message)).toEqual([LEFT_OUT]);
	});

	it.each([
		['ids', [{ external_userid: 'wm1', userid: null }]],
		['members', [{ userid: 'lin', customer_count: 0, external_userid: [] }, { userid: null }]],
	])('is none of a member in the output %s', async (output, expected) => {
		const { items } = await scenario.listCustomers({ ...ofLin, output, filters: { name: 'Ann' } });
		expect(items.map(({ json }) => json)).toMatchObject(expected);
	});

	it('without its relation is in no period', async () => {
		const filters = { addedAfter: '1900-01-01' };
		expect((await scenario.listCustomers({ ...ofLin, filters })).items).toEqual([]);
	});

	it('counts among the members of a customer', async () => {
		const once = { severalMembers: 'once' };
		const { items } = await scenario.listCustomers({ ...ofLin, ...once });
		expect(items.map(({ json }) => [json.member_count, json.members])).toEqual([
			[1, []],
			[1, ['lin']],
		]);
	});

	it('without its relation is shown by the list in the editor', async () => {
		const { results } = await scenario.search('searchCustomers', {
			currentNodeParameters: { member: byId('lin') },
		});
		expect(results.map(({ name }) => name)).toEqual(['Ann', 'wm2', LEFT_OUT]);
	});
});

it('counts no members of a group whose members are missing, and finds no tags in an empty group', async () => {
	const answer = (path: string, body: object) =>
		scenario.sandbox.faults.add({
			path,
			fault: { kind: 'notJson', body: JSON.stringify({ errcode: 0, ...body }) },
		});
	answer(PATHS.group, { group_chat: { chat_id: 'wr1', name: 'Tea', create_time: 0 } });
	const group = await scenario.run({
		resource: 'customerGroup',
		operation: 'get',
		chat: byId('wr1'),
	});
	expect(group.items[0]?.json).toMatchObject({
		owner: null,
		created_at: null,
		create_time: null,
		member_count: 0,
		member_list: [],
	});
	answer(PATHS.tags, { tag_group: [{ group_id: 'et1', group_name: 'Empty', create_time: 0 }] });
	const tags = await scenario.run({ resource: 'tag', operation: 'list', output: 'groups' });
	expect(tags.items[0]?.json).toMatchObject({ tag_count: 0, tags: [], created_at: null });
});

it('gives a corp tag without an ID no place among the personal ones', async () => {
	const tags = [
		{ type: 1, tag_name: 'Gold' },
		{ type: 2, tag_name: 'Friend' },
	];
	const body = {
		errcode: 0,
		external_contact: { external_userid: 'wm1' },
		follow_user: [{ tags }],
	};
	scenario.sandbox.faults.add({
		path: PATHS.customer,
		fault: { kind: 'notJson', body: JSON.stringify(body) },
	});
	const { items } = await scenario.run({
		resource: 'customer',
		operation: 'get',
		customer: byId('wm1'),
	});
	expect((items[0]?.json.members as IDataObject[])[0]).toMatchObject({
		userid: null,
		tag_id: [null],
		tag_name: ['Gold'],
		personal_tag_name: ['Friend'],
	});
});
