import { useCustomerService } from '../../../harness/customerService';

const scenario = useCustomerService();

async function names(): Promise<unknown[]> {
	const { items } = await scenario.ofAccount('account', 'list', { returnAll: true });
	return items.map(({ json }) => json.name);
}

it('gives the accounts that the app sees, once for each item', async () => {
	const { items } = await scenario.ofAccount(
		'account',
		'list',
		{ returnAll: true },
		{ input: [{}, {}] },
	);
	const [first] = items.filter(({ json }) => json.open_kfid === scenario.account);
	expect(first?.json).toEqual({
		open_kfid: scenario.account,
		name: 'Tea shop',
		avatar: expect.stringContaining('https://') as string,
		manage_privilege: true,
	});
	expect(new Set(items.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(2);
});

it('reads page after page', async () => {
	for (let number = 0; number < 150; number++) scenario.service.addAccount(`Shop ${number}`);
	const all = await names();
	expect(all.length).toBeGreaterThanOrEqual(151);
	expect(new Set(all).size).toBe(all.length);
	const { items } = await scenario.ofAccount('account', 'list', { limit: 3 });
	expect(items).toHaveLength(3);
});
