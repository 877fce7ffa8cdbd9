import { DateTime } from 'luxon';

import { WeComInputError } from '../client/core/errors';

/**
 * @param seconds Unix seconds, as a number or, in some of WeCom's responses, as text. WeCom gives 0 for what has not
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

/** Unix seconds of a time, in the zone that is meant where the time has none. */
export type MomentIn = (timezone: string) => number;

/** What a date field or an expression gives. A wrong value throws a WeComInputError once a zone is given. */
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
