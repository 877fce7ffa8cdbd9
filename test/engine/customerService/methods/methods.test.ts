import { useCustomerService } from '../../../harness/customerService';
import { byId } from '../../../harness/scenario';
import { kfOf } from '../../../sandbox/customerService/state';

const scenario = useCustomerService();

const names = async (method: string, request = {}) =>
	(await scenario.search(method, request)).results.map(({ name }) => name);

describe('accounts', () => {
	it('are found by a part of the name', async () => {
		scenario.service.addAccount('Coffee shop');
		expect(await names('searchServiceAccounts', { filter: ' coffee' })).toEqual(['Coffee shop']);
		expect((await scenario.search('searchServiceAccounts', { filter: 'tea' })).results).toEqual(
			expect.arrayContaining([{ name: 'Tea shop', value: scenario.account }]),
		);
	});

	it('a search that finds none is no error', async () => {
		expect(await names('searchServiceAccounts', { filter: 'nobody' })).toEqual([]);
	});

	it('without one that the app sees, the list says why it is empty', async () => {
		for (const account of kfOf(scenario.sandbox.world.corp).accounts.values()) {
			account.deleted = true;
		}
		await expect(scenario.search('searchServiceAccounts')).rejects.toMatchObject({
			message: expect.stringContaining('The app sees no customer service account') as string,
		});
	});

	it('without permission, the list says so', async () => {
		scenario.service.setApiOpen(false);
		await expect(scenario.search('searchServiceAccounts')).rejects.toMatchObject({
			message: expect.stringContaining('The API of customer service is switched off') as string,
		});
	});
});

describe('servicers', () => {
	it('of the chosen account are listed, those who are receiving first', async () => {
		scenario.service.servicers.setStatus(scenario.account, 'lin', 'stopped');
		const currentNodeParameters = { account: byId(scenario.account) };
		expect(await names('searchServicers', { currentNodeParameters })).toEqual([
			'wei',
			'lin (not receiving)',
		]);
	});

	it.each(['', '={{ $json.open_kfid }}'])('with %j as account, say what to do', async (account) => {
		const currentNodeParameters = {
			resource: 'session',
			operation: 'assign',
			account: byId(account),
		};
		await expect(scenario.search('searchServicers', { currentNodeParameters })).rejects.toThrow(
			'Choose the account first, then the servicer.',
		);
	});
});
