import { locatorField } from './locator';

/** A customer group: from the list, or by its chat ID. */
export const customerGroupField = locatorField({
	displayName: 'Customer Group',
	name: 'chat',
	description: 'The customer group, by the chat ID that your corporation sees',
	list: { method: 'searchCustomerGroups', placeholder: 'Select a customer group…' },
	idPlaceholder: 'e.g. wrCCCC1',
	kind: 'chat',
});
