import type { Corp, Sandbox } from '../index';
import { startSandbox } from '../index';
import type { Body } from '../testClient';
import { customersOf, tagId, TestClient, useSandbox } from '../testClient';

const EC = '/cgi-bin/externalcontact';

describe('customers and members (docs 92571, 92113, 92114, 92994)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({}, (fresh) => ({ sandbox, client, corp } = fresh));

	const list = async (userid: string): Promise<Body> => await client.get(`${EC}/list`, { userid });
	const batch = async (body: object): Promise<Body> =>
		await client.contact('batch/get_by_user', body);

	test('get_follow_user_list: customer contact and visible range', async () => {
		const members = async () => (await client.get(`${EC}/get_follow_user_list`)).follow_user;
		expect(await members()).toEqual(['lin', 'wei', 'chen']);
		const wei = corp.members.get('wei');
		if (wei) wei.customerContact = false;
		expect(await members()).toEqual(['lin', 'chen']);
		client.app.visibleMembers = ['chen'];
		expect(await members()).toEqual(['chen']);
	});

	describe('list', () => {
		test('all customers of the member, those who left excepted', async () => {
			const [gone] = customersOf(corp, 'chen', 1) as [string];
			expect((await list('chen')).external_userid).toHaveLength(8);
			sandbox.world.deleteRelation('chen', gone);
			const { external_userid: left } = await list('chen');
			expect(left).toEqual(customersOf(corp, 'chen'));
			expect(left).not.toContain(gone);
		});

		test('refusals', async () => {
			corp.addMember('newbie');
			const quiet = corp.addMember('quiet');
			quiet.customerContact = false;
			expect(await list('')).toMatchObject({ errcode: 60111, external_userid: [] });
			expect(await list('nobody')).toMatchObject({ errcode: 40003 });
			expect(await list('newbie')).toMatchObject({ errcode: 84061 });
			expect(await list('quiet')).toMatchObject({ errcode: 84061 });
			client.app.visibleMembers = ['wei'];
			expect(await list('lin')).toMatchObject({ errcode: 60011 });
		});
	});

	describe('get', () => {
		const get = async (id: string, cursor = ''): Promise<Body> =>
			await client.get(`${EC}/get`, { external_userid: id, cursor });

		test('the customer and all followers, with named tags', async () => {
			const [shared] = customersOf(corp, 'lin', 1) as [string];
			const response = await get(shared);
			expect(response.external_contact).toEqual({
				external_userid: shared,
				name: 'Amy Zhao',
				type: 1,
				avatar: expect.any(String),
				gender: 2,
				unionid: expect.any(String),
			});
			expect(response.follow_user.map((row: Body) => row.userid)).toEqual(['lin', 'wei']);
			expect(response.follow_user[0]).toEqual({
				userid: 'lin',
				remark: 'Amy Zhao',
				description: '',
				createtime: expect.any(Number),
				remark_mobiles: ['13800000000'],
				add_way: 1,
				oper_userid: shared,
				state: 'spring-expo',
				tags: [
					{ group_name: 'Level', tag_name: 'Gold', type: 1, tag_id: tagId(corp, 'Gold') },
					{
						group_name: 'Interest',
						tag_name: 'Green tea',
						type: 1,
						tag_id: tagId(corp, 'Green tea'),
					},
					// Personal tags have no tag_id.
					{ group_name: '', tag_name: 'Likes to chat', type: 2 },
				],
			});
			expect(response).not.toHaveProperty('next_cursor');
		});

		test('a WeCom user has a company', async () => {
			const [id] = customersOf(corp, 'lin').filter((each) => each.startsWith('wo'));
			expect((await get(id ?? '')).external_contact).toMatchObject({
				type: 2,
				corp_name: 'Hillside Bakery',
				position: 'Buyer',
			});
		});

		test('refusals', async () => {
			const [id] = customersOf(corp, 'chen', 1) as [string];
			expect(await get('')).toMatchObject({ errcode: 41035 });
			expect(await get('wmUnknown')).toMatchObject({ errcode: 40096 });
			sandbox.world.deleteRelation('chen', id);
			expect(await get(id)).toMatchObject({ errcode: 84061 });
		});

		test('only followers within the visible range', async () => {
			const [shared] = customersOf(corp, 'lin', 1) as [string];
			client.app.visibleMembers = ['wei'];
			expect((await get(shared)).follow_user.map((row: Body) => row.userid)).toEqual(['wei']);
		});

		test('more than 500 followers come in pages', async () => {
			const customer = corp.addCustomer({ externalUserid: 'wmPopular', name: 'Popular' });
			for (let number = 0; number < 501; number++) {
				corp.befriend(corp.addMember(`fan${number}`), customer, { createTime: 1 });
			}
			const first = await get('wmPopular');
			expect(first.follow_user).toHaveLength(500);
			const second = await get('wmPopular', first.next_cursor);
			expect(second.follow_user).toHaveLength(1);
			expect(second).not.toHaveProperty('next_cursor');
		});
	});

	test('A71: strategy tags are type 3, and among the IDs of batch/get_by_user', async () => {
		const north = corp.addStrategyTag('Region', 'North');
		const [id] = customersOf(corp, 'chen', 1) as [string];
		const relation = corp.relation('chen', id);
		if (relation) relation.tagIds = [north.tagId];
		const customer = await client.get(`${EC}/get`, { external_userid: id });
		expect(customer.follow_user[0].tags).toEqual([
			{ group_name: 'Region', tag_name: 'North', type: 3, tag_id: north.tagId },
		]);
		const { external_contact_list: rows } = await batch({ userid_list: ['chen'], limit: 1 });
		expect(rows[0].follow_info.tag_id).toEqual([north.tagId]);
	});

	test('A70: 40096 may quote the ID in front of its text', async () => {
		sandbox.world.settings.quoteInvalidIds = true;
		expect(await client.get(`${EC}/get`, { external_userid: 'wmNone' })).toMatchObject({
			errcode: 40096,
			errmsg: expect.stringMatching(
				/^invalid string value `wmNone`\. invalid external userid, hint: \[\d{25}\], from ip/,
			),
		});
	});

	describe('batch/get_by_user', () => {
		test('one row per pair; tags are IDs, personal ones dropped', async () => {
			const response = await batch({ userid_list: ['lin'], limit: 1 });
			expect(response.external_contact_list).toHaveLength(1);
			const [row] = response.external_contact_list;
			expect(row.external_contact).toMatchObject({ name: 'Amy Zhao', type: 1 });
			expect(row.follow_info).toMatchObject({
				userid: 'lin',
				tag_id: [tagId(corp, 'Gold'), tagId(corp, 'Green tea')],
				add_way: 1,
			});
			expect(row.follow_info).not.toHaveProperty('tags');
		});

		test('pages over several members; above the maximum means the maximum', async () => {
			const rows: string[] = [];
			let cursor = '';
			let pages = 0;
			do {
				const page = await batch({ userid_list: ['lin', 'wei', 'chen'], limit: 7, cursor });
				rows.push(
					...page.external_contact_list.map(
						(row: Body) => `${row.follow_info.userid} ${row.external_contact.external_userid}`,
					),
				);
				cursor = page.next_cursor;
				pages += 1;
			} while (cursor);
			expect(rows).toHaveLength(33);
			expect(new Set(rows).size).toBe(33);
			expect(pages).toBe(5);
		});

		test('limits: default 50, at most 100, above means 100', async () => {
			const many = await startSandbox({ seed: { members: 2, customersPerMember: 150 } });
			const large = new TestClient(many);
			const count = async (limit?: number) =>
				(
					await large.contact('batch/get_by_user', {
						userid_list: ['member1', 'member2'],
						limit,
					})
				).external_contact_list.length;
			expect([await count(), await count(100), await count(101)]).toEqual([50, 100, 100]);
			await many.stop();
		});

		test('A6: a full last page may carry a cursor', async () => {
			const limit = customersOf(corp, 'chen').length;
			expect((await batch({ userid_list: ['chen'], limit })).next_cursor).toBe('');
			sandbox.world.settings.lastPageCursor = 'present';
			const { next_cursor: cursor } = await batch({ userid_list: ['chen'], limit });
			expect(cursor).not.toBe('');
			expect(await batch({ userid_list: ['chen'], limit, cursor })).toMatchObject({
				external_contact_list: [],
				next_cursor: '',
			});
		});

		test.each([
			['nobody', { userid_list: [] }, 40058],
			['no list', {}, 40058],
			['101 members', { userid_list: Array.from({ length: 101 }, (_, n) => `m${n}`) }, 40058],
			['an unknown member', { userid_list: ['lin', 'nobody'] }, 40003],
			['a foreign cursor', { userid_list: ['lin'], cursor: 'abc' }, 40058],
		])('%s is refused', async (_name, body, errcode) => {
			expect(await batch(body)).toMatchObject({ errcode, external_contact_list: [] });
		});

		test('A12: members without customers are an empty page, or 84061', async () => {
			corp.addMember('newbie');
			const body = { userid_list: ['newbie'] };
			expect(await batch(body)).toMatchObject({ errcode: 0, external_contact_list: [] });
			sandbox.world.settings.batchWithoutCustomers = '84061';
			expect(await batch(body)).toMatchObject({ errcode: 84061 });
			expect(await batch({ userid_list: ['newbie', 'chen'] })).toMatchObject({ errcode: 0 });
		});

		test('members without a licence are skipped and named, on every page (A72)', async () => {
			const userid_list = ['lin', 'wei', 'chen'];
			expect(await batch({ userid_list })).not.toHaveProperty('fail_info');
			sandbox.world.setLicensed('wei', false);
			const fail_info = { unlicensed_userid_list: ['wei'] };
			const first = await batch({ userid_list, limit: 12 });
			const second = await batch({ userid_list, cursor: first.next_cursor });
			expect([first, second]).toMatchObject([
				{ errcode: 0, fail_info },
				{ errcode: 0, next_cursor: '', fail_info },
			]);
			const members = [first, second].map(({ external_contact_list: rows }) => [
				...new Set(rows.map((row: Body) => row.follow_info.userid)),
			]);
			expect(members).toEqual([['lin'], ['chen']]);
			expect(await batch({ userid_list: ['wei'] })).toMatchObject({
				errcode: 701008,
				external_contact_list: [],
			});
			sandbox.world.setLicensed('wei', true);
			expect(await batch({ userid_list })).not.toHaveProperty('fail_info');
			expect(() => sandbox.world.setLicensed('nobody', false)).toThrow('nobody');
		});

		test.each([null, 0, '1773000000'])('A76: createtime may be %p', async (shownCreateTime) => {
			const [id] = customersOf(corp, 'chen', 1) as [string];
			Object.assign(corp.relation('chen', id) ?? {}, { shownCreateTime });
			const { external_contact_list: rows } = await batch({ userid_list: ['chen'] });
			expect(rows[0].follow_info.createtime).toBe(shownCreateTime);
			expect(rows[1].follow_info.createtime).toEqual(expect.any(Number));
			const { follow_user: followers } = await client.get(`${EC}/get`, { external_userid: id });
			expect(followers[0].createtime).toBe(shownCreateTime);
		});

		test('A13: a corp may accept fewer members', async () => {
			sandbox.world.settings.batchMemberLimit = 2;
			expect(await batch({ userid_list: ['lin', 'wei'] })).toMatchObject({ errcode: 0 });
			expect(await batch({ userid_list: ['lin', 'wei', 'chen'] })).toMatchObject({
				errcode: 40058,
			});
		});
	});
});
