import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import type { ItemInput } from '../operation';

/** A customer group: from the list, or by its chat ID. */
export const customerGroupField: INodeProperties = {
	displayName: 'Customer Group',
	name: 'chat',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The group chat with customers, as the chat ID that this corporation sees',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a customer group…',
			typeOptions: { searchListMethod: 'searchCustomerGroups', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. wrCCCC1',
		},
	],
};

/** @throws WeComInputError when no group is chosen */
export function readCustomerGroup(item: ItemInput): string {
	const chatId = item.locator('chat');
	if (chatId === '') {
		throw new WeComInputError(
			'No customer group is chosen',
			'Fill in Customer Group. If it is an expression, it resolved to nothing for this item.',
		);
	}
	return chatId;
}
