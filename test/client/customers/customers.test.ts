import {
	getCustomer,
	listCustomerIds,
	listCustomers,
} from '../../../nodes/shared/client/customers/customers';
import { collect, scripted } from '../fakes';

const row = (id: string, userid: string) => ({
	external_contact: { external_userid: id },
	follow_info: { userid },
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
