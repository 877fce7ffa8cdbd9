/** Lengths of time in seconds, as WeCom counts them. */
export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** WeCom counts days and months in China time, which has no daylight saving. */
const CHINA_OFFSET_SECONDS = 8 * HOUR;

/** Number of the China day, counted from 1970-01-01. */
export function chinaDay(unixSeconds: number): number {
	return Math.floor((unixSeconds + CHINA_OFFSET_SECONDS) / DAY);
}

/** Number of the China week, Monday to Sunday; 1970-01-01 was a Thursday. */
export function chinaWeek(unixSeconds: number): number {
	return Math.floor((chinaDay(unixSeconds) + 3) / 7);
}

/** Number of the China calendar month, counted from year 0. */
export function chinaMonth(unixSeconds: number): number {
	const date = chinaDate(unixSeconds);
	return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function daysInChinaMonth(unixSeconds: number): number {
	const date = chinaDate(unixSeconds);
	return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function chinaDate(unixSeconds: number): Date {
	return new Date((unixSeconds + CHINA_OFFSET_SECONDS) * 1000);
}
