import { fetchWithin, wait } from '../core/timers';
import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import { callbackRequest } from './request';
import type { CallbackTarget } from './target';

/** One POST to the callback URL. */
export interface Attempt {
	/** Unix seconds of the sandbox clock. */
	readonly time: number;
	/** HTTP status; undefined: see `problem`. */
	readonly status?: number;
	readonly problem?: 'no answer in time' | 'no connection';
	/** Real ones. */
	readonly milliseconds: number;
}

/**
 * Posts the message until HTTP 200: no answer within 5 s, no connection and every other status are
 * repeated, 3 times in total (doc 90930). Ends early when `stopped` is aborted.
 * @param record is told of every attempt as soon as it is over
 */
export async function deliver(
	world: World,
	target: CallbackTarget,
	message: { xml: string; corp: Corp },
	record: (attempt: Attempt) => void,
	stopped: AbortSignal,
): Promise<boolean> {
	const { settings } = world;
	const newRequest = () => callbackRequest(world, target, message.xml, message.corp);
	let request = newRequest();
	for (let attempts = 0; attempts <= settings.callbackRetries; attempts++) {
		if (attempts > 0) {
			await wait(settings.callbackRetryPauseMilliseconds);
			if (settings.callbackRepeats === 'encrypted_anew') request = newRequest();
		}
		if (stopped.aborted) return false;
		const { url, contentType, body } = request;
		const within = target.answerWithinMs ?? settings.callbackAnswerMilliseconds;
		const headers = { 'content-type': contentType };
		const started = performance.now();
		const response = await fetchWithin(within, url, { method: 'POST', headers, body }, stopped);
		record({
			time: world.now(),
			...(typeof response === 'string' ? { problem: response } : { status: response.status }),
			milliseconds: Math.round(performance.now() - started),
		});
		if (typeof response !== 'string' && response.status === 200) return true;
	}
	return false;
}
