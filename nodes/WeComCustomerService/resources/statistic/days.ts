import type { IDataObject } from 'n8n-workflow';

import type { WeComClient } from '../../../shared/client/core/client';
import { WeComInputError } from '../../../shared/client/core/errors';
import { STATISTIC_DAYS } from '../../../shared/client/customerService/limits';
import type { DayRange } from '../../../shared/client/customerService/statistics';
import type { StatisticDay } from '../../../shared/client/customerService/types';
import { labelOf, optional, readOption } from '../../../shared/fields/field';
import { timeField } from '../../../shared/fields/kinds';
import { startOfDayInChina, toDate } from '../../../shared/operation/time';
import type { ItemInput } from '../../../shared/operation/operation';

const DAY_SECONDS = 24 * 60 * 60;
const DEFAULT_DAYS = 7;

export const fromOption = optional(
	timeField({
		displayName: 'From',
		name: 'from',
		description: `The first day, in China time. At most ${STATISTIC_DAYS.back} days ago. Default: ${DEFAULT_DAYS} days up to the last one.`,
	}),
);

export const toOption = optional(
	timeField({
		displayName: 'To',
		name: 'to',
		description: 'The last day, in China time. Default, and the latest possible: yesterday.',
	}),
);

/** The days that an item asks for. */
export function readDays(item: ItemInput, client: WeComClient, timezone: string): DayRange {
	const today = startOfDayInChina(client.serverTime());
	const yesterday = today - DAY_SECONDS;
	const asked = readOption(item, toOption)?.(timezone);
	const to = Math.min(asked === undefined ? yesterday : startOfDayInChina(asked), yesterday);
	const first = readOption(item, fromOption)?.(timezone);
	const from =
		first === undefined ? to - (DEFAULT_DAYS - 1) * DAY_SECONDS : startOfDayInChina(first);
	if (from > to) {
		throw new WeComInputError(
			`${labelOf(fromOption)} is after ${labelOf(toOption)}`,
			'WeCom has statistics up to yesterday, in China time. Choose an earlier first day.',
		);
	}
	if (from < today - STATISTIC_DAYS.back * DAY_SECONDS) {
		throw new WeComInputError(
			`${labelOf(fromOption)} is more than ${STATISTIC_DAYS.back} days ago`,
			`WeCom keeps the statistics of ${STATISTIC_DAYS.back} days.`,
		);
	}
	return { from, to };
}

/** One day; the numbers keep WeCom's names, misspelled ones too. */
export function dayRow(
	of: IDataObject,
	{ stat_time, stat_date, statistic }: StatisticDay,
): IDataObject {
	const time = stat_time ?? stat_date;
	return { ...of, date: toDate(time), stat_time: time ?? null, ...statistic };
}
