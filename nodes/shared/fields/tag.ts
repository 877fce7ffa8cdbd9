import type { INodeProperties } from 'n8n-workflow';

import { MAX_TAG_ORDER, TAG_NAME_CHARACTERS } from '../client/tags/limits';
import type { ItemInput } from '../operation/operation';
import type { Field } from './field';
import { read, shownWhen } from './field';
import { checkName, cleanName } from './ids';
import { choiceField, filled, textField } from './kinds';
import { readNames } from './lists';
import { locatorField } from './locator';
import { asNumber, asText } from './read';
import { checkCharacters } from './textLimits';

/** Corp tags, chosen from a list or named by an expression. */
export const tagNamesField: Field<string[]> = {
	property: {
		displayName: 'Tag Names or IDs',
		name: 'tags',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getTags' },
		default: [],
		hint: 'By expression: ID, name, or Group: Name',
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	parse: readNames,
};

/** A corp tag: from the library, or by ID. */
export const tagField = locatorField({
	displayName: 'Tag',
	name: 'tag',
	description: 'A tag of your corporation. An app can change only the tags that it created.',
	list: { method: 'searchTags', placeholder: 'Select a tag…' },
	idPlaceholder: 'e.g. etTTTT1',
	kind: 'tag',
});

/** A group of corp tags: from the library, or by ID. */
export const tagGroupField = locatorField({
	displayName: 'Tag Group',
	name: 'tagGroup',
	description:
		'A tag group of your corporation. An app can change only the groups that it created.',
	list: { method: 'searchTagGroups', placeholder: 'Select a tag group…' },
	idPlaceholder: 'e.g. etGGGG1',
	kind: 'tagGroup',
});

const targetField = choiceField({
	displayName: 'Type',
	name: 'target',
	options: [
		{ name: 'Tag', value: 'tag' },
		{ name: 'Tag Group', value: 'group' },
	],
	default: 'tag',
	description: 'What the operation works on',
});

/** A tag or a whole group. */
export const tagOrGroupFields = [
	targetField,
	shownWhen(targetField, ['tag'], tagField),
	shownWhen(targetField, ['group'], tagGroupField),
];

export function readTagOrGroup(item: ItemInput): { target: 'tag' | 'group'; id: string } {
	const target = read(item, targetField);
	return { target, id: read(item, target === 'tag' ? tagField : tagGroupField) };
}

type Texts = Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'required'>;

/** The name of one tag or tag group. */
export function tagNameField(texts: Texts): Field<string> {
	return filled({
		property: textField(texts).property,
		parse(value, label) {
			const name = cleanName(asText(value, label));
			checkName(name, label);
			checkCharacters(name, label, TAG_NAME_CHARACTERS);
			return name;
		},
	});
}

/** The place of a tag or tag group among the others. */
export function tagOrderField(texts: Texts): Field<number> {
	return {
		property: { ...texts, type: 'number', typeOptions: { minValue: 0 }, default: 0 },
		parse: (value, label) => asNumber(value, label, { min: 0, max: MAX_TAG_ORDER, whole: true }),
	};
}
