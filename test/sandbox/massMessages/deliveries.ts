import { chinaDay, chinaMonth, chinaWeek, daysInChinaMonth } from '../core/calendar';
import type { Corp } from '../world/corp';
import { perCorp } from '../world/corp';
import type { Delivery } from './model';

/** What has arrived, by external_userid or chat_id. */
export const deliveriesOf = perCorp(() => new Map<string, Delivery[]>());

/** Hands a message over to a customer or customer group. */
export function addDelivery(corp: Corp, recipientId: string, delivery: Delivery): void {
	const deliveries = deliveriesOf(corp);
	const received = deliveries.get(recipientId);
	if (received) received.push(delivery);
	else deliveries.set(recipientId, [delivery]);
}

/**
 * Whether a customer or customer group has received as much as the corp allows (doc 92135 of
 * 2025-11-17): per calendar month as many mass messages as the month has days, which the admin can
 * tighten to 7 per week or 1 per day. Enterprise and personal messages count together, and only those
 * that arrived (A16). A week is Monday to Sunday (A17).
 */
export function atReceiveLimit(corp: Corp, recipientId: string, now: number): boolean {
	const { period, allowed } = rule(corp, now);
	const received = deliveriesOf(corp).get(recipientId) ?? [];
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
