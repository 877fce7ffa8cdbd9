import { useCustomerService } from '../../../harness/customerService';
import { RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import { byId, continueOnFail, retryOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

async function names(): Promise<unknown[]> {
	const { items } = await scenario.ofAccount('account', 'list', { returnAll: true });
	return items.map(({ json }) => json.name);
}

it('deletes the account of each item', async () => {
	const other = scenario.service.addAccount('Other').openKfId;
	const input = [{ id: scenario.account }, { id: other }];
	const { items } = await scenario.ofAccount(
		'account',
		'delete',
		{ account: byId('={{ $json.id }}') },
		{ input },
	);
	expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
		[{ open_kfid: scenario.account, deleted: true }, { item: 0 }],
		[{ open_kfid: other, deleted: true }, { item: 1 }],
	]);
	expect(await names()).not.toContain('Tea shop');
});

it.each(['', '={{ $json.missing }}', 'wk1, wk2'])('%j deletes nothing', async (id) => {
	const { status } = await scenario.ofAccount('account', 'delete', { account: byId(id) });
	expect(status).toBe('error');
	expect(scenario.sandbox.log.count(PATHS.deleteServiceAccount)).toBe(0);
});

it('an account that WeCom does not know fails its item alone', async () => {
	const input = [{ id: 'wkNobody' }, { id: scenario.account }];
	const { items } = await scenario.ofAccount(
		'account',
		'delete',
		{ account: byId('={{ $json.id }}') },
		{ input, ...continueOnFail },
	);
	expect(items.map(({ json }) => json.error ?? json.deleted)).toEqual([
		expect.stringContaining('WeCom does not know this account'),
		true,
	]);
});

it('a lost answer says where to look', async () => {
	scenario.sandbox.faults.add({ path: PATHS.deleteServiceAccount, fault: RESET_AFTER });
	const { error } = await scenario.ofAccount('account', 'delete', {}, retryOnFail);
	expect(error?.message).toBe('WeCom may or may not have deleted the account');
	expect(scenario.sandbox.log.count(PATHS.deleteServiceAccount)).toBe(1);
});
