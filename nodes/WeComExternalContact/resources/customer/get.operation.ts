import { getCustomer } from '../../../shared/client/customers/customers';
import { customerField } from '../../../shared/fields/customer';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { singleCustomerRow } from './row';

/** One customer with all members who have them as a contact. Doc 92114. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a customer',
	description: 'Get one customer and every member who has them as a contact, with remarks and tags',
	fields: [customerField, simplifyField, requestOptions],
	execute: perItem(async function* (item, { client, timezone }) {
		const customer = await getCustomer(client, read(item, customerField));
		yield singleCustomerRow(customer, { timezone, simple: read(item, simplifyField) });
	}),
};
