import { SESSION_STATE } from '../../../shared/client/customerService/names';
import { read, shownWhen, variant } from '../../../shared/fields/field';
import { choiceField } from '../../../shared/fields/kinds';
import { operationNotice } from '../../../shared/fields/notice';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { servicerField } from '../../../shared/fields/servicer';
import { readSession, sessionFields } from '../../../shared/fields/serviceSession';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { messageToCustomerOption, transfer } from './transfer';

const assignToField = choiceField({
	displayName: 'Assign To',
	name: 'assignTo',
	options: [
		{
			name: 'Pool',
			value: 'pool',
			description: 'The customer waits until a servicer takes the session',
		},
		{ name: 'Servicer', value: 'servicer', description: 'A member who is receiving customers' },
	],
	default: 'pool',
	description: 'Who talks with the customer from now on',
});

const receivingServicer = variant(servicerField, {
	description: 'The member who takes the session. Must serve the account and be receiving.',
});

/** Hands a session to a human. Doc 94669. */
export const assign: Operation = {
	name: 'Assign',
	value: 'assign',
	action: 'Assign a session to a human',
	description:
		'Hand the conversation to a human. From then on the API cannot send to the customer.',
	fields: [
		...sessionFields,
		assignToField,
		shownWhen(assignToField, ['servicer'], receivingServicer),
		operationNotice(
			'Message to the Customer (under Options) tells the customer. Without it, the msg_code in the output allows Message > Send on Event.',
		),
		optionsField([messageToCustomerOption, requestTimeoutOption]),
	],
	execute: perItem(async function* (item, context) {
		const session = readSession(item, context);
		yield read(item, assignToField) === 'pool'
			? await transfer(item, context, { ...session, service_state: SESSION_STATE.pool })
			: await transfer(item, context, {
					...session,
					service_state: SESSION_STATE.servicer,
					servicer_userid: read(item, servicerField),
				});
	}),
};
