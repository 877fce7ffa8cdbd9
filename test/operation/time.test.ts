import fc from 'fast-check';
import { DateTime } from 'luxon';

import { asMoment, toIso } from '../../nodes/shared/operation/time';

const ZONES = [
	'Asia/Shanghai',
	'America/New_York',
	'Europe/London',
	'Australia/Lord_Howe',
	'Africa/Casablanca',
	'Asia/Kathmandu',
	'Etc/UTC',
	'UTC',
	'+05:30',
	'No/Such_Zone',
];

it('writes every second in every zone as luxon does', () => {
	const seconds = fc.integer({ min: -3_000_000_000, max: 5_000_000_000 });
	fc.assert(
		fc.property(seconds, fc.constantFrom(...ZONES), (time, zone) => {
			fc.pre(time !== 0);
			expect(toIso(time, zone)).toBe(DateTime.fromSeconds(time, { zone }).toISO());
		}),
		{ numRuns: 2_000 },
	);
});

it.each(['America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai'])(
	'writes the seconds around a change of the offset in %s',
	(zone) => {
		// Summer time in 2026 begins or ends on one of these days; China had it until 1991.
		const days = ['2026-03-08', '2026-04-05', '2026-10-04', '2026-11-01', '1991-04-14'];
		for (const day of days) {
			const start = DateTime.fromISO(day, { zone: 'utc' }).toSeconds() - 86_400;
			for (let time = start; time < start + 3 * 86_400; time += 599) {
				expect(toIso(time, zone)).toBe(DateTime.fromSeconds(time, { zone }).toISO());
			}
		}
	},
);

it.each([
	[0, null],
	['0', null],
	[null, null],
	[undefined, null],
	['1700000000', '2023-11-15T06:13:20.000+08:00'],
	[1_700_000_000.5, '2023-11-15T06:13:20.500+08:00'],
])('writes %p, as WeCom gives times', (time, iso) => {
	expect(toIso(time, 'Asia/Shanghai')).toBe(iso);
});

it.each([
	['2026-01-31T09:00:00', '2026-01-31T01:00:00Z'],
	['2026-01-31 09:00:00', '2026-01-31T01:00:00Z'],
	[' 2026-01-31 09:00 ', '2026-01-31T01:00:00Z'],
	['2026-01-31 09:00:00.5+02:00', '2026-01-31T07:00:00Z'],
	['2026-01-31', '2026-01-30T16:00:00Z'],
])('reads %j as a time in China', (text, moment) => {
	expect(asMoment(text, "'Added After'")('Asia/Shanghai')).toBe(Date.parse(moment) / 1_000);
});
