import type { WeComClient } from '../core/client';
import type { Endpoint } from '../core/endpoint';
import { STATISTIC_DAYS } from './limits';
import type { StatisticDay, StatisticRequest, StatisticResponse } from './types';

const DAY_SECONDS = 24 * 60 * 60;

/** Days by their first second in China, in Unix seconds; both ends included. */
export interface DayRange {
	readonly from: number;
	readonly to: number;
}

/** Statistics of each day, in order, however long the range is (docs 95489, 95490). Days without data are missing. */
export async function* dailyStatistics(
	client: WeComClient,
	endpoint: Endpoint<StatisticRequest, StatisticResponse>,
	of: Pick<StatisticRequest, 'open_kfid' | 'servicer_userid'>,
	{ from, to }: DayRange,
): AsyncGenerator<StatisticDay, void> {
	const span = (STATISTIC_DAYS.perCall - 1) * DAY_SECONDS;
	for (let start_time = from; start_time <= to; start_time += span + DAY_SECONDS) {
		const end_time = Math.min(start_time + span, to);
		const page = await client.call(endpoint, { ...of, start_time, end_time });
		yield* page.statistic_list ?? [];
	}
}
