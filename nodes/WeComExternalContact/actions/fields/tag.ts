import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import { MAX_TAG_ORDER, TAG_NAME_CHARACTERS } from '../../client/limits';
import type { ItemInput } from '../operation';
import { readCharacters } from './text';

/** Shown under fields that take tags by name. */
export const TAG_HINT =
	'An expression may give names as well as IDs. Where several groups have a tag of the same name, write Group: Tag.';

/** A corp tag: from the library, or by ID. */
export const tagField: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'A tag of the corporation. An app may change only the tags that it created.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a tag…',
			typeOptions: { searchListMethod: 'searchTags', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. etTTTT1',
		},
	],
};

/** A group of corp tags: from the library, or by ID. */
export const tagGroupField: INodeProperties = {
	displayName: 'Tag Group',
	name: 'tagGroup',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'A tag group of the corporation. An app may change only the groups that it created.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a tag group…',
			typeOptions: { searchListMethod: 'searchTagGroups', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. etGGGG1',
		},
	],
};

/** @throws WeComInputError when no tag is chosen */
export function readTag(item: ItemInput): string {
	return readChosen(item, 'tag', 'Tag', 'tag');
}

/** @throws WeComInputError when no group is chosen */
export function readTagGroup(item: ItemInput): string {
	return readChosen(item, 'tagGroup', 'Tag Group', 'tag group');
}

function readChosen(item: ItemInput, name: string, field: string, thing: string): string {
	const id = item.locator(name);
	if (id !== '') return id;
	throw new WeComInputError(
		`No ${thing} is chosen`,
		`Fill in ${field}. If it is an expression, it resolved to nothing for this item.`,
	);
}

/** @throws WeComInputError when it is empty or too long */
export function readTagName(value: unknown, field: string): string {
	const name = readCharacters(value ?? '', field, TAG_NAME_CHARACTERS).trim();
	if (name !== '') return name;
	throw new WeComInputError(
		`${field} is empty`,
		'Fill it in. If it is an expression, it resolved to nothing for this item.',
	);
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
