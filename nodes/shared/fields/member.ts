import type { ItemInput } from '../operation/operation';
import { locatorField, readLocator } from './locator';

/** A member of the company: from the list of those with customer contact, or by ID. */
export const memberField = locatorField({
	displayName: 'Member',
	name: 'member',
	description:
		'The member of your company who is asked to send the message, by user ID: WeCom does not tell names here',
	list: { method: 'searchMembers', placeholder: 'Select a member…' },
	idPlaceholder: 'e.g. lin',
});

/** @throws WeComInputError when no member is chosen */
export function readMember(item: ItemInput): string {
	return readLocator(item, memberField, { problem: 'No member is chosen' });
}
