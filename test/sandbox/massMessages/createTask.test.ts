import type { Corp, Sandbox } from '../index';
import type { Body, TestClient } from '../testClient';
import { chatId, customersOf, tagId, useSandbox } from '../testClient';

describe('add_msg_template (doc 92135): legal targets', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox(
		{ startAt: new Date('2026-03-10T04:00:00Z'), frozen: true },
		(fresh) => ({ sandbox, client, corp } = fresh),
	);

	const create = async (body: object): Promise<Body> =>
		await client.contact('add_msg_template', { text: { content: 'Spring teas are in' }, ...body });
	/** Recipients of the task by sender, as the world holds them. */
	const recipients = (msgid: string): Record<string, string[]> =>
		Object.fromEntries(
			[...(corp.tasks.get(msgid)?.parts.values() ?? [])].map((part) => [
				part.userid,
				part.recipients.map((recipient) => recipient.id),
			]),
		);

	test('customers without a sender go to the member who talked with each last', async () => {
		const [shared, , , own] = customersOf(corp, 'lin', 4);
		const response = await create({ external_userid: [shared, own] });
		expect(response).toEqual({
			errcode: 0,
			errmsg: 'ok',
			fail_list: [],
			msgid: expect.stringMatching(/^msg[\w-]{29}$/),
		});
		expect(recipients(response.msgid)).toEqual({ wei: [shared], lin: [own] });

		sandbox.world.interact('lin', shared ?? '');
		const later = await create({ external_userid: [shared] });
		expect(recipients(later.msgid)).toEqual({ lin: [shared] });
	});

	test('customers with a sender: those of others are in fail_list, with errcode 0', async () => {
		const [mine] = customersOf(corp, 'chen', 1);
		const [theirs] = customersOf(corp, 'lin').slice(-1);
		const response = await create({
			sender: 'chen',
			external_userid: [theirs, mine, 'wmUnknown', mine],
		});
		expect(response).toMatchObject({ errcode: 0, fail_list: [theirs, 'wmUnknown'] });
		expect(recipients(response.msgid)).toEqual({ chen: [mine] });
	});

	test('84061 when none of the customers is the sender’s (observed 2020); A9: or 41048', async () => {
		const foreign = customersOf(corp, 'lin', 2);
		const body = { sender: 'chen', external_userid: foreign };
		expect(await create(body)).toMatchObject({ errcode: 84061, fail_list: [] });
		sandbox.world.settings.foreignCustomers = 'fail_list';
		expect(await create(body)).toMatchObject({ errcode: 41048 });
	});

	test('a sender alone means all of their customers', async () => {
		const response = await create({ sender: 'chen' });
		expect(recipients(response.msgid)).toEqual({ chen: customersOf(corp, 'chen') });
	});

	test('A29: empty lists count as not given, which with a sender is everybody', async () => {
		const response = await create({
			sender: 'chen',
			external_userid: [],
			tag_filter: { group_list: [{ tag_list: [] }] },
		});
		expect(recipients(response.msgid)).toEqual({ chen: customersOf(corp, 'chen') });
	});

	test('tags: any within a group, all across the groups', async () => {
		const filter = (...groups: string[][]) => ({
			group_list: groups.map((names) => ({ tag_list: names.map((name) => tagId(corp, name)) })),
		});
		const tagsOf = (id: string) =>
			(corp.relation('lin', id)?.tagIds ?? []).map((each) => corp.tags.get(each)?.name);
		const response = await create({
			sender: 'lin',
			tag_filter: filter(['Gold', 'Silver'], ['Oolong']),
		});
		const { lin = [] } = recipients(response.msgid);
		expect(lin.length).toBeGreaterThan(0);
		for (const id of customersOf(corp, 'lin')) {
			const names = tagsOf(id);
			const matches =
				(names.includes('Gold') || names.includes('Silver')) && names.includes('Oolong');
			expect(lin.includes(id)).toBe(matches);
		}
	});

	test('tags without a sender reach the customers of all members', async () => {
		const response = await create({
			tag_filter: { group_list: [{ tag_list: [tagId(corp, 'Gold')] }] },
		});
		expect(Object.keys(recipients(response.msgid)).sort()).toEqual(['chen', 'lin', 'wei']);
	});

	test('A71: tag_filter takes strategy tags, alone and beside corp tags', async () => {
		const vip = corp.addStrategyTag('Region', 'North');
		const [marked, other] = customersOf(corp, 'chen', 2) as [string, string];
		for (const id of [marked, other]) corp.relation('chen', id)?.tagIds.splice(0);
		corp.relation('chen', marked)?.tagIds.push(vip.tagId);
		expect(vip.tagId).toMatch(/^st/);
		const { msgid } = await create({ tag_filter: { group_list: [{ tag_list: [vip.tagId] }] } });
		expect(recipients(msgid)).toEqual({ chen: [marked] });
		corp.relation('chen', other)?.tagIds.push(tagId(corp, 'Cakes'));
		const both = { group_list: [{ tag_list: [vip.tagId, tagId(corp, 'Cakes')] }] };
		const mixed = await create({ sender: 'chen', tag_filter: both });
		expect(recipients(mixed.msgid).chen).toEqual(expect.arrayContaining([marked, other]));
		expect(await create({ tag_filter: { group_list: [{ tag_list: ['stNone'] }] } })).toMatchObject({
			errcode: 40068,
		});
	});

	test('tag_filter is ignored beside customers, valid or not', async () => {
		const [mine] = customersOf(corp, 'chen', 1);
		const response = await create({
			sender: 'chen',
			external_userid: [mine],
			tag_filter: { group_list: [{ tag_list: ['etUnknown'] }] },
		});
		expect(recipients(response.msgid)).toEqual({ chen: [mine] });
	});

	test('customer groups: own ones are preselected, others fail', async () => {
		const own = chatId(corp, 'Cake lovers');
		const foreign = chatId(corp, 'Weekend events');
		const response = await create({
			chat_type: 'group',
			sender: 'lin',
			chat_id_list: [own, foreign, 'wrUnknown'],
		});
		expect(response.fail_list).toEqual([foreign, 'wrUnknown']);
		expect(recipients(response.msgid)).toEqual({ lin: [own] });
		expect(
			await create({ chat_type: 'group', sender: 'lin', chat_id_list: [foreign] }),
		).toMatchObject({ errcode: 41048 });
	});

	test('customer groups with a sender alone: the owner chooses on confirming', async () => {
		const { msgid } = await create({ chat_type: 'group', sender: 'lin' });
		expect(recipients(msgid)).toEqual({ lin: [] });
		const chosen = chatId(corp, 'Cake lovers');
		sandbox.world.confirmTask(msgid, 'lin', { only: [chosen] });
		expect(recipients(msgid)).toEqual({ lin: [chosen] });
		expect(sandbox.world.receivedBy(chosen)).toHaveLength(1);
	});

	test.each([
		['nobody named', {}, 40063],
		['only chat IDs with single', { chat_id_list: ['wr1'] }, 40063],
		['group without sender', { chat_type: 'group', chat_id_list: ['wr1'] }, 40063],
		['unknown chat_type', { chat_type: 'both', sender: 'lin' }, 40058],
		['sender as a list', { sender: ['lin'] }, 40058],
		['unknown sender', { sender: 'nobody' }, 40003],
		['unknown customers only', { external_userid: ['wm1', 'wm2'] }, 41048],
		['customers as a string', { external_userid: 'wm1' }, 40058],
		['unknown tag', { tag_filter: { group_list: [{ tag_list: ['et1'] }] } }, 40068],
		['10,001 customers', { external_userid: Array(10_001).fill('wm1') }, 40058],
		[
			'2,001 groups',
			{ chat_type: 'group', sender: 'lin', chat_id_list: Array(2001).fill('wr1') },
			40058,
		],
		[
			'101 tags in a group',
			{ sender: 'lin', tag_filter: { group_list: [{ tag_list: Array(101).fill('et1') }] } },
			40058,
		],
	])('%s is refused', async (_name, body, errcode) => {
		expect(await create(body)).toMatchObject({ errcode, fail_list: [] });
		expect(corp.tasks.size).toBe(0);
	});

	test('a sender is the same in upper and lower case', async () => {
		expect(await create({ sender: 'LIN' })).toMatchObject({ fail_list: [] });
		const [task] = corp.tasks.values();
		expect([...(task?.parts.keys() ?? [])]).toEqual(['lin']);
	});

	test('a sender outside the visible range is 60011, without customer contact 84074', async () => {
		client.app.visibleMembers = ['wei'];
		expect(await create({ sender: 'lin' })).toMatchObject({ errcode: 60011 });
		const wei = corp.members.get('wei');
		if (wei) wei.customerContact = false;
		expect(await create({ sender: 'wei' })).toMatchObject({ errcode: 84074 });
	});

	test('a member without customers has nobody to send to', async () => {
		corp.addMember('newbie');
		expect(await create({ sender: 'newbie' })).toMatchObject({ errcode: 41048 });
	});

	test('customers who left are not sent to', async () => {
		const [gone, stays] = customersOf(corp, 'chen', 2);
		sandbox.world.deleteRelation('chen', gone ?? '');
		const response = await create({ sender: 'chen', external_userid: [gone, stays] });
		expect(response.fail_list).toEqual([gone]);
	});
});
