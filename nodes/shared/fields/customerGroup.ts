import type { ItemInput } from '../operation/operation';
import { locatorField, readLocator } from './locator';

/** A customer group: from the list, or by its chat ID. */
export const customerGroupField = locatorField({
	displayName: 'Customer Group',
	name: 'chat',
	description: 'The group chat with customers, as the chat ID that this corporation sees',
	list: { method: 'searchCustomerGroups', placeholder: 'Select a customer group…' },
	idPlaceholder: 'e.g. wrCCCC1',
});

/** @throws WeComInputError when no group is chosen */
export function readCustomerGroup(item: ItemInput): string {
	return readLocator(item, customerGroupField, { problem: 'No customer group is chosen' });
}
