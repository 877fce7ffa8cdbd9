import { DateTime } from 'luxon';

import { WeComInputError } from '../client/core/errors';

/** @param seconds Unix seconds, as a number or, in some answers of WeCom, as text */
export function toIso(seconds: number | string | undefined, timezone: string): string | null {
	if (seconds === undefined || seconds === '') return null;
	return DateTime.fromSeconds(Number(seconds), { zone: timezone }).toISO();
}

/**
 * Unix seconds of what a date field or an expression gives. A time without a zone is one of the workflow's zone.
 *
 * @throws WeComInputError
 */
export function readTime(value: unknown, field: string, zone: string): number {
	const time =
		value instanceof Date
			? DateTime.fromJSDate(value)
			: DateTime.isDateTime(value)
				? value
				: DateTime.fromISO(String(value), { zone });
	if (time.isValid) return Math.floor(time.toSeconds());
	throw new WeComInputError(
		`${field} is not a date and time`,
		'Use a date such as 2026-01-31T09:00:00.',
	);
}
