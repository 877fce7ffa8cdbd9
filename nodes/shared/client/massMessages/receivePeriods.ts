/** How many mass messages a customer can receive; a corporation chooses one of these rules (doc 92135). */
export type ReceiveLimit = 'perDay' | 'perWeek' | 'perMonth';

const CHINA_OFFSET_SECONDS = 8 * 60 * 60;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * The period of a limit, in China time: its start in Unix seconds, and how many messages it allows. That a week is the
 * last 7 days is unconfirmed (doc 92135).
 *
 * @param now Unix seconds
 */
export function receivePeriod(limit: ReceiveLimit, now: number): { start: number; limit: number } {
	const today = startOfDay(now);
	if (limit === 'perDay') return { start: today, limit: 1 };
	if (limit === 'perWeek') return { start: today - 6 * DAY_SECONDS, limit: 7 };
	const { year, month } = yearAndMonth(today);
	const start = startOfMonth(year, month);
	return { start, limit: (startOfMonth(year, month + 1) - start) / DAY_SECONDS };
}

/**
 * When a customer who was at the limit can receive again, whatever they had received: Unix seconds of the first moment
 * in China time at which nothing of before counts any more.
 *
 * @param time Unix seconds at which the customer was at the limit
 */
export function afterReceivePeriod(limit: ReceiveLimit, time: number): number {
	const day = startOfDay(time);
	if (limit === 'perDay') return day + DAY_SECONDS;
	// Enough for the last 7 days as well as for a week that starts on Monday.
	if (limit === 'perWeek') return day + 7 * DAY_SECONDS;
	const { year, month } = yearAndMonth(day);
	return startOfMonth(year, month + 1);
}

function startOfDay(time: number): number {
	const local = time + CHINA_OFFSET_SECONDS;
	return local - (local % DAY_SECONDS) - CHINA_OFFSET_SECONDS;
}

function startOfMonth(year: number, month: number): number {
	return Date.UTC(year, month) / 1_000 - CHINA_OFFSET_SECONDS;
}

function yearAndMonth(startOfDayInChina: number): { year: number; month: number } {
	const local = new Date((startOfDayInChina + CHINA_OFFSET_SECONDS) * 1_000);
	return { year: local.getUTCFullYear(), month: local.getUTCMonth() };
}
