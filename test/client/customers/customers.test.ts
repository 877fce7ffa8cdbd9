import { browseCustomers } from '../../../nodes/shared/client/customers/browseCustomers';
import type { CustomerQuery } from '../../../nodes/shared/client/customers/customerQuery';
import { queryIdsByMember } from '../../../nodes/shared/client/customers/customerQuery';
import { customerEndpoints } from '../../../nodes/shared/client/customers/endpoints';
import {
	changeRelation,
	getCustomer,
	listCustomerIds,
	listCustomers,
	listMembers,
} from '../../../nodes/shared/client/customers/customers';
import { TagExclusion } from '../../../nodes/shared/client/customers/exclusion';
import { collect, scripted } from '../fakes';

const row = (id: string, userid: string) => ({
	external_contact: { external_userid: id },
	follow_info: { userid },
});

it('IDs that are empty name nobody', async () => {
	const { client } = scripted([
		{ errcode: 0, follow_user: ['lin', '', null, 'Lin', 7] },
		{ errcode: 0, external_userid: ['wm1', '', null, 'wm1'] },
	]);
	expect(await listMembers(client)).toEqual(['lin', '7']);
	expect(await listCustomerIds(client, 'lin')).toEqual(['wm1']);
});

describe('customers of members', () => {
	it('are read on after an empty page that has a cursor', async () => {
		const { client } = scripted([
			{ errcode: 0, external_contact_list: [], next_cursor: 'on' },
			{ errcode: 0, external_contact_list: [row('wm1', 'lin')], next_cursor: '' },
		]);
		expect(await collect(listCustomers(client, ['lin'], { ordered: true }))).toHaveLength(1);
	});

	it('are requested in halves when one member makes the batch fail (84061)', async () => {
		const { client, requests } = scripted([
			{ errcode: 84061, errmsg: 'not external contact' },
			{ errcode: 84061, errmsg: 'not external contact' },
			{ errcode: 0, external_contact_list: [row('wm1', 'wei')], next_cursor: '' },
		]);
		const rows = await collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		expect(rows).toHaveLength(1);
		expect(requests.map(({ body }) => (body as { userid_list: string[] }).userid_list)).toEqual([
			['lin', 'wei'],
			['lin'],
			['wei'],
		]);
	});

	it('do not start over when a later page is refused: rows would come twice', async () => {
		const { client, requests } = scripted([
			{ errcode: 0, external_contact_list: [row('wm1', 'lin')], next_cursor: 'on' },
			{ errcode: 40058, errmsg: 'invalid cursor' },
		]);
		const read = collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		await expect(read).rejects.toMatchObject({ errcode: 40058 });
		expect(requests).toHaveLength(2);
	});

	it('name the member whose later page is refused with 84061', async () => {
		const { client } = scripted([
			{ errcode: 0, external_contact_list: [row('wm1', 'lin')], next_cursor: 'on' },
			{ errcode: 84061, errmsg: 'not external contact' },
			{ errcode: 0, follow_user: ['lin'] },
		]);
		const read = collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		await expect(read).rejects.toThrow('The customer is not a contact of this member: wei');
	});

	it('are an error when a single member is refused', async () => {
		const { client } = scripted([{ errcode: 40058, errmsg: 'bad parameter' }]);
		const read = collect(listCustomers(client, ['lin'], { ordered: true }));
		await expect(read).rejects.toMatchObject({ errcode: 40058 });
	});

	it('fail with the original error when WeCom knows all members it refused', async () => {
		const { client } = scripted([
			{ errcode: 60011, errmsg: 'no privilege' },
			{ errcode: 0, follow_user: ['lin', 'wei'] },
		]);
		const read = collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		await expect(read).rejects.toThrow(/^The app may not act on this member, department or tag$/);
	});

	it('name the member in an error', async () => {
		const { client } = scripted([{ errcode: 40003, errmsg: 'invalid userid' }]);
		await expect(listCustomerIds(client, 'nobody')).rejects.toThrow(
			'WeCom does not know this member: nobody',
		);
	});
});

it('gives no members for a customer whom nobody in range has', async () => {
	const { client, requests } = scripted([
		{ errcode: 0, external_contact: { external_userid: 'wm1' } },
	]);
	expect(await getCustomer(client, 'wm1')).toEqual({
		external_contact: { external_userid: 'wm1' },
		follow_user: [],
	});
	expect(requests[0]?.query).toEqual({ external_userid: 'wm1' });
});

describe('rows that come twice', () => {
	it('count once for a member and a customer, whatever the case of the user ID', async () => {
		const { client } = scripted([
			{ external_contact_list: [row('wm1', 'lin'), row('wm1', 'wei')], next_cursor: 'on' },
			{ external_contact_list: [row('wm1', 'Wei'), row('wm2', 'wei')], next_cursor: '' },
		]);
		const rows = await collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		expect(
			rows.map(({ external_contact, follow_info }) => [
				external_contact.external_userid,
				follow_info.userid,
			]),
		).toEqual([
			['wm1', 'lin'],
			['wm1', 'wei'],
			['wm2', 'wei'],
		]);
	});

	it('may be of two members where WeCom names none', async () => {
		const nobodys = { external_contact: { external_userid: 'wm1' } };
		const { client } = scripted([{ external_contact_list: [nobodys, nobodys] }]);
		const rows = await collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		expect(rows).toHaveLength(2);
	});

	it('count once among the members of a customer', async () => {
		const external_contact = { external_userid: 'wm1' };
		const { client } = scripted([
			{ external_contact, follow_user: [{ userid: 'lin' }, { userid: 'wei' }], next_cursor: 'on' },
			{ external_contact, follow_user: [{ userid: 'WEI' }, { userid: 'chen' }] },
		]);
		const { follow_user } = await getCustomer(client, 'wm1');
		expect(follow_user.map(({ userid }) => userid)).toEqual(['lin', 'wei', 'chen']);
	});

	it('count once among members and IDs', async () => {
		const { client } = scripted([
			{ follow_user: ['lin', 'wei', 'Lin'] },
			{ external_userid: ['wm1', 'wm2', 'wm1'] },
		]);
		expect(await listMembers(client)).toEqual(['lin', 'wei']);
		expect(await listCustomerIds(client, 'lin')).toEqual(['wm1', 'wm2']);
	});
});

describe('members without an interworking license', () => {
	async function idsOf(query: Pick<CustomerQuery, 'client' | 'members'>) {
		const found = [];
		const exclusion = new TagExclusion(query.client);
		const whole = { ...query, everyMember: false, audience: {}, exclusion };
		for await (const entry of queryIdsByMember(whole, Infinity)) found.push(entry);
		return found;
	}
	const noLicense = { errcode: 701008, errmsg: 'no license' };
	const page = { external_contact_list: [row('wm1', 'lin')], next_cursor: '' };
	const hundred = Array.from({ length: 100 }, (_, number) => `member${number}`);

	it('are told once, however many pages name them', async () => {
		const fail_info = { unlicensed_userid_list: ['wei', 'chen'] };
		const { client } = scripted([
			{ ...page, fail_info, next_cursor: 'on' },
			{ ...page, fail_info },
		]);
		await collect(listCustomers(client, ['lin', 'wei', 'chen'], { ordered: true }));
		expect(client.notices.texts()).toEqual([
			'WeCom gives no customers of wei, chen: 2 members have no interworking license. Buy or renew them in the WeCom admin console.',
		]);
	});

	it('are told when all of a batch are, and another batch has customers', async () => {
		const { client } = scripted([noLicense, page]);
		const rows = await collect(listCustomers(client, [...hundred, 'lin'], { ordered: true }));
		expect(rows).toHaveLength(1);
		expect(client.notices.texts()).toEqual([
			expect.stringContaining('member4 and 95 more: 100 members have no interworking license'),
		]);
	});

	it('are an error when there are no others', async () => {
		const { client } = scripted([noLicense, noLicense]);
		const read = collect(listCustomers(client, [...hundred, 'wei'], { ordered: true }));
		await expect(read).rejects.toMatchObject({ errcode: 701008 });
		expect(client.notices.texts()).toEqual([]);
	});

	it('have no IDs when others have, whoever comes first', async () => {
		const { client } = scripted([noLicense, { external_userid: ['wm1'] }, noLicense]);
		const members = ['wei', 'lin', 'chen'];
		expect(await idsOf({ client, members })).toEqual([
			['wei', []],
			['lin', ['wm1']],
			['chen', []],
		]);
		expect(client.notices.texts()).toEqual([
			expect.stringContaining('WeCom gives no customers of wei, chen'),
		]);
	});

	it.each([701008, 701099])(
		'are an error %d of a list of IDs when there are no others',
		async (errcode) => {
			const { client } = scripted([{ errcode, errmsg: 'no license' }, noLicense]);
			const query = { client, members: ['wei', 'chen'] };
			await expect(idsOf(query)).rejects.toMatchObject({ errcode });
			expect(client.notices.texts()).toEqual([]);
		},
	);

	it('are passed over by somebody who browses', async () => {
		const { client } = scripted([noLicense]);
		const position = { first: 0, members: 100, cursor: '' };
		expect(await browseCustomers(client, [...hundred, 'lin'], position)).toEqual({
			entries: [],
			next: { first: 100, members: 100, cursor: '' },
		});
		expect(client.notices.texts()).toHaveLength(1);
		const { client: another } = scripted([noLicense]);
		await expect(browseCustomers(another, ['wei'], position)).rejects.toMatchObject({
			errcode: 701008,
		});
	});
});

describe('parts that WeCom leaves out', () => {
	it('of a row: the customer stays without the relation, and is left out without a name', async () => {
		const { client } = scripted([
			{
				external_contact_list: [
					{ external_contact: { external_userid: 'wm1' } },
					{ follow_info: { userid: 'lin' } },
					{ external_contact: { name: 'Ben' }, follow_info: null },
					{ external_contact: null },
				],
			},
		]);
		const rows = await collect(listCustomers(client, ['lin'], { ordered: true }));
		expect(rows).toEqual([{ external_contact: { external_userid: 'wm1' }, follow_info: {} }]);
		expect(client.notices.texts()).toEqual([
			'WeCom does not say which customers 3 records of lin are about. They were left out.',
		]);
	});

	it.each([null, 0, '0', 'yesterday'])('of a time: %j is none', async (createtime) => {
		const { client } = scripted([
			{
				external_contact_list: [
					{ ...row('wm1', 'lin'), follow_info: { userid: 'lin', createtime } },
				],
			},
			{ external_contact: {}, follow_user: [{ userid: 'lin', createtime }] },
		]);
		const [listed] = await collect(listCustomers(client, ['lin'], { ordered: true }));
		expect(listed?.follow_info.createtime).toBeUndefined();
		const { external_contact, follow_user } = await getCustomer(client, 'wm1');
		expect(external_contact.external_userid).toBe('wm1');
		expect(follow_user[0]?.createtime).toBeUndefined();
	});
});

describe('a change of a relation that does not exist', () => {
	const { remark } = customerEndpoints;
	const request = { userid: 'lin', external_userid: 'wm1', remark: 'Amy' };
	const noContact = { errcode: 84061, errmsg: 'not external contact' };

	it('names who has the customer', async () => {
		const follow_user = [{ userid: 'wei' }, { userid: 'chen' }, {}];
		const { client } = scripted([noContact, { external_contact: {}, follow_user }]);
		await expect(changeRelation(client, remark, request)).rejects.toMatchObject({
			errcode: 84061,
			message: 'The customer is not a contact of this member',
			remedy: expect.stringMatching(
				/^The customer is a contact of wei, chen\. Choose the member/,
			) as string,
		});
	});

	it.each([
		['the look-up is refused', { errcode: 48002, errmsg: 'no' }],
		['the look-up fails', { status: 502, body: '' }],
		['nobody has the customer', { external_contact: {} }],
		['WeCom contradicts itself', { external_contact: {}, follow_user: [{ userid: 'LIN' }] }],
	])('stays as it is when %s', async (_, answer) => {
		const { client, requests } = scripted([noContact, answer]);
		await expect(changeRelation(client, remark, request)).rejects.toMatchObject({
			errcode: 84061,
			remedy: expect.stringMatching(/^Choose the member/) as string,
		});
		expect(requests).toHaveLength(2);
	});

	it('costs no look-up when something else is wrong', async () => {
		const { client, requests } = scripted([{ errcode: 40096, errmsg: 'invalid' }]);
		await expect(changeRelation(client, remark, request)).rejects.toMatchObject({ errcode: 40096 });
		expect(requests).toHaveLength(1);
	});
});
