import { getCustomer } from '../../../shared/client/customers/customers';
import { customerField, readCustomer } from '../../../shared/fields/customer';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField, wantsSimple } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { singleCustomerRow } from './row';

/** One customer with all members who have it. Doc 92114. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a customer',
	description:
		'Read one customer and every member who has it as a contact, with remarks and tags, also the personal ones',
	fields: [customerField, simplifyField, requestOptions],
	execute: perItem(async function* (item, { client, timezone }) {
		const customer = await getCustomer(client, readCustomer(item));
		yield singleCustomerRow(customer, { timezone, simple: wantsSimple(item) });
	}),
};
