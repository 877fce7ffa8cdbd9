import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import { MAX_TAG_ORDER, TAG_NAME_CHARACTERS } from '../client/tags/limits';
import type { ItemInput } from '../operation/operation';
import { locatorField, readLocator } from './locator';
import { readCharacters } from './textLimits';
import { nothingIn } from './read';

/** Corp tags, chosen from a list or, by an expression, named. */
export const tagNamesField: INodeProperties = {
	displayName: 'Tag Names or IDs',
	name: 'tags',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getTags' },
	default: [],
	hint: 'In place of an ID, an expression may also give the name of a tag, or Group: Tag where several groups have one of that name',
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** A corp tag: from the library, or by ID. */
export const tagField = locatorField({
	displayName: 'Tag',
	name: 'tag',
	description: 'A tag of the corporation. An app may change only the tags that it created.',
	list: { method: 'searchTags', placeholder: 'Select a tag…' },
	idPlaceholder: 'e.g. etTTTT1',
});

/** A group of corp tags: from the library, or by ID. */
export const tagGroupField = locatorField({
	displayName: 'Tag Group',
	name: 'tagGroup',
	description: 'A tag group of the corporation. An app may change only the groups that it created.',
	list: { method: 'searchTagGroups', placeholder: 'Select a tag group…' },
	idPlaceholder: 'e.g. etGGGG1',
});

/** @throws WeComInputError when no tag is chosen */
export function readTag(item: ItemInput): string {
	return readLocator(item, tagField, { problem: 'No tag is chosen' });
}

/** @throws WeComInputError when no group is chosen */
export function readTagGroup(item: ItemInput): string {
	return readLocator(item, tagGroupField, { problem: 'No tag group is chosen' });
}

/** @throws WeComInputError when it is empty or too long */
export function readTagName(value: unknown, field: string): string {
	const name = readCharacters(value ?? '', field, TAG_NAME_CHARACTERS).trim();
	if (name !== '') return name;
	throw nothingIn(`${field} is empty`, 'Fill it in.');
}

/**
 * A field of a collection that holds a place in the order; undefined when it was not added.
 *
 * @throws WeComInputError when it is not a number that WeCom takes
 */
export function readOrder(values: IDataObject, name: string, field: string): number | undefined {
	if (!(name in values)) return undefined;
	const order = Number(values[name] ?? NaN);
	if (Number.isInteger(order) && order >= 0 && order <= MAX_TAG_ORDER) return order;
	throw new WeComInputError(
		`${field} is not a place in the order`,
		`Give a whole number from 0 to ${MAX_TAG_ORDER}; larger ones come first.`,
	);
}
