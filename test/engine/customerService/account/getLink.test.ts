import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import type { ScenarioRun } from '../../../harness/scenario';

const scenario = useCustomerService();

const link = async (options: IDataObject = {}, run?: ScenarioRun) =>
	await scenario.ofAccount('account', 'getLink', { options }, run);

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
