import { HOUR, MINUTE } from '../core/calendar';

interface CallWindow {
	start: number;
	calls: number;
}

interface Counter {
	minute: CallWindow;
	hour: CallWindow;
	blockedUntil: number;
}

/**
 * Calls per corp and single API (doc 90312). Going over the minute limit blocks for 60 s,
 * over the hour limit for 60 min. The windows are fixed, not sliding (A19).
 */
export class RateLimiter {
	private readonly counters = new Map<string, Counter>();

	/** Counts the call; false: answer 45009. */
	admit(
		corpId: string,
		path: string,
		now: number,
		limits: { callsPerMinute: number; callsPerHour: number },
	): boolean {
		const counter = this.counter(`${corpId} ${path}`, now);
		if (now < counter.blockedUntil) return false;
		if (count(counter.minute, now, MINUTE) > limits.callsPerMinute) {
			counter.blockedUntil = now + MINUTE;
			return false;
		}
		if (count(counter.hour, now, HOUR) > limits.callsPerHour) {
			counter.blockedUntil = now + HOUR;
			return false;
		}
		return true;
	}

	clear(): void {
		this.counters.clear();
	}

	private counter(key: string, now: number): Counter {
		const known = this.counters.get(key);
		if (known) return known;
		const fresh: Counter = {
			minute: { start: now, calls: 0 },
			hour: { start: now, calls: 0 },
			blockedUntil: 0,
		};
		this.counters.set(key, fresh);
		return fresh;
	}
}

function count(window: CallWindow, now: number, length: number): number {
	if (now >= window.start + length) {
		window.start = now;
		window.calls = 0;
	}
	window.calls += 1;
	return window.calls;
}
