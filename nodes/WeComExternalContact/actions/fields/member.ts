import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import type { ItemInput } from '../operation';

/** A member of the company: from the list of those with customer contact, or by ID. */
export const memberField: INodeProperties = {
	displayName: 'Member',
	name: 'member',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The member of your company who is asked to send the message',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a member…',
			typeOptions: { searchListMethod: 'searchMembers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. lin',
		},
	],
};

/** @throws WeComInputError when no member is chosen */
export function readMember(item: ItemInput): string {
	const member = item.locator('member');
	if (member === '') {
		throw new WeComInputError(
			'No member is chosen',
			'Fill in Member. If it is an expression, it resolved to nothing for this item.',
		);
	}
	return member;
}
