import type { INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../operation';
import { readChoice } from './choice';
import { readTag, readTagGroup, tagField, tagGroupField } from './tag';

/** A tag or a whole group. */
export const tagOrGroupFields: INodeProperties[] = [
	{
		displayName: 'Of',
		name: 'of',
		type: 'options',
		options: [
			{ name: 'Tag', value: 'tag' },
			{ name: 'Tag Group', value: 'group' },
		],
		default: 'tag',
		description: 'What the operation is about',
	},
	{ ...tagField, displayOptions: { show: { of: ['tag'] } } },
	{ ...tagGroupField, displayOptions: { show: { of: ['group'] } } },
];

/** @throws WeComInputError when nothing is chosen */
export function readTagOrGroup(item: ItemInput): { of: 'tag' | 'group'; id: string } {
	const of = readChoice(item, 'of', 'Of', ['tag', 'group']);
	return { of, id: of === 'tag' ? readTag(item) : readTagGroup(item) };
}
