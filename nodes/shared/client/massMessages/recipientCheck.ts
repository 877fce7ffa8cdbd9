import type { WeComClient } from '../core/client';
import { WeComInputError } from '../core/errors';
import type { MessageDraft } from './draft';
import { readTaskStatus } from './status';

/** Who of a task's recipients must not get it, and why. */
export interface Verdict {
	readonly skipped: readonly SkippedRecipient[];
	/** External user IDs that are left; undefined when nobody was skipped. */
	readonly left?: readonly string[];
	/** The task as a whole exists already: its msgid. */
	readonly duplicateOf?: string;
}

export interface SkippedRecipient {
	/** External user ID. */
	readonly id: string;
	readonly reason: 'already_created' | 'receive_limit';
}

/** A task that was just created, and whom it reaches. */
export interface JustCreated {
	readonly msgid: string;
	readonly draft: MessageDraft;
	/** External user IDs; empty where WeCom chose them. */
	readonly reached: readonly string[];
}

/** Looks at a task before it is created, and again after. */
export interface RecipientCheck {
	/** Creations with the same key wait for each other within this process. */
	turnOf(draft: MessageDraft): string;
	check(draft: MessageDraft): Promise<Verdict>;
	/**
	 * Takes note of a task that exists now, and looks whether another process created one at the same moment that
	 * would have kept this one from being created. The younger of the two has to go. Where that is the other one, it
	 * is waited for: if it stays, its process looked too early to see this one.
	 *
	 * @returns the msgid of a task that stays, so that this one has to go
	 */
	rivalOf(created: JustCreated): Promise<string | undefined>;
	/**
	 * Equal tasks beside one that was recovered: of two processes that created the same, the one that lost its
	 * response cannot tell which of the two is its own, and the other one keeps the older.
	 *
	 * @param firstAttemptAt milliseconds of this server's clock
	 * @returns the msgids of those that have to go
	 */
	surplusBeside?(recovered: JustCreated, firstAttemptAt: number): Promise<readonly string[]>;
	/** The task was cancelled again. */
	withdrawn(created: JustCreated): void;
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

/** Whether a task is older than another; of two of the same second the smaller msgid counts as the older one. */
export function isOlder(
	a: { readonly createdAt: number; readonly msgid: string },
	b: { readonly createdAt: number; readonly msgid: string },
): boolean {
	return a.createdAt === b.createdAt ? a.msgid < b.msgid : a.createdAt < b.createdAt;
}

/** Milliseconds between looks whether another process withdraws its task. */
const WITHDRAWAL_DELAYS_MS = [500, 1_000, 2_000];

/** Waits until another process has withdrawn its task; false when it does not. */
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
