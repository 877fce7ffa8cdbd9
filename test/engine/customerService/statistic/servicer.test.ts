import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { byId } from '../../../harness/scenario';

const scenario = useCustomerService({ startAt: new Date('2026-03-01T04:00:00Z') });

it('gives what the servicer of each item did', async () => {
	scenario.workOneDay();
	const { items } = await scenario.run(
		{
			resource: 'statistic',
			operation: 'servicer',
			account: byId(scenario.account),
			servicer: byId('={{ $json.who }}'),
		},
		{ input: [{ who: 'lin' }, { who: 'wei' }] },
	);
	expect(items).toEqual([
		{
			json: expect.objectContaining({
				open_kfid: scenario.account,
				servicer_userid: 'lin',
				date: '2026-03-01',
				session_cnt: 1,
				reply_rate: 1,
				first_reply_average_sec: 17,
				satisfaction_investgate_cnt: 0,
			}) as IDataObject,
			pairedItem: { item: 0 },
		},
	]);
});

it('without a servicer is an error, not the statistics of all', async () => {
	const { status } = await scenario.run({
		resource: 'statistic',
		operation: 'servicer',
		account: byId(scenario.account),
		servicer: byId('={{ $json.missing }}'),
	});
	expect(status).toBe('error');
	expect(scenario.sandbox.log.count()).toBe(0);
});
