import { customerServiceEndpoints } from '../../../nodes/shared/client/customerService/endpoints';
import { dailyStatistics } from '../../../nodes/shared/client/customerService/statistics';
import { ok, scripted } from '../fakes';

const DAY = 86_400;
/** Midnight in China. */
const FIRST = 1_764_518_400;

async function asked(days: number) {
	const pages = Array.from({ length: Math.ceil(days / 31) }, (_, page) => ({
		...ok,
		statistic_list: [{ stat_time: FIRST + page }],
	}));
	const { client, requests } = scripted(pages);
	const rows: unknown[] = [];
	const range = { from: FIRST, to: FIRST + (days - 1) * DAY };
	const of = { open_kfid: 'wk1' };
	const { accountStatistic } = customerServiceEndpoints;
	for await (const row of dailyStatistics(client, accountStatistic, of, range)) rows.push(row);
	return { rows, bodies: requests.map(({ body }) => body as Record<string, number>) };
}

it.each([1, 2, 30, 31, 32, 62, 63, 180])(
	'asks for %i days in ranges of at most 31, without gap or overlap',
	async (days) => {
		const { rows, bodies } = await asked(days);
		let next = FIRST;
		for (const { start_time = 0, end_time = 0, ...rest } of bodies) {
			expect(rest).toEqual({ open_kfid: 'wk1' });
			expect(start_time).toBe(next);
			expect((end_time - start_time) / DAY).toBeLessThan(31);
			next = end_time + DAY;
		}
		expect(next).toBe(FIRST + days * DAY);
		expect(rows).toHaveLength(Math.ceil(days / 31));
	},
);

it('takes a page without a list for one without data', async () => {
	const { client } = scripted([ok]);
	const range = { from: FIRST, to: FIRST };
	const { servicerStatistic } = customerServiceEndpoints;
	const rows = dailyStatistics(client, servicerStatistic, { servicer_userid: 'lin' }, range);
	expect(await rows.next()).toEqual({ done: true, value: undefined });
});
