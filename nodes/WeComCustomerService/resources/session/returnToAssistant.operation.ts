import { SESSION_STATE } from '../../../shared/client/customerService/names';
import { requestOptions } from '../../../shared/fields/options';
import { readSession, sessionFields } from '../../../shared/fields/serviceSession';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { transfer } from './transfer';

/** Takes a new session for the API. Doc 94669. */
export const returnToAssistant: Operation = {
	name: 'Return to Assistant',
	value: 'returnToAssistant',
	action: 'Return a session to the assistant',
	description:
		'Let the API, such as an AI agent, talk in a new session. One with a servicer must end first.',
	fields: [...sessionFields, requestOptions],
	execute: perItem(async function* (item, context) {
		yield await transfer(item, context, {
			...readSession(item, context),
			service_state: SESSION_STATE.assistant,
		});
	}),
};
