import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import type { EngineResult } from '../../../harness/engine';
import { RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';
import { retryOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

async function names(): Promise<unknown[]> {
	const { items } = await scenario.ofAccount('account', 'list', { returnAll: true });
	return items.map(({ json }) => json.name);
}

async function createNorthAndSouth(run: ScenarioRun = {}): Promise<EngineResult> {
	const input = [
		await scenario.itemWithFile('tea.png', { json: { shop: 'North' } }),
		await scenario.itemWithFile('tea.png', { json: { shop: 'South' } }),
	];
	const parameters = { name: '={{ $json.shop }}' };
	return await scenario.ofAccount('account', 'create', parameters, { input, ...run });
}

it('makes an account with an uploaded picture for each item', async () => {
	const { items } = await createNorthAndSouth();
	expect(items).toEqual(
		['North', 'South'].map((name, item) => ({
			json: { open_kfid: expect.stringMatching(/^wk/) as string, name },
			pairedItem: { item },
		})),
	);
	expect(await names()).toEqual(expect.arrayContaining(['North', 'South']));
	expect(scenario.sandbox.log.count(PATHS.upload)).toBe(1);
});

it.each<[string, IDataObject, string]>([
	['no name', { name: '={{ $json.missing }}' }, "'Name'"],
	['a name of 17 characters', { name: '茶'.repeat(17) }, "'Name'"],
	['no picture', { name: 'A', avatarSource: 'binary' }, 'data'],
	['no media ID', { name: 'A', avatarSource: 'mediaId' }, "'Media ID' is empty"],
])('%s is an error before any request', async (_, parameters, message) => {
	const { error } = await scenario.ofAccount('account', 'create', parameters, {
		input: [{ a: 1 }],
	});
	expect(error?.message).toContain(message);
	expect(scenario.sandbox.log.count(PATHS.addServiceAccount)).toBe(0);
});

it('a lost answer is not repeated, and says where to look', async () => {
	scenario.sandbox.faults.add({ path: PATHS.addServiceAccount, fault: RESET_AFTER });
	const input = [await scenario.itemWithFile('tea.png')];
	const { error } = await scenario.ofAccount(
		'account',
		'create',
		{ name: 'North' },
		{ input, ...retryOnFail },
	);
	expect(error).toMatchObject({
		message: 'WeCom may or may not have created the account',
		description: expect.stringContaining('Account > List') as string,
	});
	expect((await names()).filter((name) => name === 'North')).toHaveLength(1);
});

it('Retry On Fail keeps the accounts of earlier items', async () => {
	const fault = { kind: 'errcode', errcode: 48007 } as const;
	scenario.sandbox.faults.add({ path: PATHS.addServiceAccount, call: 2, fault });
	const { items } = await createNorthAndSouth(retryOnFail);
	expect(items.map(({ json }) => json.name)).toEqual(['North', 'South']);
	expect((await names()).filter((name) => name === 'North')).toHaveLength(1);
});
