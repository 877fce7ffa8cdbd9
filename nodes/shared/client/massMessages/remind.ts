import type { WeComClient } from '../core/client';
import { withUnknownOutcome } from '../core/unknownOutcome';
import { massMessageEndpoints } from './endpoints';
import { MAX_REMINDERS_PER_DAY } from './limits';
import { onceHandedOut } from './status';

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
				`You may leave it at that. Reminding them again may use up one more of the ${MAX_REMINDERS_PER_DAY} reminders in 24 hours.`,
			),
	);
}
