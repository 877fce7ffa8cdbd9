import { lazily } from '../../../nodes/WeComExternalContact/client/lazily';

it('what is done lazily is done when it is asked for, and once, whether it succeeds or not', async () => {
	const work = jest.fn(async () => await Promise.reject(new Error('broken')));
	const result = lazily(work);
	expect(work).not.toHaveBeenCalled();
	await expect(result()).rejects.toThrow('broken');
	await expect(result()).rejects.toThrow('broken');
	expect(work).toHaveBeenCalledTimes(1);
});
