import { DateTime } from 'luxon';

import { WeComInputError } from '../client/core/errors';

/**
 * @param seconds Unix seconds, as a number or, in some of WeCom's responses, as text. WeCom uses 0 for what has not
 * happened.
 */
export function toIso(
	seconds: number | string | null | undefined,
	timezone: string,
): string | null {
	return Number(seconds ?? 0) === 0
		? null
		: DateTime.fromSeconds(Number(seconds), { zone: timezone }).toISO();
}

/** Unix seconds of a time, interpreted in the given zone if the time has none of its own. */
export type MomentIn = (timezone: string) => number;

/**
 * Parses a value from a date field or an expression. The returned function throws a WeComInputError for an invalid
 * value.
 */
export function asMoment(value: unknown, label: string): MomentIn {
	return (timezone) => {
		const time =
			value instanceof Date
				? DateTime.fromJSDate(value)
				: DateTime.isDateTime(value)
					? value
					: DateTime.fromISO(String(value), { zone: timezone });
		if (time.isValid) return Math.floor(time.toSeconds());
		throw new WeComInputError(
			`${label} must be a date and time`,
			'Use a date such as 2026-01-31T09:00:00.',
		);
	};
}

/** WeCom counts the days of its statistics in China. */
const CHINA = 'Asia/Shanghai';

/** The first second of the day in China, in Unix seconds. */
export function startOfDayInChina(seconds: number): number {
	return DateTime.fromSeconds(seconds, { zone: CHINA }).startOf('day').toSeconds();
}

/** The day in China, such as 2026-01-31. */
export function toDate(seconds: number | undefined): string | null {
	return seconds === undefined ? null : DateTime.fromSeconds(seconds, { zone: CHINA }).toISODate();
}
