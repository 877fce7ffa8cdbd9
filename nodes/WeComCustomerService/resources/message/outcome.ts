import type { IDataObject } from 'n8n-workflow';

import {
	asError,
	WeComApiError,
	WeComInputError,
	WeComError,
	WeComUnknownOutcomeError,
} from '../../../shared/client/core/errors';
import type { MessageOutcome } from '../../../shared/client/customerService/replyOutcome';
import { ifNotSentOption } from '../../../shared/fields/onEvent';

export const ifNotSent = ifNotSentOption({
	reason: "The item says 'state: not_sent' and why, and the workflow goes on",
	description:
		'What to do when the 5 messages or the 48 hours are over, a servicer has the session, or the answer of WeCom was lost',
});

/** How many messages of a reply WeCom has, and how many there are. */
interface Progress {
	readonly sent: number;
	readonly of: number;
}

/** @throws WeComError for a message that was not surely sent, if the builder wants an error */
export function throwIfNotSent(
	outcome: MessageOutcome,
	wanted: 'reason' | 'error',
	progress: Progress = { sent: 0, of: 1 },
): void {
	if (wanted === 'reason' || outcome.state === 'sent' || outcome.state === 'duplicate') return;
	if (outcome.state === 'not_sent') throw afterPart(asError(outcome.error), progress);
	throw new WeComUnknownOutcomeError(
		`WeCom may or may not have delivered ${progress.of === 1 ? 'the message' : `message ${progress.sent + 1} of ${progress.of}`}`,
		`${outcome.error.message}. Look at the chat before you send it again.`,
	);
}

/** The same failure, saying what the customer has got already. */
function afterPart(error: Error, { sent, of }: Progress): Error {
	if (sent === 0) return error;
	const got = `The customer has got ${sent} of ${of} messages.`;
	if (error instanceof WeComApiError) return error.advising(got);
	const remedy = error instanceof WeComError ? error.remedy : '';
	return new WeComInputError(error.message, `${got} ${remedy}`.trim());
}

export function outcomeFields(outcome: MessageOutcome, sent = 0): IDataObject {
	const { state } = outcome;
	return {
		state: state === 'not_sent' && sent > 0 ? 'partly_sent' : state,
		reason: 'reason' in outcome ? outcome.reason : null,
		explanation: 'error' in outcome ? explanationOf(outcome.error) : null,
	};
}

function explanationOf(error: Error): string {
	return error instanceof WeComError ? `${error.message}. ${error.remedy}` : error.message;
}
