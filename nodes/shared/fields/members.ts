import type { INodeProperties } from 'n8n-workflow';

import { distinctMembers } from '../client/customers/members';
import type { ItemInput } from '../operation/operation';
import { readChoice } from './choice';
import { readIds } from './lists';
import { nothingIn } from './read';

/** Several members of the company. */
export const membersField: INodeProperties = {
	displayName: 'Member Names or IDs',
	name: 'members',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getMembers' },
	default: [],
	required: true,
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** The members that a list is narrowed to; shown when the field `scope` says so. */
export function chosenMembersField(scope: string): INodeProperties {
	return { ...membersField, displayOptions: { show: { [scope]: ['chosen'] } } };
}

/**
 * User IDs of the chosen members; undefined for all.
 *
 * @throws WeComInputError when members were to be chosen and none is: that never means all of them
 */
export function readChosenMembers(
	item: ItemInput,
	scope: string,
	label: string,
): string[] | undefined {
	if (readChoice(item, scope, label, ['all', 'chosen']) === 'all') return undefined;
	const members = distinctMembers(readIds(item.parameter('members'), label));
	if (members.length > 0) return members;
	throw nothingIn('No member is chosen', 'Choose members, or list those of all members.');
}
