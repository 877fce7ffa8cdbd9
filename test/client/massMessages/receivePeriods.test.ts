import fc from 'fast-check';

import {
	afterReceivePeriod,
	receivePeriod,
} from '../../../nodes/shared/client/massMessages/receivePeriods';

const limits = fc.constantFrom('perDay' as const, 'perWeek' as const, 'perMonth' as const);
const times = fc.integer({ min: Date.UTC(2020, 0) / 1_000, max: Date.UTC(2040, 0) / 1_000 });

it('after a period nothing of it counts any more, and a second before something may', () => {
	fc.assert(
		fc.property(limits, times, (limit, time) => {
			const after = afterReceivePeriod(limit, time);
			expect(after).toBeGreaterThan(time);
			expect(receivePeriod(limit, after).start).toBeGreaterThan(time);
			expect(receivePeriod(limit, after - 1).start).toBeLessThanOrEqual(time);
		}),
	);
});

it.each([
	['2028-02-10T00:00:00Z', 29],
	['2026-02-28T15:59:59Z', 28],
	['2026-02-28T16:00:00Z', 31],
	['2026-12-31T15:59:59Z', 31],
])('a month has as many messages as days, in China time: %s', (time, days) => {
	expect(receivePeriod('perMonth', Date.parse(time) / 1_000).limit).toBe(days);
});
