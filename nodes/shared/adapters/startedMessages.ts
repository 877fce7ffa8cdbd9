import { forgetOldest } from '../client/core/utils';

/** Messages to remember; the oldest is forgotten first. */
const MAX_REMEMBERED = 50_000;

/**
 * Messages whose executions this process has started. A workflow that is published again reads on from what n8n has
 * stored, which lags behind: what runs or has run must not start once more, also where n8n itself would not notice.
 */
class StartedMessages {
	private readonly executions = new Map<string, Promise<void>>();

	/** Starts an execution unless there is one; resolves when it has ended. One that did not start is forgotten. */
	async once(key: string, execute: () => Promise<void>): Promise<void> {
		const known = this.executions.get(key);
		if (known) return await known;
		const execution = execute();
		this.executions.set(key, execution);
		execution.catch(() => this.executions.delete(key));
		forgetOldest(this.executions, MAX_REMEMBERED);
		await execution;
	}
}

export const startedMessages = new StartedMessages();
