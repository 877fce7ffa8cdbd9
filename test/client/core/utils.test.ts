import { lazily, onlyNew, unixSeconds } from '../../../nodes/shared/client/core/utils';

it('lazy work runs when it is first needed, and once, whether it succeeds or not', async () => {
	const work = jest.fn(async () => await Promise.reject(new Error('broken')));
	const result = lazily(work);
	expect(work).not.toHaveBeenCalled();
	await expect(result()).rejects.toThrow('broken');
	await expect(result()).rejects.toThrow('broken');
	expect(work).toHaveBeenCalledTimes(1);
});

it('gives a row once over all pages, and every row that cannot be told apart', () => {
	const newOnes = onlyNew(({ id }: { id?: string }) => id);
	expect(newOnes([{ id: 'a' }, { id: 'b' }, {}])).toEqual([{ id: 'a' }, { id: 'b' }, {}]);
	expect(newOnes([{ id: 'b' }, { id: 'c' }, {}, { id: 'c' }])).toEqual([{ id: 'c' }, {}]);
});

it.each([
	[1_700_000_000, 1_700_000_000],
	['1700000000', 1_700_000_000],
	[0, undefined],
	['0', undefined],
	['', undefined],
	['yesterday', undefined],
	[-5, undefined],
	[undefined, undefined],
])('reads %j as the time %j', (given, time) => {
	expect(unixSeconds(given)).toBe(time);
});
