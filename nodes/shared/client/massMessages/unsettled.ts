import type { WeComClient } from '../core/client';
import { WeComInputError } from '../core/errors';
import type { MessageDraft } from './draft';
import { chatTypeOf } from './draft';
import type { Unsettled } from './processTasks';
import { processTasks } from './processTasks';
import { creationKey } from './taskKey';

/** Milliseconds before each look for a task that another execution requested without getting an answer. */
const UNSETTLED_LOOK_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 8_000];

/** Milliseconds after which a task that WeCom's list doesn't show does not exist (assumed; the list may lag). */
const LISTED_WITHIN_MS = 120_000;

/**
 * Looks for the tasks of other executions in this process that got no answer and may be for the same recipients as a
 * draft. Once WeCom lists one, it counts like any other.
 *
 * @param ours the memo of this execution
 * @param isListed looks for one in WeCom's list
 * @throws WeComInputError when WeCom doesn't list one that may still appear
 */
export async function settleOthers(
	client: WeComClient,
	draft: MessageDraft,
	ours: object,
	isListed: (other: Unsettled) => Promise<boolean>,
): Promise<void> {
	for (const other of processTasks.unsettledOf(client.account, creationKey(draft), ours)) {
		if (!mayShareRecipients(other.draft, draft)) continue;
		if (!(await appears(client, async () => await isListed(other)))) {
			const age = client.clock.now() - other.firstAttemptAt;
			if (age < LISTED_WITHIN_MS) throw mayExist(other, LISTED_WITHIN_MS - age);
		}
		processTasks.settle(other);
	}
}

async function appears(client: WeComClient, look: () => Promise<boolean>): Promise<boolean> {
	for (const delay of UNSETTLED_LOOK_DELAYS_MS) {
		await client.clock.sleep(delay);
		if (await look()) return true;
	}
	return false;
}

/** Whether two tasks may be for the same recipient: anybody may be, where WeCom chooses. */
function mayShareRecipients(a: MessageDraft, b: MessageDraft): boolean {
	if (chatTypeOf(a) !== chatTypeOf(b)) return false;
	if (!('ids' in a.recipients && 'ids' in b.recipients)) return true;
	const ids = new Set(a.recipients.ids);
	return b.recipients.ids.some((id) => ids.has(id));
}

function mayExist({ draft }: Unsettled, waitMs: number): WeComInputError {
	const sender = draft.sender === undefined ? '' : ` for member ${draft.sender}`;
	return new WeComInputError(
		'Another execution may already have created a task with this message',
		`That execution requested a task${sender} and got no answer, and WeCom's list does not show it so far. This execution created nothing. Check Message > List, or run it again in ${Math.ceil(waitMs / 60_000)} minutes: it creates the task only if there is none by then.`,
	);
}
