import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';
import { byId } from '../../../harness/scenario';

const DAY = 86_400;

const scenario = useCustomerService({ startAt: new Date('2026-03-01T04:00:00Z') });

async function statistics(operation: string, options: IDataObject = {}, run?: ScenarioRun) {
	return await scenario.run(
		{
			resource: 'statistic',
			operation,
			account: byId(scenario.account),
			...(operation === 'servicer' && { servicer: byId('lin') }),
			options,
		},
		run,
	);
}

/** A day on which a customer wrote and Lin answered; it ends with the next midnight in China. */
function workOneDay(): void {
	scenario.heard();
	scenario.service.handOver(scenario.account, scenario.customer(), 'lin');
	scenario.sandbox.clock.advance(17);
	scenario.service.servicers.write(scenario.account, scenario.customer(), 'lin', 'Hi');
	scenario.service.servicers.end(scenario.account, scenario.customer());
	scenario.sandbox.clock.advance(DAY);
}

describe('Account', () => {
	it('gives the days that have data, with WeCom’s numbers', async () => {
		workOneDay();
		scenario.sandbox.clock.advance(DAY);
		workOneDay();
		const { items } = await statistics('account', { from: '2026-02-27', to: '2026-03-31' });
		expect(items.map(({ json }) => [json.date, json.session_cnt, json.customer_msg_cnt])).toEqual([
			['2026-03-01', 1, 1],
			['2026-03-03', 1, 1],
		]);
		expect(items[0]?.json).toMatchObject({
			open_kfid: scenario.account,
			stat_time: Date.UTC(2026, 1, 28, 16) / 1_000,
		});
	});

	it('asks for the last 7 days up to yesterday, as China counts days', async () => {
		await statistics('account', {}, { timezone: 'America/New_York' });
		const [call] = scenario.sandbox.log.calls(PATHS.accountStatistic);
		const end_time = Date.UTC(2026, 1, 27, 16) / 1_000;
		expect(call?.body).toEqual({
			open_kfid: scenario.account,
			start_time: end_time - 6 * DAY,
			end_time,
		});
	});

	it('reads as far back as WeCom does, 31 days at a time', async () => {
		const { error } = await statistics('account', { from: '2025-09-02' });
		expect(error).toBeUndefined();
		expect(scenario.sandbox.log.count(PATHS.accountStatistic)).toBe(6);
	});

	it.each<[IDataObject, string]>([
		[{ from: '2025-09-01' }, "'From' is more than 180 days ago"],
		[{ from: '2026-03-01' }, "'From' is after 'To'"],
		[{ from: '2026-02-20', to: '2026-02-19' }, "'From' is after 'To'"],
		[{ from: '={{ $json.missing }}' }, "'From'"],
		[{ to: 'yesterday' }, "'To'"],
	])('%j is an error before any request', async (options, message) => {
		const { error } = await statistics('account', options);
		expect(error?.message).toContain(message);
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

describe('Servicer', () => {
	it('gives what the servicer of each item did', async () => {
		workOneDay();
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
});
