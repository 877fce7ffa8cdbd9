import type { WeComClient } from '../core/client';
import { asError, WeComApiError } from '../core/errors';
import { isOutcomeKnown, withRetry } from '../core/retry';
import { massMessageEndpoints } from './endpoints';
import { CANCELLED } from './errorCodes';
import { onceHandedOut } from './status';

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
