import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';
import { byId, continueOnFail, retryOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

async function account(operation: string, parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run({ resource: 'account', operation, ...parameters }, run);
}

async function names(): Promise<unknown[]> {
	const { items } = await account('list', { returnAll: true });
	return items.map(({ json }) => json.name);
}

describe('List', () => {
	it('gives the accounts that the app sees, once for each item', async () => {
		const { items } = await account('list', { returnAll: true }, { input: [{}, {}] });
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
		const { items } = await account('list', { limit: 3 });
		expect(items).toHaveLength(3);
	});
});

describe('Create', () => {
	it('makes an account with an uploaded picture for each item', async () => {
		const input = [
			await scenario.itemWithFile('tea.png', { json: { shop: 'North' } }),
			await scenario.itemWithFile('tea.png', { json: { shop: 'South' } }),
		];
		const { items } = await account('create', { name: '={{ $json.shop }}' }, { input });
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
		const { error } = await account('create', parameters, { input: [{ a: 1 }] });
		expect(error?.message).toContain(message);
		expect(scenario.sandbox.log.count(PATHS.addServiceAccount)).toBe(0);
	});

	it('a lost answer is not repeated, and says where to look', async () => {
		scenario.sandbox.faults.add({ path: PATHS.addServiceAccount, fault: RESET_AFTER });
		const input = [await scenario.itemWithFile('tea.png')];
		const { error } = await account('create', { name: 'North' }, { input, ...retryOnFail });
		expect(error).toMatchObject({
			message: 'WeCom may or may not have created the account',
			description: expect.stringContaining('Account > List') as string,
		});
		expect((await names()).filter((name) => name === 'North')).toHaveLength(1);
	});

	it('Retry On Fail keeps the accounts of earlier items', async () => {
		const fault = { kind: 'errcode', errcode: 48007 } as const;
		scenario.sandbox.faults.add({ path: PATHS.addServiceAccount, call: 2, fault });
		const input = [
			await scenario.itemWithFile('tea.png', { json: { shop: 'North' } }),
			await scenario.itemWithFile('tea.png', { json: { shop: 'South' } }),
		];
		const { items } = await account(
			'create',
			{ name: '={{ $json.shop }}' },
			{ input, ...retryOnFail },
		);
		expect(items.map(({ json }) => json.name)).toEqual(['North', 'South']);
		expect((await names()).filter((name) => name === 'North')).toHaveLength(1);
	});
});

describe('Update', () => {
	const change = async (parameters: IDataObject, run?: ScenarioRun) =>
		await account('update', { account: byId(scenario.account), ...parameters }, run);

	it('changes the name and leaves the picture', async () => {
		const { items } = await change({ name: 'Coffee shop' });
		expect(items[0]?.json).toEqual({ open_kfid: scenario.account, name: 'Coffee shop' });
		const [call] = scenario.sandbox.log.calls(PATHS.updateServiceAccount);
		expect(call?.body).toEqual({ open_kfid: scenario.account, name: 'Coffee shop' });
		expect(await names()).toContain('Coffee shop');
	});

	it('changes the picture and leaves the name', async () => {
		const input = [await scenario.itemWithFile('tea.png')];
		const { items } = await change({ name: '', avatarSource: 'binary' }, { input });
		expect(items[0]?.json).toEqual({
			open_kfid: scenario.account,
			media_id: expect.any(String) as string,
		});
		expect(await names()).toContain('Tea shop');
	});

	it('with nothing to change is an error before any request', async () => {
		const { error } = await change({});
		expect(error?.message).toBe('There is nothing to change');
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

describe('Delete', () => {
	it('deletes the account of each item', async () => {
		const other = scenario.service.addAccount('Other').openKfId;
		const input = [{ id: scenario.account }, { id: other }];
		const { items } = await account('delete', { account: byId('={{ $json.id }}') }, { input });
		expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[{ open_kfid: scenario.account, deleted: true }, { item: 0 }],
			[{ open_kfid: other, deleted: true }, { item: 1 }],
		]);
		expect(await names()).not.toContain('Tea shop');
	});

	it.each(['', '={{ $json.missing }}', 'wk1, wk2'])('%j deletes nothing', async (id) => {
		const { status } = await account('delete', { account: byId(id) });
		expect(status).toBe('error');
		expect(scenario.sandbox.log.count(PATHS.deleteServiceAccount)).toBe(0);
	});

	it('an account that WeCom does not know fails its item alone', async () => {
		const input = [{ id: 'wkNobody' }, { id: scenario.account }];
		const { items } = await account(
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
		const { error } = await account('delete', { account: byId(scenario.account) }, retryOnFail);
		expect(error?.message).toBe('WeCom may or may not have deleted the account');
		expect(scenario.sandbox.log.count(PATHS.deleteServiceAccount)).toBe(1);
	});
});

describe('Get Link', () => {
	const link = async (options: IDataObject = {}, run?: ScenarioRun) =>
		await account('getLink', { account: byId(scenario.account), options }, run);

	it('gives a link, with the scene and parameter of each item', async () => {
		const input = [{ order: 'a=1&b=茶' }, { order: '2' }];
		const { items } = await link({ scene: 'site', sceneParam: '={{ $json.order }}' }, { input });
		expect(items[0]?.json).toEqual({
			open_kfid: scenario.account,
			url: expect.stringMatching(/^https:.*&scene_param=a%3D1%26b%3D%E8%8C%B6$/) as string,
			scene: 'site',
		});
		expect(items[1]?.json.url).toMatch(/scene_param=2$/);
		const url = String(items[0]?.json.url);
		scenario.service.enter(scenario.account, scenario.customer(), { link: url });
		const { rows } = scenario.service.locate(scenario.account).account;
		expect(rows.at(-1)?.content).toMatchObject({ scene: 'site', scene_param: 'a=1&b=茶' });
	});

	it('gives one without a scene', async () => {
		const { items } = await link();
		expect(items[0]?.json).toMatchObject({ scene: null });
		expect(String(items[0]?.json.url)).not.toContain('scene_param');
	});

	it.each<[IDataObject, string]>([
		[{ scene: 'a b' }, "'Scene' may only have letters, digits, _ and -"],
		[{ scene: 'a'.repeat(33) }, "'Scene'"],
		[{ sceneParam: 'a' }, "'Scene Parameter' needs 'Scene'"],
		[{ scene: 'a', sceneParam: '茶'.repeat(15) }, "'Scene Parameter'"],
		[{ scene: '={{ $json.missing }}' }, "'Scene' has no value"],
	])('%j is an error before any request', async (options, message) => {
		const { error } = await link(options);
		expect(error?.message).toContain(message);
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});
