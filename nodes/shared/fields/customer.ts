import type { ItemInput } from '../operation/operation';
import { locatorField, readLocator } from './locator';

/** A customer: from the list of the chosen member's customers, or by ID. */
export const customerField = locatorField({
	displayName: 'Customer',
	name: 'customer',
	description: 'The customer, as the external user ID that this corporation sees',
	list: { method: 'searchCustomers', placeholder: 'Select a customer…' },
	idPlaceholder: 'e.g. wmAAAA1',
});

/** @throws WeComInputError when no customer is chosen */
export function readCustomer(item: ItemInput): string {
	return readLocator(item, customerField, { problem: 'No customer is chosen' });
}
