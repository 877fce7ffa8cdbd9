import { chinaDay, chinaMonth, chinaWeek, daysInChinaMonth } from '../core/calendar';
import type { Corp } from '../world/corp';

/**
 * Whether a customer or customer group has received as much as the tenant allows (doc 92135
 * of 2025-11-17): per calendar month as many mass messages as the month has days, tightened to
 * 7 per week or 1 per day by the admin. Enterprise and personal messages count together, and only
 * those that arrived (A16). A week is Monday to Sunday (A17).
 */
export function atReceiveLimit(corp: Corp, recipientId: string, now: number): boolean {
	const { period, allowed } = rule(corp, now);
	const received = corp.deliveries.get(recipientId) ?? [];
	const current = period(now);
	return received.filter((delivery) => period(delivery.time) === current).length >= allowed;
}

function rule(corp: Corp, now: number): { period: (time: number) => number; allowed: number } {
	switch (corp.receiveLimit) {
		case 'month_days':
			return { period: chinaMonth, allowed: daysInChinaMonth(now) };
		case '7_per_week':
			return { period: chinaWeek, allowed: 7 };
		case '1_per_day':
			return { period: chinaDay, allowed: 1 };
	}
}
