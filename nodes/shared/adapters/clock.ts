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
