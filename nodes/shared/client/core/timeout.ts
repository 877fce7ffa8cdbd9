import { toNetworkError } from './networkErrors';

/**
 * Waits for an answer, but no longer than `timeoutMs` for the whole of it: the time-out of a connection starts anew with
 * every byte. Then the signal aborts, and whoever heeds it stops asking; nobody waits for that.
 *
 * It is real time, whatever clock a run goes by.
 *
 * @param ask takes the signal when it sends: from then on the time counts. A stop that it hands over aborts the signal
 * as well
 * @throws WeComNetworkError when the time is over
 */
export async function answerWithin<T>(
	timeoutMs: number,
	ask: (takeSignal: (stop?: AbortSignal) => AbortSignal) => Promise<T>,
): Promise<T> {
	const request = new AbortController();
	const cleanUps: Array<() => void> = [];
	const onAbort = (signal: AbortSignal, listener: () => void) => {
		signal.addEventListener('abort', listener, { once: true });
		cleanUps.push(() => signal.removeEventListener('abort', listener));
	};
	try {
		return await new Promise<T>((resolve, reject) => {
			let taken = false;
			const takeSignal = (stop?: AbortSignal) => {
				if (taken) return request.signal;
				taken = true;
				onAbort(AbortSignal.timeout(timeoutMs), () => {
					reject(toNetworkError('ETIMEDOUT', timeoutMs));
					request.abort();
				});
				if (stop?.aborted) request.abort();
				else if (stop) onAbort(stop, () => request.abort());
				return request.signal;
			};
			ask(takeSignal).then(resolve, reject);
		});
	} finally {
		for (const cleanUp of cleanUps) cleanUp();
	}
}
