import { CustomerNames } from '../../../nodes/shared/client/customers/customerNames';
import { customerEndpoints } from '../../../nodes/shared/client/customers/endpoints';
import { scripted } from '../fakes';

const { customer, customersByMember } = customerEndpoints;

const contact = (id: string) => ({ external_userid: id, name: `Name of ${id}` });
const page = (userid: string, ids: string[], next_cursor?: string) => ({
	external_contact_list: ids.map((id) => ({
		external_contact: contact(id),
		follow_info: { userid },
	})),
	next_cursor,
});
const single = (id: string) => ({ external_contact: contact(id) });
const ofLin = (ids: string[]) => ids.map((external_userid) => ({ userid: 'lin', external_userid }));

async function read(
	replies: object[],
	customers: Array<{ userid: string; external_userid: string }>,
) {
	const { client, requests } = scripted(replies);
	const names = new CustomerNames(client);
	await names.read(customers);
	return {
		names: customers.map(({ external_userid }) => names.of(external_userid)),
		paths: requests.map(({ path }) => path),
	};
}

it('of one customer cost one call, however many customers the member has', async () => {
	expect(await read([single('wm1')], ofLin(['wm1']))).toEqual({
		names: ['Name of wm1'],
		paths: [customer.path],
	});
});

it('come a hundred at a time', async () => {
	const ids = Array.from({ length: 100 }, (_, index) => `wm${index}`);
	const { names, paths } = await read([page('lin', ids)], ofLin(ids));
	expect(names).not.toContain(null);
	expect(paths).toEqual([customersByMember.path]);
});

it('are asked for one by one as soon as pages would cost more', async () => {
	const replies = [page('lin', ['wm1', 'wm9'], 'on'), page('lin', ['wm2', 'wm8'], 'further')];
	const { names, paths } = await read(
		[...replies, single('wm3'), single('wm4')],
		ofLin(['wm1', 'wm2', 'wm3', 'wm4']),
	);
	expect(names).toEqual(['Name of wm1', 'Name of wm2', 'Name of wm3', 'Name of wm4']);
	expect(paths).toEqual([
		customersByMember.path,
		customersByMember.path,
		customer.path,
		customer.path,
	]);
});

it('are asked for one by one when there are no more of them than hundreds of members', async () => {
	const customers = Array.from({ length: 101 }, (_, index) => ({
		userid: `m${index}`,
		external_userid: index % 2 === 0 ? 'wm1' : 'wm2',
	}));
	const { paths } = await read([single('wm1'), single('wm2')], customers);
	expect(paths).toEqual([customer.path, customer.path]);
});

it('are null where nobody has the customer any more', async () => {
	const gone = { errcode: 84061, errmsg: 'not external contact' };
	expect(await read([gone], ofLin(['wm1']))).toEqual({ names: [null], paths: [customer.path] });
});

it('are not asked for again once all customers of the members are read', async () => {
	const { names, paths } = await read([page('lin', ['wm9'])], ofLin(['wm1', 'wm2', 'wm3']));
	expect(names).toEqual([null, null, null]);
	expect(paths).toEqual([customersByMember.path]);
});

it('are null where WeCom leaves the name out', async () => {
	const reply = { external_contact: { external_userid: 'wm1' } };
	expect((await read([reply], ofLin(['wm1']))).names).toEqual([null]);
});

it('are asked for once in a run, and a refusal stops it', async () => {
	const { client, requests } = scripted([
		single('wm1'),
		{ errcode: 48002, errmsg: 'api forbidden' },
	]);
	const names = new CustomerNames(client);
	await names.read(ofLin(['wm1']));
	await names.read(ofLin(['wm1']));
	expect(requests).toHaveLength(1);
	await expect(names.read(ofLin(['wm2']))).rejects.toMatchObject({ errcode: 48002 });
	expect(names.of('wm1')).toBe('Name of wm1');
	await names.read([]);
	expect(requests).toHaveLength(2);
});
