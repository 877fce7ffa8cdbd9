import { RATE_LIMITED } from './errorCodes';
import { asError, WeComApiError } from './errors';
import { RATE_LIMIT_WINDOW_MS } from './settings';
import type { Clock } from './transport';

/** Tolerance for waits that end slightly early. */
const EARLY_MS = 1_000;

/**
 * The minute limits (45009) that one run has hit. Each is waited for once per endpoint: if it persists, it is really an
 * hourly or daily limit and would cost every item a minute.
 */
export class MinuteLimits {
	/** By path: when the wait for a limit is over, in milliseconds since 1970. */
	private readonly waitedFrom = new Map<string, number>();

	constructor(private readonly clock: Clock) {}

	/**
	 * Sends a request. Requests already in flight when the limit was hit wait for the same minute. Those sent after the
	 * wait fail with an error that says so.
	 */
	async watch<T>(path: string, send: () => Promise<T>): Promise<T> {
		const from = this.waitedFrom.get(path);
		const hasWaited = from !== undefined && this.clock.now() >= from;
		try {
			return await send();
		} catch (error) {
			if (!(error instanceof WeComApiError && error.errcode === RATE_LIMITED)) throw asError(error);
			if (from === undefined) {
				this.waitedFrom.set(path, this.clock.now() + RATE_LIMIT_WINDOW_MS - EARLY_MS);
			}
			throw hasWaited ? error.afterWait() : asError(error);
		}
	}
}
