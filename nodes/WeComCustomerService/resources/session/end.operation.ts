import { requestOptions } from '../../../shared/fields/options';
import { readSession, sessionFields } from '../../../shared/fields/serviceSession';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { STATE, transfer } from './transfer';

/** Ends a session. Doc 94669. */
export const end: Operation = {
	name: 'End',
	value: 'end',
	action: 'End a session',
	description:
		'End the conversation. The msg_code in the output allows one closing message within 20 seconds: Message > Send on Event. The next message of the customer opens a new session.',
	fields: [...sessionFields, requestOptions],
	execute: perItem(async function* (item, context) {
		yield await transfer(item, context, {
			...readSession(item, context),
			service_state: STATE.ended,
		});
	}),
};
