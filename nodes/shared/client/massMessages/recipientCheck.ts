import type { WeComClient } from '../core/client';
import { WeComInputError } from '../core/errors';
import type { MessageDraft } from './draft';
import { readTaskStatus } from './status';

/** Which of a task's recipients must not get it, and why. */
export interface Verdict {
	readonly skipped: readonly SkippedRecipient[];
	/** External user IDs that remain; undefined when nobody was skipped. */
	readonly left?: readonly string[];
	/** The msgid of a task that already covers this one entirely. */
	readonly duplicateOf?: string;
}

export interface SkippedRecipient {
	/** External user ID. */
	readonly id: string;
	readonly reason: 'already_created' | 'receive_limit' | 'tag';
}

/** A newly created task, and whom it reaches. */
export interface JustCreated {
	readonly msgid: string;
	readonly draft: MessageDraft;
	/** External user IDs; empty if WeCom chose them. */
	readonly reached: readonly string[];
}

/** Checks a task before it is created and, where other executions matter, again afterwards. */
export interface RecipientCheck {
	/** Creations with the same key wait for each other within this process. */
	turnOf?(draft: MessageDraft): string;
	check(draft: MessageDraft): Promise<Verdict>;
	/**
	 * Records a task that now exists, and checks whether another process created one at the same moment that would have
	 * prevented this one. The younger of the two must go. If that is the other one, this waits for its withdrawal: if it
	 * stays, its process checked too early to see this one.
	 *
	 * @returns the msgid of a task that stays, in which case this one must go
	 */
	rivalOf?(created: JustCreated): Promise<string | undefined>;
	/**
	 * Finds equal tasks next to a recovered one. When two processes created the same task, the one that lost its response
	 * can't tell which is its own; the other process keeps the older one.
	 *
	 * @param firstAttemptAt milliseconds of this server's clock
	 * @returns the msgids of the tasks that must go
	 */
	surplusBeside?(recovered: JustCreated, firstAttemptAt: number): Promise<readonly string[]>;
	/** Called when the task was cancelled again. */
	withdrawn?(created: JustCreated): void;
}

export const NOBODY: Verdict = { skipped: [] };

export function skipping(
	wanted: readonly string[],
	reason: SkippedRecipient['reason'],
	isSkipped: (id: string) => boolean,
): Verdict {
	const skipped = wanted.filter(isSkipped);
	if (skipped.length === 0) return NOBODY;
	return {
		skipped: skipped.map((id) => ({ id, reason })),
		left: wanted.filter((id) => !isSkipped(id)),
	};
}

/** Whether a task is older than another. Within the same second, the smaller msgid counts as older. */
export function isOlder(
	a: { readonly createdAt: number; readonly msgid: string },
	b: { readonly createdAt: number; readonly msgid: string },
): boolean {
	return a.createdAt === b.createdAt ? a.msgid < b.msgid : a.createdAt < b.createdAt;
}

/** Milliseconds between checks for whether another process withdraws its task. */
const WITHDRAWAL_DELAYS_MS = [500, 1_000, 2_000];

/** Waits for another process to withdraw its task; false if it doesn't. */
export async function isWithdrawn(client: WeComClient, msgid: string): Promise<boolean> {
	for (const delay of WITHDRAWAL_DELAYS_MS) {
		await client.clock.sleep(delay);
		if ((await readTaskStatus(client, msgid)).state === 'cancelled') return true;
	}
	return false;
}

export function stillDispatching(option: string): WeComInputError {
	return new WeComInputError(
		'WeCom is still handing out a task that must be checked first',
		`Run it again in a minute, or turn off ${option}.`,
	);
}
