import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import { createTags } from '../../../shared/client/tags/tags';
import type { AddCorpTagRequest } from '../../../shared/client/tags/types';
import { readChoice } from '../../../shared/fields/choice';
import { readNames } from '../../../shared/fields/lists';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { readOrder, readTagGroup, readTagName, tagGroupField } from '../../../shared/fields/tag';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { tagRow } from './row';

const fields: INodeProperties[] = [
	{
		displayName: 'Add To',
		name: 'into',
		type: 'options',
		options: [
			{ name: 'Existing Group', value: 'existing' },
			{
				name: 'New Group',
				value: 'new',
				description: 'If a group of that name exists, the tags are added to it',
			},
		],
		default: 'existing',
		description: 'Every tag belongs to a group',
	},
	{ ...tagGroupField, displayOptions: { show: { into: ['existing'] } } },
	{
		displayName: 'Group Name',
		name: 'groupName',
		type: 'string',
		default: '',
		required: true,
		description: 'At most 30 characters',
		displayOptions: { show: { into: ['new'] } },
	},
	{
		displayName: 'Tag Names',
		name: 'tagNames',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Gold, Silver',
		description:
			'Names with commas or line breaks between them, or an expression that gives an array. At most 30 characters each.',
	},
	optionsField([
		{
			displayName: 'Group Order',
			name: 'groupOrder',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Place of a new group among the groups; larger numbers come first',
		},
		{
			displayName: 'Order',
			name: 'order',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Place of the tags in their group; larger numbers come first',
		},
		requestTimeoutOption,
	]),
];

/** New corp tags, in a group that exists or a new one. Doc 92117. */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create tags',
	description: 'Create tags in a tag group, or a new group with tags. Returns one item per tag.',
	fields,
	execute: perItem(async function* (item, { client, once, timezone, calledByAgent }) {
		const request = readRequest(item);
		// Retry On Fail would be told that the tags of its earlier items exist already.
		const key = JSON.stringify(['create tags', item.index, request]);
		const group = await once.run(key, async () => await createTags(client, request), {
			cacheSuccess: !calledByAgent,
		});
		for (const tag of group.tag) yield tagRow({ tag, group }, timezone);
	}),
};

function readRequest(item: ItemInput): AddCorpTagRequest {
	const names = readNames(item.parameter('tagNames'), 'Tag Names');
	if (names.length === 0) {
		throw new WeComInputError(
			'No tag is named',
			'Fill in Tag Names. If it is an expression, it resolved to nothing for this item.',
		);
	}
	const options = (item.parameter('options') ?? {}) as IDataObject;
	const order = readOrder(options, 'order', 'Order');
	const tag = names.map((name) => ({ name: readTagName(name, `The tag "${name}"`), order }));
	if (readChoice(item, 'into', 'Add To', ['existing', 'new']) === 'existing') {
		return { group_id: readTagGroup(item), tag };
	}
	return {
		group_name: readTagName(item.parameter('groupName'), 'Group Name'),
		order: readOrder(options, 'groupOrder', 'Group Order'),
		tag,
	};
}
