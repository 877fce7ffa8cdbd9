import { SESSION_STATE } from '../../../shared/client/customerService/names';
import { operationNotice } from '../../../shared/fields/notice';
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
	description: 'End the conversation. The next message of the customer opens a new session.',
	fields: [
		...sessionFields,
		operationNotice(
			'Message to the Customer (under Options) says goodbye. Without it, the msg_code in the output allows Message > Send on Event within 20 seconds.',
		),
		optionsField([messageToCustomerOption, requestTimeoutOption]),
	],
	execute: perItem(async function* (item, context) {
		yield await transfer(item, context, {
			...readSession(item, context),
			service_state: SESSION_STATE.ended,
		});
	}),
};
