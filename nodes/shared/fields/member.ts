import { distinctMembers } from '../client/customers/members';
import type { ItemInput } from '../operation/operation';
import type { Field } from './field';
import { read, shownWhen } from './field';
import { filled } from './kinds';
import { readIds } from './lists';
import { locatorField } from './locator';

/** A member of the company: from the list of those with customer contact, or by ID. */
export const memberField = locatorField({
	displayName: 'Member',
	name: 'member',
	description:
		'The member of your company who is asked to send the message, by user ID: WeCom does not give names here',
	list: { method: 'searchMembers', placeholder: 'Select a member…' },
	idPlaceholder: 'e.g. lin',
	kind: 'member',
});

/** Several members of the company; two spellings of one user ID are one. */
export const membersField: Field<string[]> = {
	property: {
		displayName: 'Member Names or IDs',
		name: 'members',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getMembers' },
		default: [],
		required: true,
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	parse: (value, label) => distinctMembers(readIds(value, label, 'member')),
};

/** Whether a list covers all members or chosen ones. */
type Scope = Field<'all' | 'chosen'>;

const chosenMembers = filled(membersField, {
	remedy: 'Choose members, or list those of all members.',
});

/** The members that a list is narrowed to. */
export function chosenMembersField(scope: Scope): Field<string[]> {
	return shownWhen(scope, ['chosen'], chosenMembers);
}

/**
 * User IDs of the chosen members; undefined for all.
 *
 * @throws WeComInputError when none is chosen where some should be: that never means all of them
 */
export function readChosenMembers(item: ItemInput, scope: Scope): string[] | undefined {
	return read(item, scope) === 'all' ? undefined : read(item, chosenMembers);
}
