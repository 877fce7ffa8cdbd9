import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { SESSION_STATES } from '../../../shared/client/customerService/names';
import { requestOptions } from '../../../shared/fields/options';
import { readSession, sessionFields } from '../../../shared/fields/serviceSession';
import { nameOf } from '../../../shared/operation/format';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

/** Who has a session. Doc 94669. */
export const getState: Operation = {
	name: 'Get State',
	value: 'getState',
	action: 'Get the state of a session',
	description:
		'See who talks with the customer. The API can send while it is new or with the assistant.',
	fields: [...sessionFields, requestOptions],
	execute: perItem(async function* (item, context) {
		const session = readSession(item, context);
		const { service_state, servicer_userid } = await context.client.call(
			customerServiceEndpoints.sessionState,
			session,
		);
		yield {
			...session,
			service_state,
			service_state_name: nameOf(SESSION_STATES, service_state),
			servicer_userid: servicer_userid || null,
		};
	}),
};
