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

/** Retries per call (doc 90313 asks for at most 3 on -1). */
const MAX_RETRIES = 3;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;

/**
 * Milliseconds before retry number `attempt` (0 first). Doubles each time, minus up to a quarter so that parallel
 * requests spread out.
 */
export function backOffMs(attempt: number, random: () => number): number {
	const delay = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
	return Math.round(delay * (1 - random() / 4));
}

/** True when WeCom certainly did nothing with the request, so that any request may be resent. */
function wasNotProcessed(error: unknown): boolean {
	if (error instanceof WeComNetworkError) return error.left === 'never';
	if (error instanceof TokenError) return true;
	if (!(error instanceof WeComApiError)) return false;
	return error.kind === 'token' || error.kind === 'rateLimit' || error.errcode === TOO_MANY_AT_ONCE;
}

/**
 * Whether the outcome of a failed call is certain. It is uncertain after a broken connection, a response that isn't
 * WeCom's, or -1. Everything else is certain: WeCom's own verdict, a request that never left, and a bug of our own,
 * which must surface as what it is.
 */
export function isOutcomeKnown(error: unknown): boolean {
	if (error instanceof WeComNetworkError) return error.left === 'never';
	if (error instanceof WeComApiError) return error.errcode !== BUSY;
	return !(error instanceof WeComHttpError || error instanceof WeComResponseError);
}

/** True when the same call may succeed a moment later. */
export function isTransient(error: unknown): boolean {
	// Repeated token requests are what gets an IP blocked (doc 91039).
	if (error instanceof TokenError) return error.kind === 'busy' && !error.lasting;
	return error instanceof WeComError && (error.kind === 'busy' || error.kind === 'rateLimit');
}

/** What a retry loop knows about a call. */
export interface RetryState {
	/** Whether a call with an unknown outcome may be resent. */
	readonly idempotent: boolean;
	/** Retries so far. */
	readonly attempt: number;
	/** 0 to 1, for retry jitter. */
	readonly random: () => number;
}

/**
 * Whether to resend a failed call, and after how long. The first matching line decides:
 *
 * | failure                                                   | idempotent | not idempotent |
 * | --------------------------------------------------------- | ---------- | -------------- |
 * | after 3 retries                                           | no         | no             |
 * | cancelled, refused for good, bad secret, no permission    | no         | no             |
 * | 45009                                                     | in 60 s    | in 60 s        |
 * | 45009 that persists after the run has waited for it       | no         | no             |
 * | never left: DNS, connection, TLS; no token available      | back-off   | back-off       |
 * | 45033, too many concurrent calls                          | back-off   | back-off       |
 * | -1, time-out, reset, HTTP 5xx or 429, not WeCom's reply   | back-off   | no             |
 */
export function shouldRetry(error: unknown, state: RetryState): false | { delayMs: number } {
	if (state.attempt >= MAX_RETRIES || !isTransient(error)) return false;
	if (error instanceof WeComApiError && error.errcode === RATE_LIMITED) {
		return error.lasting ? false : { delayMs: RATE_LIMIT_WINDOW_MS };
	}
	if (!state.idempotent && !wasNotProcessed(error)) return false;
	return { delayMs: backOffMs(state.attempt, state.random) };
}

/** Runs `call` until it succeeds or `shouldRetry` gives up. */
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
