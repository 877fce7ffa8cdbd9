import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { byId } from '../../../harness/scenario';

const scenario = useCustomerService();

it('says who serves the account and who is receiving now', async () => {
	await scenario.ofAccount('servicer', 'add', { departments: '2' });
	scenario.service.servicers.setStatus(scenario.account, 'wei', 'suspended');
	const { items } = await scenario.ofAccount('servicer', 'list', { returnAll: true });
	const row = (json: IDataObject) => ({
		open_kfid: scenario.account,
		userid: null,
		department_id: null,
		status: null,
		status_name: null,
		stop_type: null,
		stop_type_name: null,
		...json,
	});
	expect(items.map(({ json }) => json)).toEqual([
		row({ userid: 'lin', status: 0, status_name: 'receiving' }),
		row({
			userid: 'wei',
			status: 1,
			status_name: 'stopped',
			stop_type: 1,
			stop_type_name: 'suspended',
		}),
		row({ department_id: 2 }),
	]);
});

it('reads the account of each item, up to the limit', async () => {
	const other = scenario.service.addAccount('Other', ['chen']).openKfId;
	const { items } = await scenario.ofAccount(
		'servicer',
		'list',
		{ account: byId('={{ $json.id }}'), limit: 1 },
		{ input: [{ id: scenario.account }, { id: other }] },
	);
	expect(items.map(({ json, pairedItem }) => [json.userid, pairedItem])).toEqual([
		['lin', { item: 0 }],
		['chen', { item: 1 }],
	]);
});
