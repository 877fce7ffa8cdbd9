import { createTags } from '../../../shared/client/tags/tags';
import type { AddCorpTagRequest } from '../../../shared/client/tags/types';
import { optional, read, readOption, shownWhen } from '../../../shared/fields/field';
import { choiceField, filled, nameListField } from '../../../shared/fields/kinds';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { tagGroupField, tagNameField, tagOrderField } from '../../../shared/fields/tag';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { tagRow } from './row';

const addToField = choiceField({
	displayName: 'Add To',
	name: 'into',
	options: [
		{ name: 'Existing Group', value: 'existing' },
		{
			name: 'New Group',
			value: 'new',
			description: 'If a group with that name exists, the tags are added to it',
		},
	],
	default: 'existing',
	description: 'Every tag belongs to a group',
});

const groupNameField = tagNameField({
	displayName: 'Group Name',
	name: 'groupName',
	required: true,
	description: 'At most 30 characters',
});

const newNamesField = filled(
	nameListField({
		displayName: 'Tag Names',
		name: 'tagNames',
		required: true,
		placeholder: 'e.g. Gold, Silver',
		description:
			'Names separated by commas or line breaks, or an expression that returns an array. At most 30 characters each.',
	}),
);

/** One of the names in the list. */
const oneName = tagNameField(newNamesField.property);

const groupOrderOption = optional(
	tagOrderField({
		displayName: 'Group Order',
		name: 'groupOrder',
		description: 'Place of a new group among the groups; larger numbers come first',
	}),
);

const orderOption = optional(
	tagOrderField({
		displayName: 'Order',
		name: 'order',
		description: 'Place of the tags in their group; larger numbers come first',
	}),
);

/** New corp tags, in a group that exists or a new one. Doc 92117. */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create tags',
	description: 'Create tags in a tag group, or a new group with tags. Returns one item per tag.',
	fields: [
		addToField,
		shownWhen(addToField, ['existing'], tagGroupField),
		shownWhen(addToField, ['new'], groupNameField),
		newNamesField,
		optionsField([groupOrderOption, orderOption, requestTimeoutOption]),
	],
	execute: perItem(async function* (item, context) {
		const { client, timezone, calledByAgent } = context;
		const request = readRequest(item);
		// On Retry On Fail, WeCom would say that the tags of earlier items exist already.
		const key = JSON.stringify(['create tags', item.index, request]);
		const group = await onceOf(context).run(key, async () => await createTags(client, request), {
			cacheSuccess: !calledByAgent,
		});
		for (const tag of group.tag) yield tagRow({ tag, group }, timezone);
	}),
};

function readRequest(item: ItemInput): AddCorpTagRequest {
	const names = read(item, newNamesField);
	const order = readOption(item, orderOption);
	const tag = names.map((name) => ({ name: oneName.parse(name, `The tag "${name}"`), order }));
	if (read(item, addToField) === 'existing') return { group_id: read(item, tagGroupField), tag };
	return {
		group_name: read(item, groupNameField),
		order: readOption(item, groupOrderOption),
		tag,
	};
}
