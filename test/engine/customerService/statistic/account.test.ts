import type { IDataObject } from 'n8n-workflow';

import { customerServiceEndpoints } from '../../../../nodes/shared/client/customerService/endpoints';
import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';

const DAY = 86_400;

const scenario = useCustomerService({ startAt: new Date('2026-03-01T04:00:00Z') });

it('gives the days that have data, with WeCom’s numbers', async () => {
	scenario.workOneDay();
	scenario.sandbox.clock.advance(DAY);
	scenario.workOneDay();
	const { items } = await scenario.ofAccount('statistic', 'account', {
		options: { from: '2026-02-27', to: '2026-03-31' },
	});
	expect(items.map(({ json }) => [json.date, json.session_cnt, json.customer_msg_cnt])).toEqual([
		['2026-03-01', 1, 1],
		['2026-03-03', 1, 1],
	]);
	expect(items[0]?.json).toMatchObject({
		open_kfid: scenario.account,
		stat_time: Date.UTC(2026, 1, 28, 16) / 1_000,
	});
});

it('takes a day that WeCom writes as text, or under its older name', async () => {
	const first = String(Date.UTC(2026, 1, 26, 16) / 1_000);
	const second = String(Date.UTC(2026, 1, 27, 16) / 1_000);
	const statistic_list = [
		{ stat_time: first, statistic: { session_cnt: 2 } },
		{ stat_date: second },
	];
	const body = JSON.stringify({ errcode: 0, errmsg: 'ok', statistic_list });
	const path = customerServiceEndpoints.accountStatistic.path;
	scenario.sandbox.faults.add({ path, fault: { kind: 'notJson', body } });
	const { items, error } = await scenario.ofAccount('statistic', 'account');
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => [json.date, json.session_cnt])).toEqual([
		['2026-02-27', 2],
		['2026-02-28', undefined],
	]);
});

it('asks for the last 7 days up to yesterday, as China counts days', async () => {
	await scenario.ofAccount(
		'statistic',
		'account',
		{ options: {} },
		{ timezone: 'America/New_York' },
	);
	const [call] = scenario.sandbox.log.calls(PATHS.accountStatistic);
	const end_time = Date.UTC(2026, 1, 27, 16) / 1_000;
	expect(call?.body).toEqual({
		open_kfid: scenario.account,
		start_time: end_time - 6 * DAY,
		end_time,
	});
});

it('reads as far back as WeCom does, 31 days at a time', async () => {
	const { error } = await scenario.ofAccount('statistic', 'account', {
		options: { from: '2025-09-02' },
	});
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
	const { error } = await scenario.ofAccount('statistic', 'account', { options });
	expect(error?.message).toContain(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});
