import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import type { ItemInput } from '../operation';

/** A customer: from the list of the chosen member's customers, or by ID. */
export const customerField: INodeProperties = {
	displayName: 'Customer',
	name: 'customer',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The customer, as the external user ID that this corporation sees',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a customer of the member…',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. wmAAAA1',
		},
	],
};

/** @throws WeComInputError when no customer is chosen */
export function readCustomer(item: ItemInput): string {
	const customer = item.locator('customer');
	if (customer === '') {
		throw new WeComInputError(
			'No customer is chosen',
			'Fill in Customer. If it is an expression, it resolved to nothing for this item.',
		);
	}
	return customer;
}
