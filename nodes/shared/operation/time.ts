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
	const time = Number(seconds ?? 0);
	if (time === 0) return null;
	const offset = offsetOfDay(Math.floor(time / DAY), timezone);
	if (!offset || !Number.isInteger(time)) {
		return DateTime.fromSeconds(time, { zone: timezone }).toISO();
	}
	return `${new Date((time + offset.seconds) * 1_000).toISOString().slice(0, -1)}${offset.suffix}`;
}

/** Seconds. */
const DAY = 24 * 60 * 60;

/** What a zone adds to UTC, and how ISO 8601 writes it. */
interface Offset {
	readonly seconds: number;
	readonly suffix: string;
}

/** By zone and day, since most times of a list share their day with others. */
const offsets = new Map<string, Map<number, Offset | undefined>>();
const MOST_DAYS = 10_000;

/**
 * The offset of a zone that holds for a whole day of UTC; undefined where it changes on this day. The name of a zone is
 * cheap to keep, and luxon takes 20 microseconds to look up one offset: a quarter of the time of a list.
 */
function offsetOfDay(day: number, timezone: string): Offset | undefined {
	const days = offsets.get(timezone) ?? new Map<number, Offset | undefined>();
	offsets.set(timezone, days);
	if (days.has(day)) return days.get(day);
	if (days.size >= MOST_DAYS) days.clear();
	const offset = readOffset(day, timezone);
	days.set(day, offset);
	return offset;
}

function readOffset(day: number, zone: string): Offset | undefined {
	const start = DateTime.fromSeconds(day * DAY, { zone });
	const end = DateTime.fromSeconds((day + 1) * DAY, { zone });
	// Only these years have four digits everywhere.
	const isUsual = start.isValid && start.year > 0 && end.year < 9_999;
	if (!isUsual || start.offset !== end.offset) return undefined;
	const iso = start.toISO();
	return { seconds: start.offset * 60, suffix: iso.slice('2026-01-31T09:00:00.000'.length) };
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
					: fromText(String(value).trim(), timezone);
		if (time.isValid) return Math.floor(time.toSeconds());
		throw new WeComInputError(
			`${label} must be a date and time`,
			'Use a date such as 2026-01-31T09:00:00.',
		);
	};
}

/** Databases and sheets write a space between the date and the time. */
function fromText(text: string, zone: string): DateTime {
	const time = DateTime.fromISO(text, { zone });
	return time.isValid ? time : DateTime.fromSQL(text, { zone });
}

/** WeCom counts the days of its statistics in China. */
const CHINA = 'Asia/Shanghai';

/** The first second of the day in China, in Unix seconds. */
export function startOfDayInChina(seconds: number): number {
	return DateTime.fromSeconds(seconds, { zone: CHINA }).startOf('day').toSeconds();
}

/**
 * The day in China, such as 2026-01-31.
 *
 * @param seconds Unix seconds, as a number or as text
 */
export function toDate(seconds: number | string | undefined): string | null {
	if (seconds === undefined) return null;
	return DateTime.fromSeconds(Number(seconds), { zone: CHINA }).toISODate();
}
