import { answerWithin } from '../../../nodes/shared/client/core/timeout';

const never = async () => await new Promise<never>(() => undefined);

it('gives the answer that comes in time', async () => {
	const answer = answerWithin(1_000, async (takeSignal) => {
		takeSignal();
		return await Promise.resolve('answer');
	});
	expect(await answer).toBe('answer');
});

it('fails as the question does', async () => {
	const failure = new Error('refused');
	const answer = answerWithin(1_000, async () => await Promise.reject(failure));
	await expect(answer).rejects.toBe(failure);
});

it('gives up when the time is over, whether or not anybody heeds the signal', async () => {
	let signal: AbortSignal | undefined;
	const answer = answerWithin(50, async (takeSignal) => {
		signal = takeSignal();
		expect(takeSignal()).toBe(signal);
		return await never();
	});
	await expect(answer).rejects.toMatchObject({
		name: 'WeComNetworkError',
		message: 'There was no answer within 0.05 seconds',
		left: 'maybe',
	});
	expect(signal?.aborted).toBe(true);
});

it('does not count the time before the signal is taken', async () => {
	const answer = answerWithin(20, async (takeSignal) => {
		await new Promise((resolve) => AbortSignal.timeout(60).addEventListener('abort', resolve));
		takeSignal();
		return 'answer';
	});
	expect(await answer).toBe('answer');
});

it('hands a stop on, also one that came before', async () => {
	for (const early of [true, false]) {
		const stop = new AbortController();
		if (early) stop.abort();
		const answer = answerWithin(1_000, async (takeSignal) => {
			const signal = takeSignal(stop.signal);
			stop.abort();
			return await Promise.resolve(signal.aborted);
		});
		expect(await answer).toBe(true);
	}
});

it('leaves no listener behind', async () => {
	const stop = new AbortController();
	const remove = jest.spyOn(stop.signal, 'removeEventListener');
	let signal: AbortSignal | undefined;
	await answerWithin(30, async (takeSignal) => {
		signal = takeSignal(stop.signal);
		return await Promise.resolve();
	});
	expect(remove).toHaveBeenCalledTimes(1);
	await new Promise((resolve) => AbortSignal.timeout(60).addEventListener('abort', resolve));
	expect(signal?.aborted).toBe(false);
});
