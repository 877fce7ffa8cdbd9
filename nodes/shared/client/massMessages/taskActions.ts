import type { WeComClient } from '../core/client';
import { massMessageEndpoints } from './endpoints';
import { CANCELLED, DISPATCHING } from './errorCodes';
import { asError, WeComApiError } from '../core/errors';
import { MAX_REMINDERS_PER_DAY } from './limits';
import { withUnknownOutcome } from '../core/unknownOutcome';
import { isOutcomeKnown, withRetry } from '../core/retry';
import { whenReady } from './status';

/**
 * Notifies the members who have not sent a task yet once more (doc 97610). A second call would count as a second
 * reminder, so one whose answer was lost is not repeated.
 *
 * @throws WeComUnknownOutcomeError when the answer was lost
 */
export async function remindMembers(client: WeComClient, msgid: string): Promise<void> {
	await onceHandedOut(
		client,
		msgid,
		async () =>
			await withUnknownOutcome(
				async () => await client.call(massMessageEndpoints.remindMembers, { msgid }),
				'WeCom may or may not have reminded the members',
				`Nothing is lost by leaving it so; reminding again may use up one more of the ${MAX_REMINDERS_PER_DAY} reminders in 24 hours.`,
			),
	);
}

/** What became of the calls to cancel one task. */
export interface CancelCalls {
	/** So it may have been one of them that cancelled it. */
	answerLost: boolean;
}

/**
 * Stops what members have not sent yet; what was delivered stays (doc 97611). A call whose answer was lost is
 * repeated: the second one changes nothing.
 *
 * @param calls of earlier tries, and then of this one too
 * @returns whether it was cancelled before; null when nobody can tell, because an answer was lost
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

/** Reading a task fails while WeCom hands it out (doc 93338); that this is so here too is an assumption. */
async function onceHandedOut(
	client: WeComClient,
	msgid: string,
	act: () => Promise<object>,
): Promise<void> {
	if (await whenReady(client, msgid, act)) return;
	throw new WeComApiError(DISPATCHING, '', massMessageEndpoints.massMessageMembers);
}
