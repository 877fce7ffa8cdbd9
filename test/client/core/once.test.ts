import { WeComUnknownOutcomeError } from '../../../nodes/shared/client/core/errors';
import { Once } from '../../../nodes/shared/client/core/once';

it('runs simultaneous calls once', async () => {
	const once = new Once();
	let count = 0;
	const work = async () => await Promise.resolve(++count);
	expect(await Promise.all([once.run('a', work), once.run('a', work)])).toEqual([1, 1]);
});

it('runs again after a failure', async () => {
	const once = new Once();
	await expect(once.run('a', async () => await Promise.reject(new Error('busy')))).rejects.toThrow(
		'busy',
	);
	expect(await once.run('a', async () => await Promise.resolve('done'))).toBe('done');
});

it('does not run again after an unknown outcome: the work may be done', async () => {
	const once = new Once();
	const unknown = new WeComUnknownOutcomeError('May or may not', 'Look');
	for (const work of [Promise.reject(unknown), Promise.resolve('done')]) {
		await expect(once.run('a', async () => await work)).rejects.toBe(unknown);
	}
});
