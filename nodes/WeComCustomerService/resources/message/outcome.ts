import type { IDataObject } from 'n8n-workflow';

import { asError, WeComUnknownOutcomeError } from '../../../shared/client/core/errors';
import type { ReplyOutcome } from '../../../shared/client/customerService/sendReply';
import { optional } from '../../../shared/fields/field';
import { choiceField } from '../../../shared/fields/kinds';

export const ifNotSentOption = optional(
	choiceField({
		displayName: 'If Not Sent',
		name: 'ifNotSent',
		options: [
			{
				name: 'Return the Reason',
				value: 'reason',
				description: "The item says 'state: not_sent' and why, and the workflow goes on",
			},
			{ name: 'Throw an Error', value: 'error', description: 'The item fails' },
		],
		default: 'reason',
		description:
			'What to do when the 5 messages or the 48 hours are over, a servicer has the session, or the answer of WeCom was lost',
	}),
	'reason',
);

/** Failures as the builder wants them. */
export function throwIfNotSent(outcome: ReplyOutcome, ifNotSent: 'reason' | 'error'): void {
	if (ifNotSent === 'reason' || outcome.state === 'sent' || outcome.state === 'duplicate') return;
	if (outcome.state === 'not_sent') throw asError(outcome.error);
	throw new WeComUnknownOutcomeError(
		'WeCom may or may not have delivered the message',
		`${outcome.error.message}. Look at the chat before you send it again.`,
	);
}

export function outcomeFields(outcome: ReplyOutcome): IDataObject {
	return { state: outcome.state, reason: 'reason' in outcome ? outcome.reason : null };
}
