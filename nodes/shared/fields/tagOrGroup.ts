import type { INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../operation/operation';
import { readChoice } from './choice';
import { readTag, readTagGroup, tagField, tagGroupField } from './tag';

/** A tag or a whole group. */
export const tagOrGroupFields: INodeProperties[] = [
	{
		displayName: 'Object',
		name: 'target',
		type: 'options',
		options: [
			{ name: 'Tag', value: 'tag' },
			{ name: 'Tag Group', value: 'group' },
		],
		default: 'tag',
		description: 'What the operation is about',
	},
	{ ...tagField, displayOptions: { show: { target: ['tag'] } } },
	{ ...tagGroupField, displayOptions: { show: { target: ['group'] } } },
];

/** @throws WeComInputError when nothing is chosen */
export function readTagOrGroup(item: ItemInput): { target: 'tag' | 'group'; id: string } {
	const target = readChoice(item, 'target', 'Object', ['tag', 'group']);
	return { target, id: target === 'tag' ? readTag(item) : readTagGroup(item) };
}
