import type { WeComClient } from '../core/client';
import { asError, WeComApiError } from '../core/errors';
import { isOutcomeKnown, withRetry } from '../core/retry';
import { massMessageEndpoints } from './endpoints';
import { CANCELLED } from './errorCodes';
import { processTasks } from './processTasks';
import type { TaskStatus } from './status';
import { onceHandedOut, readTaskStatus } from './status';
import { memberKey } from '../customers/members';

/** State of the calls to cancel one task. */
export interface CancelCalls {
	/** A response was lost, so one of these calls may be what cancelled the task. */
	answerLost: boolean;
	/** The task's status before the first call. */
	lastKnown?: TaskStatus;
}

/**
 * Stops what members have not sent yet; what was delivered stays (doc 97611). A call whose response was lost is
 * repeated: a second one changes nothing.
 *
 * @param calls state of the calls of earlier attempts; updated by this one
 * @returns whether the task was already cancelled; null when nobody can tell, because a response was lost
 */
export async function cancelTask(
	client: WeComClient,
	msgid: string,
	calls: CancelCalls,
): Promise<boolean | null> {
	const { clock, random } = client;
	const call = async () => {
		try {
			return await client.attempt(massMessageEndpoints.cancelMassMessage, { msgid });
		} catch (error) {
			calls.answerLost ||= !isOutcomeKnown(error);
			throw asError(error);
		}
	};
	try {
		await onceHandedOut(
			client,
			msgid,
			async () => await withRetry(call, { idempotent: true, clock, random }),
		);
		return false;
	} catch (error) {
		if (!(error instanceof WeComApiError && error.errcode === CANCELLED)) throw asError(error);
		return calls.answerLost ? null : true;
	}
}

/** The outcome of cancelling a task. */
export interface CancelOutcome {
	/** False for a task that all members have sent: there is nothing left to stop. */
	readonly cancelled: boolean;
	/** Null when nobody can tell, because a response was lost. */
	readonly already_cancelled: boolean | null;
	/**
	 * The status just before, because WeCom no longer reports it for a cancelled task. Undefined when it was already
	 * cancelled.
	 */
	readonly lastKnown?: TaskStatus;
}

/** Cancels a task that is not completed, and keeps the last status WeCom reported. */
export async function cancelPendingTask(
	client: WeComClient,
	msgid: string,
	calls: CancelCalls,
): Promise<CancelOutcome> {
	const status = await readTaskStatus(client, msgid);
	if (status.state === 'cancelled') {
		const already_cancelled = calls.answerLost ? null : true;
		return { cancelled: true, already_cancelled, lastKnown: calls.lastKnown };
	}
	const lastKnown = (calls.lastKnown ??= status);
	if (status.state === 'completed') {
		return { cancelled: false, already_cancelled: false, lastKnown };
	}
	const already_cancelled = await cancelTask(client, msgid, calls);
	processTasks.markCancelled(msgid, reachedBy(lastKnown));
	return { cancelled: true, already_cancelled, lastKnown };
}

/** Who has received the message, by member. */
function reachedBy({ members }: TaskStatus): Map<string, Set<string>> {
	const reached = new Map<string, Set<string>>();
	for (const { userid, results } of members) {
		const ids = results
			.filter(({ status }) => status === 1)
			.flatMap((row) => row.external_userid || row.chat_id || []);
		if (ids.length > 0) reached.set(memberKey(userid), new Set(ids));
	}
	return reached;
}
