import { toNetworkError } from './networkErrors';

/**
 * Waits at most `timeoutMs` for the whole response: a connection time-out restarts with every byte. Then the signal
 * aborts, and code that honors it stops; this function doesn't wait for that.
 *
 * It uses real time, whatever clock the run uses.
 *
 * @param ask takes the signal when it sends, which starts the timer. If it passes in a stop signal, that aborts the
 * signal too
 * @throws WeComNetworkError when the time is up
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
