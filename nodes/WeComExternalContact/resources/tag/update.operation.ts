import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { tagEndpoints } from '../../../shared/client/tags/endpoints';
import { WeComInputError } from '../../../shared/client/core/errors';
import { requestOptions } from '../../../shared/fields/options';
import { readOrder, readTagName } from '../../../shared/fields/tag';
import { readTagOrGroup, tagOrGroupFields } from '../../../shared/fields/tagOrGroup';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'Only the fields added here change',
	options: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'At most 30 characters, and not the name of another one',
		},
		{
			displayName: 'Order',
			name: 'order',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Place in the order; larger numbers come first',
		},
	],
};

/** Another name or place for a tag or a group. Doc 92117. */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a tag or tag group',
	description: 'Rename or reorder a tag or a tag group that the app created',
	fields: [...tagOrGroupFields, updateFields, requestOptions],
	execute: perItem(async function* (item, { client }) {
		const { target, id } = readTagOrGroup(item);
		const update = readUpdate(item);
		await client.call(tagEndpoints.editTag, { id, ...update });
		const { name, order } = update;
		yield {
			[`${target}_id`]: id,
			...(name === undefined ? {} : { [`${target}_name`]: name }),
			...(order === undefined ? {} : { order }),
		};
	}),
};

function readUpdate(item: ItemInput): { name?: string; order?: number } {
	const values = (item.parameter('updateFields') ?? {}) as IDataObject;
	const name = 'name' in values ? readTagName(values.name, 'Name') : undefined;
	const order = readOrder(values, 'order', 'Order');
	if (name !== undefined || order !== undefined) return { name, order };
	throw new WeComInputError('Nothing is to be changed', 'Add at least one of the Update Fields.');
}
