import { lazily, onlyNew, unixSeconds, withNumbers } from '../../../nodes/shared/client/core/utils';

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
	expect(newOnes([{ id: '' }, { id: '' }])).toEqual([{ id: '' }, { id: '' }]);
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

it('makes numbers of quoted ones, in the fields named and in no others', () => {
	const row = { status: '3', send_time: '0', name: '7', type: 1, gender: '', state: undefined };
	expect(withNumbers(row, 'status', 'send_time', 'type', 'gender', 'state')).toEqual({
		...row,
		status: 3,
		send_time: 0,
	});
	const plain = { status: 1 };
	expect(withNumbers(plain, 'status')).toBe(plain);
});
