import type { Field } from './field';
import { readIds } from './lists';
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

/** Customer groups of the member whom the field `member` holds. */
export const ownedCustomerGroupsField: Field<string[]> = {
	property: {
		displayName: 'Customer Group Names or IDs',
		name: 'ownedChatIds',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: 'getCustomerGroups',
			loadOptionsDependsOn: ['member.value'],
		},
		default: [],
		required: true,
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	parse: (value, label) => readIds(value, label, 'chat'),
};
