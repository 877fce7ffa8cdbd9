import { WeComInputError } from '../core/errors';
import type { AddMsgTemplateRequest } from './types';

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

/** Looks at a task before it is created. */
export interface RecipientCheck {
	check(task: AddMsgTemplateRequest): Promise<Verdict>;
	/** The task exists now, for these recipients. */
	created?(recipients: readonly string[]): void;
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

export function stillDispatching(option: string): WeComInputError {
	return new WeComInputError(
		'WeCom is still handing out a task that has to be looked at first',
		`Run again in a minute, or switch off ${option}.`,
	);
}
