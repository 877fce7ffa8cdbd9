import { BUSY, RATE_LIMITED, TOO_MANY_AT_ONCE } from './errorCodes';
import {
	asError,
	TokenError,
	WeComApiError,
	WeComError,
	WeComHttpError,
	WeComNetworkError,
	WeComResponseError,
} from './errors';
import { RATE_LIMIT_WINDOW_MS } from './settings';
import type { Clock } from './transport';

/** Retries of one call (doc 90313 asks for at most 3 on -1). */
export const MAX_RETRIES = 3;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;

/** Milliseconds before retry number `attempt` (0 first): doubling, up to a quarter less so that lanes spread. */
export function backOffMs(attempt: number, random: () => number): number {
	const delay = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
	return Math.round(delay * (1 - random() / 4));
}

/** True when WeCom surely did nothing with the request, so that any request may be sent again. */
export function wasNotProcessed(error: unknown): boolean {
	if (error instanceof WeComNetworkError) return error.left === 'never';
	if (error instanceof TokenError) return true;
	if (!(error instanceof WeComApiError)) return false;
	return error.kind === 'token' || error.kind === 'rateLimit' || error.errcode === TOO_MANY_AT_ONCE;
}

/**
 * Whether it is certain what became of a call that failed. It is not after a broken connection, an answer that is
 * none of WeCom's, or -1. Everything else is: WeCom's own word, a request that never left, and a fault of our own
 * program, which must come to light as what it is.
 */
export function isOutcomeKnown(error: unknown): boolean {
	if (error instanceof WeComNetworkError) return error.left === 'never';
	if (error instanceof WeComApiError) return error.errcode !== BUSY;
	return !(error instanceof WeComHttpError || error instanceof WeComResponseError);
}

/** True when the same call may succeed a moment later. */
export function isTransient(error: unknown): boolean {
	// Asking for tokens again and again is what gets an IP blocked (doc 91039).
	if (error instanceof TokenError) return error.kind === 'busy' && !error.lasting;
	return error instanceof WeComError && (error.kind === 'busy' || error.kind === 'rateLimit');
}

/** What a loop that repeats a call knows of it. */
export interface RetryState {
	/** Whether a call whose outcome is unknown may be sent again. */
	readonly idempotent: boolean;
	/** Retries so far. */
	readonly attempt: number;
	/** 0 to 1, for the jitter of waits. */
	readonly random: () => number;
}

/**
 * Whether a failed call is sent again, and after how long. The first line that fits decides:
 *
 * | failure                                                   | idempotent | not idempotent |
 * | --------------------------------------------------------- | ---------- | -------------- |
 * | after 3 retries                                           | no         | no             |
 * | cancelled, refused for good, bad secret, missing right    | no         | no             |
 * | 45009                                                     | in 60 s    | in 60 s        |
 * | 45009 that lasts although the run has waited for it       | no         | no             |
 * | never left: name, connection, TLS; no token to be had     | back-off   | back-off       |
 * | 45033, too many calls at once                             | back-off   | back-off       |
 * | -1, time-out, reset, HTTP 5xx or 429, not WeCom's answer  | back-off   | no             |
 */
export function shouldRetry(error: unknown, state: RetryState): false | { delayMs: number } {
	if (state.attempt >= MAX_RETRIES || !isTransient(error)) return false;
	if (error instanceof WeComApiError && error.errcode === RATE_LIMITED) {
		return error.lasting ? false : { delayMs: RATE_LIMIT_WINDOW_MS };
	}
	if (!state.idempotent && !wasNotProcessed(error)) return false;
	return { delayMs: backOffMs(state.attempt, state.random) };
}

/** Runs `call` until it succeeds or `shouldRetry` says that it has failed for good. */
export async function withRetry<T>(
	call: () => Promise<T>,
	options: Pick<RetryState, 'idempotent' | 'random'> & { readonly clock: Clock },
): Promise<T> {
	for (let attempt = 0; ; attempt++) {
		try {
			return await call();
		} catch (error) {
			const retry = shouldRetry(error, { ...options, attempt });
			if (!retry) throw asError(error);
			await options.clock.sleep(retry.delayMs);
		}
	}
}
