import type { IDataObject } from 'n8n-workflow';

import { asError } from '../../../shared/client/core/errors';
import { withUnknownOutcome } from '../../../shared/client/core/unknownOutcome';
import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { MAX_TEXT_BYTES } from '../../../shared/client/customerService/limits';
import { SESSION_STATES } from '../../../shared/client/customerService/names';
import type { MessageOutcome } from '../../../shared/client/customerService/replyOutcome';
import { noEventCode } from '../../../shared/client/customerService/replyOutcome';
import { sendOnEvent } from '../../../shared/client/customerService/sendOnEvent';
import type { TransferSessionRequest } from '../../../shared/client/customerService/types';
import { optional, readOption } from '../../../shared/fields/field';
import { textField } from '../../../shared/fields/kinds';
import { nameOf } from '../../../shared/operation/format';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';
import { onceOf } from '../../../shared/operation/operation';
import { messageIdsOf } from '../message/origin';
import { outcomeFields } from '../message/outcome';

/** WeCom allows one message with the code that it gives when a session changes (doc 94669). */
export const messageToCustomerOption = optional(
	textField({
		displayName: 'Message to the Customer',
		name: 'messageToCustomer',
		rows: 3,
		maxBytes: MAX_TEXT_BYTES,
		placeholder: 'e.g. A colleague will be with you in a moment.',
		description:
			'A text that the customer gets once the session has changed: up to 2,048 bytes in UTF-8. It does not count among the 5 messages.',
	}),
	'',
);

/** Moves a session to another state (doc 94669), once in all tries of Retry On Fail, and tells the customer. */
export async function transfer(
	item: ItemInput,
	context: OperationContext,
	request: TransferSessionRequest,
): Promise<IDataObject> {
	const text = readOption(item, messageToCustomerOption);
	const key = JSON.stringify(['transfer session', item.index, request]);
	const { msg_code } = await onceOf(context).run(
		key,
		async () =>
			await withUnknownOutcome(
				async () => await context.client.call(customerServiceEndpoints.transferSession, request),
				'WeCom may or may not have changed the session',
				'Check Session > Get State. Change it again only if it is still as before.',
			),
		{ cacheSuccess: !context.calledByAgent },
	);
	return {
		...request,
		service_state_name: nameOf(SESSION_STATES, request.service_state),
		servicer_userid: request.servicer_userid ?? null,
		msg_code: msg_code ?? null,
		...(text !== '' && { message: await tell(item, context, { text, code: msg_code }) }),
	};
}

/** The session has changed, so whatever becomes of the message is an outcome and no error. */
async function tell(
	item: ItemInput,
	context: OperationContext,
	{ text, code }: { readonly text: string; readonly code: string | undefined },
): Promise<IDataObject> {
	if (!code) return { msgid: null, ...outcomeFields(noEventCode()) };
	const content = { msgtype: 'text', text: { content: text } } as const;
	const msgid = messageIdsOf(item, code, context)(content, 0);
	const send = async (): Promise<MessageOutcome> => {
		try {
			return await sendOnEvent(context.client, { code, msgid, ...content });
		} catch (error) {
			return { state: 'not_sent', reason: 'refused', error: asError(error) };
		}
	};
	const key = JSON.stringify(['tell of session', item.index, code]);
	return { msgid, ...outcomeFields(await onceOf(context).run(key, send)) };
}
