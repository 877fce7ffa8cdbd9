import { SESSION_STATE } from '../../../shared/client/customerService/names';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { readSession, sessionFields } from '../../../shared/fields/serviceSession';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { messageToCustomerOption, transfer } from './transfer';

/** Ends a session. Doc 94669. */
export const end: Operation = {
	name: 'End',
	value: 'end',
	action: 'End a session',
	description:
		'End the conversation. Message to the Customer says goodbye; without it, the msg_code in the output allows Message > Send on Event within 20 seconds. The next message of the customer opens a new session.',
	fields: [...sessionFields, optionsField([messageToCustomerOption, requestTimeoutOption])],
	execute: perItem(async function* (item, context) {
		yield await transfer(item, context, {
			...readSession(item, context),
			service_state: SESSION_STATE.ended,
		});
	}),
};
