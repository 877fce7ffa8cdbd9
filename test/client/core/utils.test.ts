import { lazily } from '../../../nodes/shared/client/core/utils';

it('lazy work runs when it is first needed, and once, whether it succeeds or not', async () => {
	const work = jest.fn(async () => await Promise.reject(new Error('broken')));
	const result = lazily(work);
	expect(work).not.toHaveBeenCalled();
	await expect(result()).rejects.toThrow('broken');
	await expect(result()).rejects.toThrow('broken');
	expect(work).toHaveBeenCalledTimes(1);
});
