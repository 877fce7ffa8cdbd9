import type { WeComClient } from '../core/client';
import { withUnknownOutcome } from '../core/unknownOutcome';
import { massMessageEndpoints } from './endpoints';
import { MAX_REMINDERS_PER_DAY } from './limits';
import { readMembers } from './records';
import { hasActed, onceHandedOut, unlessCancelled, whenReady } from './status';

/**
 * Reminds the members who have not sent a task yet (doc 97610). A second call would count as a second reminder, so a
 * call whose response was lost is not repeated.
 *
 * @returns false when all members have sent it, so there is nobody to remind
 * @throws WeComUnknownOutcomeError when the response was lost
 */
export async function remindMembers(client: WeComClient, msgid: string): Promise<boolean> {
	// A cancelled task names no members; the call itself reports that it is cancelled.
	const members = await unlessCancelled(
		async () => await whenReady(client, msgid, async () => await readMembers(client, msgid)),
	);
	if (members && members.length > 0 && members.every(hasActed)) return false;
	await onceHandedOut(
		client,
		msgid,
		async () =>
			await withUnknownOutcome(
				async () => await client.call(massMessageEndpoints.remindMembers, { msgid }),
				'WeCom may or may not have reminded the members',
				`You may leave it at that. Reminding them again may use up one more of the ${MAX_REMINDERS_PER_DAY} reminders in 24 hours.`,
			),
	);
	return true;
}
