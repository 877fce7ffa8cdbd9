import type { WeComClient } from './client';
import { endpoints } from './endpoints';
import { BUSY, CANCELLED, DISPATCHING } from './errcodes';
import { passOn, WeComApiError, WeComCancelledError, WeComError } from './errors';
import { MAX_REMINDERS_PER_DAY } from './limits';
import { surelyNotDone } from './retry';
import { whenReady } from './taskStatus';

/** Nobody can say whether the members were reminded. */
export class UnknownReminderError extends WeComError {
	override readonly name = 'UnknownReminderError';
	readonly kind = 'unknownOutcome';
	readonly remedy: string;

	constructor(
		/** Why the answer is not known. */
		reason: string,
		readonly errcode?: number,
	) {
		super('WeCom may or may not have reminded the members');
		this.remedy = `${reason}. Nothing is lost by leaving it so; reminding again may use up one more of the ${MAX_REMINDERS_PER_DAY} reminders in 24 hours.`;
	}
}

/**
 * Notifies the members who have not sent a task yet once more (doc 97610). A second call would count as a second
 * reminder, so one whose answer was lost is not repeated.
 *
 * @throws UnknownReminderError when the answer was lost
 */
export async function remindMembers(client: WeComClient, msgid: string): Promise<void> {
	await onceHandedOut(client, msgid, async () => {
		try {
			return await client.call(endpoints.remindMembers, { msgid });
		} catch (error) {
			throw isKnownFailure(error) ? passOn(error) : toUnknownReminder(error);
		}
	});
}

/**
 * Stops what members have not sent yet; what was delivered stays (doc 97611).
 *
 * @returns whether it was cancelled before
 */
export async function cancelTask(client: WeComClient, msgid: string): Promise<boolean> {
	try {
		await onceHandedOut(
			client,
			msgid,
			async () => await client.call(endpoints.cancelMassMessage, { msgid }),
		);
		return false;
	} catch (error) {
		if (!(error instanceof WeComApiError && error.errcode === CANCELLED)) throw passOn(error);
		return true;
	}
}

/** A task can be reminded and cancelled once WeCom has handed it out; taken to be so as for reading it (W 4.4). */
async function onceHandedOut(
	client: WeComClient,
	msgid: string,
	act: () => Promise<object>,
): Promise<void> {
	if (await whenReady(client, msgid, act)) return;
	const { path, doc } = endpoints.massMessageMembers;
	throw new WeComApiError(DISPATCHING, '', path, doc);
}

/** Only WeCom's own word, or a request that surely never left, makes a failure certain. */
function isKnownFailure(error: unknown): boolean {
	if (
		!(error instanceof WeComError) ||
		surelyNotDone(error) ||
		error instanceof WeComCancelledError
	)
		return true;
	return error instanceof WeComApiError && error.errcode !== BUSY;
}

function toUnknownReminder(error: unknown): UnknownReminderError {
	const errcode = error instanceof WeComApiError ? error.errcode : undefined;
	return new UnknownReminderError(passOn(error).message, errcode);
}
