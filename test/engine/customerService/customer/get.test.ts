import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';
import { continueOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

async function get(parameters: IDataObject, run?: ScenarioRun) {
	return await scenario.run({ resource: 'customer', operation: 'get', ...parameters }, run);
}

it('gives one item per customer, in their order, also those whom WeCom does not know', async () => {
	scenario.heard('One', 0);
	scenario.heard('Two', 1);
	const ids = [scenario.customer(1), 'wmNobody', scenario.customer(0)];
	const { items, hints } = await get({ customers: ids });
	expect(items.map(({ json }) => [json.external_userid, json.found, json.nickname])).toEqual([
		[ids[0], true, 'Ben'],
		['wmNobody', false, null],
		[ids[2], true, 'Amy'],
	]);
	expect(items[0]?.json).toEqual({
		external_userid: ids[0],
		found: true,
		nickname: 'Ben',
		avatar: items[0]?.json.avatar,
		gender: expect.any(Number) as number,
		gender_name: expect.any(String) as string,
		unionid: null,
	});
	expect(hints.map(({ message }) => message)).toEqual(['WeCom does not know: wmNobody.']);
});

it('tells how the customer came into the chat', async () => {
	scenario.service.enter(scenario.account, scenario.customer(), {
		scene: 'site',
		sceneParam: 'a=1',
	});
	scenario.heard();
	const { items } = await get(
		{ customers: '={{ $json.external_userid }}', options: { includeEntry: true } },
		{ input: [scenario.pair()] },
	);
	expect(items[0]?.json.enter_session_context).toMatchObject({ scene: 'site', scene_param: 'a=1' });
});

it('reads many customers in calls of 100', async () => {
	const customers = Array.from({ length: 250 }, (_, number) => `wmNobody${number}`);
	const { items } = await get({ customers });
	expect(items).toHaveLength(250);
	expect(scenario.sandbox.log.count(PATHS.serviceCustomers)).toBe(3);
});

it.each<[string, unknown]>([
	['nothing', ''],
	['an empty list', '={{ [] }}'],
	['a field that is missing', '={{ $json.missing }}'],
])('%s is an error before any request', async (_, customers) => {
	const { status } = await get({ customers } as IDataObject);
	expect(status).toBe('error');
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('fails its item alone under Continue On Fail', async () => {
	scenario.heard();
	const input = [{ id: '' }, { id: scenario.customer() }];
	const { items } = await get({ customers: '={{ $json.id }}' }, { input, ...continueOnFail });
	expect(items.map(({ json, pairedItem }) => [json.error ?? json.nickname, pairedItem])).toEqual([
		[expect.stringContaining("'Customers' is empty"), { item: 0 }],
		['Amy', { item: 1 }],
	]);
});
