import type { SessionId } from '../client/customerService/types';
import type { ItemInput } from '../operation/operation';
import { read } from './field';
import { filled, idField } from './kinds';
import { accountOfItemField } from './serviceAccount';

const customerField = filled(
	idField({
		kind: 'customer',
		displayName: 'Customer',
		name: 'customer',
		required: true,
		default: '={{ $json.external_userid }}',
		placeholder: 'e.g. wmAAAA1',
		description:
			'The customer, by the external_userid that the trigger gives. After another node, take it from the trigger by an expression.',
	}),
	{ remedy: 'Take it from the trigger.' },
);

/** A session of customer service: an account and a customer. */
export const sessionFields = [accountOfItemField, customerField];

export function readSession(item: ItemInput): SessionId {
	return {
		open_kfid: read(item, accountOfItemField),
		external_userid: read(item, customerField),
	};
}
