import { TokenError } from '../core/errors';
import { BUSY, RATE_LIMITED, TOO_MANY_AT_ONCE } from './errorCodes';
import {
	asError,
	WeComApiError,
	WeComCancelledError,
	WeComError,
	WeComNetworkError,
} from './errors';
import { RATE_LIMIT_WINDOW_MS } from './settings';
import type { Clock } from './transport';

/** Repeats of one call (doc 90313 asks for at most 3 on -1). */
export const MAX_REPEATS = 3;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;

/** Milliseconds before repeat number `repeat` (0 first): doubling, up to a quarter less so that lanes spread. */
export function backOffMs(repeat: number, random: () => number): number {
	const delay = Math.min(FIRST_DELAY_MS * 2 ** repeat, LONGEST_DELAY_MS);
	return Math.round(delay * (1 - random() / 4));
}

/** True when WeCom surely did nothing with the request, so that any request may be repeated. */
export function wasNotProcessed(error: unknown): boolean {
	if (error instanceof WeComNetworkError) return error.left === 'never';
	if (error instanceof TokenError) return true;
	if (!(error instanceof WeComApiError)) return false;
	return error.kind === 'token' || error.kind === 'rateLimit' || error.errcode === TOO_MANY_AT_ONCE;
}

/**
 * Whether it is certain what became of a call that failed: by WeCom's own word, or because the request surely never
 * left. Whatever else went wrong, it may have arrived.
 */
export function isOutcomeKnown(error: unknown): boolean {
	if (wasNotProcessed(error) || error instanceof WeComCancelledError) return true;
	return error instanceof WeComApiError && error.errcode !== BUSY;
}

/** True when repeating a call that may arrive twice is worth it. */
function isTransient(error: unknown): boolean {
	// Asking for tokens again and again is what gets an IP blocked (doc 91039).
	if (error instanceof TokenError) return error.kind === 'busy';
	return error instanceof WeComError && (error.kind === 'busy' || error.kind === 'rateLimit');
}

/**
 * Runs `attempt` until it succeeds, fails for good, or has been repeated `MAX_REPEATS` times.
 * A minute limit (45009) is waited out, once.
 */
export async function withRetry<T>(
	attempt: () => Promise<T>,
	options: {
		/** Whether a call whose outcome is unknown may be sent again. */
		idempotent: boolean;
		clock: Clock;
		random: () => number;
	},
): Promise<T> {
	let waitedForWindow = false;
	for (let repeat = 0; ; repeat++) {
		try {
			return await attempt();
		} catch (error) {
			const worthIt = isTransient(error) && (options.idempotent || wasNotProcessed(error));
			const limited = error instanceof WeComApiError && error.errcode === RATE_LIMITED;
			if (!worthIt || repeat === MAX_REPEATS || (limited && waitedForWindow)) throw asError(error);
			waitedForWindow ||= limited;
			await options.clock.sleep(limited ? RATE_LIMIT_WINDOW_MS : backOffMs(repeat, options.random));
		}
	}
}
