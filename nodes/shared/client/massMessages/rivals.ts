import type { WeComClient } from '../core/client';
import { asError, WeComError, WeComUnknownOutcomeError } from '../core/errors';
import { cancelTask } from './cancel';
import type { MessageDraft } from './draft';
import { recipientsOf } from './draft';
import type { CreatedTask } from './executionMemo';
import { processTasks } from './processTasks';
import type { JustCreated, RecipientCheck } from './recipientCheck';
import { errcodeOf } from './recoverTask';
import { readTaskStatus } from './status';

/** Sees to it that one task stays where several processes created the same at the same moment. */
export class Rivals {
	/** Created tasks of which nobody could tell whether another process created the same. */
	readonly notLookedAfter: string[] = [];

	constructor(
		private readonly client: WeComClient,
		private readonly checks: readonly RecipientCheck[],
	) {}

	/**
	 * Whether a task stays after a look at those of other processes. One that does not is cancelled: no member has
	 * seen it yet, so that takes nothing from anybody.
	 *
	 * @throws WeComUnknownOutcomeError when it has to go and cannot be cancelled
	 */
	async stays(created: JustCreated): Promise<boolean> {
		const rival = await this.look(created, async () => {
			for (const check of this.checks) {
				const found = await check.rivalOf?.(created);
				if (found !== undefined) return found;
			}
			return undefined;
		});
		if (rival === undefined) return true;
		for (const check of this.checks) check.withdrawn?.(created);
		await this.cancel(created.msgid, rival);
		return false;
	}

	/**
	 * Cancels equal tasks beside one that was recovered: one of them is this execution's own, and nobody can tell
	 * which. The other process may at the same time withdraw the one that is recovered here, because it found this
	 * execution's own beside it. If both went through, no task would be left, so it is looked at before and after.
	 *
	 * @param firstAttemptAt milliseconds of this server's clock
	 * @returns whether the recovered task still stands
	 */
	async keepsOnly(recovered: JustCreated, firstAttemptAt: number): Promise<boolean> {
		for (const check of this.checks) {
			const surplus = await this.look(recovered, async () => {
				return await check.surplusBeside?.(recovered, firstAttemptAt);
			});
			if (!surplus || surplus.length === 0) continue;
			if (await this.isGone(recovered)) return false;
			for (const msgid of surplus) await this.cancel(msgid, recovered.msgid);
			if (await this.isGone(recovered)) return false;
		}
		return true;
	}

	/** Whether another process withdrew a task. */
	private async isGone(recovered: JustCreated): Promise<boolean> {
		const state = await this.look(recovered, async () => {
			return (await readTaskStatus(this.client, recovered.msgid)).state;
		});
		if (state !== 'cancelled') return false;
		processTasks.markCancelled(recovered.msgid);
		for (const check of this.checks) check.withdrawn?.(recovered);
		return true;
	}

	/** The task exists all the same, and its msgid must not be lost to a look that failed. */
	private async look<T>({ msgid }: JustCreated, ask: () => Promise<T>): Promise<T | undefined> {
		try {
			return await ask();
		} catch (error) {
			if (!(error instanceof WeComError)) throw asError(error);
			this.notLookedAfter.push(msgid);
			return undefined;
		}
	}

	private async cancel(msgid: string, rival: string): Promise<void> {
		try {
			await cancelTask(this.client, msgid, { answerLost: false });
			processTasks.markCancelled(msgid);
		} catch (error) {
			throw twoTasks(msgid, rival, error);
		}
	}
}

/** A task that exists now, as the checks see it. */
export function justCreated(
	draft: MessageDraft,
	{ msgid, fail_list }: Pick<CreatedTask, 'msgid' | 'fail_list'>,
): JustCreated {
	const unreached = new Set(fail_list);
	return { msgid, draft, reached: recipientsOf(draft).filter((id) => !unreached.has(id)) };
}

function twoTasks(msgid: string, rival: string, error: unknown): WeComUnknownOutcomeError {
	const reason = asError(error).message;
	return new WeComUnknownOutcomeError(
		'Two identical tasks exist',
		`Another execution created ${rival} at the same moment, and this one could not cancel ${msgid}: ${reason}. Cancel ${msgid} before the member confirms it, or customers get the message twice.`,
		errcodeOf(error),
	);
}
