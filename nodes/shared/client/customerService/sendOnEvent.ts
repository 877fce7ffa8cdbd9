import type { WeComClient } from '../core/client';
import { asError, WeComApiError } from '../core/errors';
import { isOutcomeKnown } from '../core/retry';
import { customerServiceEndpoints } from './endpoints';
import type { MessageOutcome } from './replyOutcome';
import { notSentBecause } from './replyOutcome';
import type { SendOnEventRequest } from './types';

/**
 * Sends the one message that the code of an event allows (doc 95122). A lost answer is never sent again: WeCom would
 * only say that the code was used.
 *
 * @throws WeComError for what is no outcome of a conversation, such as a code that is too old
 */
export async function sendOnEvent(
	client: WeComClient,
	request: SendOnEventRequest,
): Promise<MessageOutcome> {
	try {
		await client.call(customerServiceEndpoints.sendOnEvent, request);
		return { state: 'sent' };
	} catch (error) {
		if (!isOutcomeKnown(error)) {
			return { state: 'unknown', reason: 'answer_lost', error: asError(error) };
		}
		const notSent = notSentBecause(error);
		if (notSent) return notSent;
		throw asError(withAdvice(error));
	}
}

/** What WeCom says of a code that it does not take is not documented (doc 95122). */
function withAdvice(error: unknown): unknown {
	if (!(error instanceof WeComApiError && error.kind === 'input')) return error;
	return error.advising(
		'Maybe the event code was used before or is too old: it allows one message, within 20 seconds after the customer entered or the session ended, else within 48 hours.',
	);
}
