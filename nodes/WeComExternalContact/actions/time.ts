import { DateTime } from 'luxon';

/** @param seconds Unix seconds, as a number or, in some answers of WeCom, as text */
export function toIso(seconds: number | string | undefined, timezone: string): string | null {
	if (seconds === undefined || seconds === '') return null;
	return DateTime.fromSeconds(Number(seconds), { zone: timezone }).toISO();
}
