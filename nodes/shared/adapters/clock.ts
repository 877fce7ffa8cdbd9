import { sleep } from 'n8n-workflow';

import type { Clock } from '../client/core/transport';

/** This machine's time. Tests replace it. */
export const clock: Clock = {
	now: () => Date.now(),
	sleep,
};

/** A clock whose waits end as soon as the execution is stopped. */
export function clockOf(signal: AbortSignal | undefined): Clock {
	if (!signal) return clock;
	return {
		now: () => clock.now(),
		sleep: async (ms) => {
			if (signal.aborted) return;
			let wake: () => void = () => undefined;
			const stopped = new Promise<void>((resolve) => {
				wake = resolve;
				signal.addEventListener('abort', wake, { once: true });
			});
			await Promise.race([clock.sleep(ms), stopped]);
			signal.removeEventListener('abort', wake);
		},
	};
}

/** A clock for work that many things wait in: all waits end when it is stopped. It also tells the client to stop. */
export class StoppableClock implements Clock {
	private readonly waiting = new Set<() => void>();
	private stopped = false;

	get aborted(): boolean {
		return this.stopped;
	}

	now(): number {
		return clock.now();
	}

	async sleep(ms: number): Promise<void> {
		if (this.stopped) return;
		let wake: () => void = () => undefined;
		const stopped = new Promise<void>((resolve) => {
			wake = resolve;
		});
		this.waiting.add(wake);
		await Promise.race([clock.sleep(ms), stopped]);
		this.waiting.delete(wake);
	}

	stop(): void {
		this.stopped = true;
		for (const wake of this.waiting) wake();
	}
}
