import { RATE_LIMITED } from './errorCodes';
import { asError, WeComApiError } from './errors';
import { RATE_LIMIT_WINDOW_MS } from './settings';
import type { Clock } from './transport';

/** A wait may end a little early. */
const EARLY_MS = 1_000;

/**
 * The minute limits (45009) that one run has met. Each is waited for once per endpoint: one that lasts, because it is
 * an hour's or a day's in truth, would cost every item its minute.
 */
export class MinuteLimits {
	/** Milliseconds since 1970 from which a limit has been waited for, by path. */
	private readonly waitedFrom = new Map<string, number>();

	constructor(private readonly clock: Clock) {}

	/**
	 * Sends a request. Those that were on their way when the limit was met wait for the same minute; those sent after it
	 * fail with an error that says so.
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
