import { locatorField } from './locator';

/** A customer: from the list of the chosen member's customers, or by ID. */
export const customerField = locatorField({
	displayName: 'Customer',
	name: 'customer',
	description: 'The customer, by the external user ID that your corporation sees',
	list: { method: 'searchCustomers', placeholder: 'Select a customer…' },
	idPlaceholder: 'e.g. wmAAAA1',
	kind: 'customer',
});
