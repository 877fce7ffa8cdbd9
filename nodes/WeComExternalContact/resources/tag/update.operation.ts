import { tagEndpoints } from '../../../shared/client/tags/endpoints';
import { WeComInputError } from '../../../shared/client/core/errors';
import { labelOf, optional, read, readWithin } from '../../../shared/fields/field';
import { collectionField } from '../../../shared/fields/kinds';
import { requestOptions } from '../../../shared/fields/options';
import {
	readTagOrGroup,
	tagNameField,
	tagOrderField,
	tagOrGroupFields,
} from '../../../shared/fields/tag';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

const nameField = optional(
	tagNameField({
		displayName: 'Name',
		name: 'name',
		description: 'At most 30 characters, and not a name that is already taken',
	}),
);

const orderField = optional(
	tagOrderField({
		displayName: 'Order',
		name: 'order',
		description: 'Place in the order; larger numbers come first',
	}),
);

const updateFields = collectionField({
	displayName: 'Update Fields',
	name: 'updateFields',
	placeholder: 'Add Field',
	description: 'Only the fields you add are changed',
	fields: [nameField, orderField],
});

/** Another name or place for a tag or tag group. Doc 92117. */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a tag or tag group',
	description: 'Rename or reorder a tag or tag group that the app created',
	fields: [...tagOrGroupFields, updateFields, requestOptions],
	execute: perItem(async function* (item, { client }) {
		const { target, id } = readTagOrGroup(item);
		const { name, order } = readUpdate(item);
		await client.call(tagEndpoints.editTag, { id, name, order });
		yield {
			[`${target}_id`]: id,
			...(name !== undefined && { [`${target}_name`]: name }),
			...(order !== undefined && { order }),
		};
	}),
};

function readUpdate(item: ItemInput): { name?: string; order?: number } {
	const values = read(item, updateFields);
	const name = readWithin(values, nameField);
	const order = readWithin(values, orderField);
	if (name !== undefined || order !== undefined) return { name, order };
	throw new WeComInputError(
		'There is nothing to change',
		`Add at least one field under ${labelOf(updateFields)}.`,
	);
}
