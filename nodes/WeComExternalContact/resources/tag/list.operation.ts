import { TagLibrary } from '../../../shared/client/tags/tags';
import { readChoice } from '../../../shared/fields/choice';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { groupRow, tagRow } from './row';

/** The tag library of the corp. Doc 92117. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List tags',
	description: 'List the tags of the corporation with their groups',
	fields: [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'One Item per Group', value: 'groups', description: 'With all tags of the group' },
				{ name: 'One Item per Tag', value: 'tags', description: 'With the group of the tag' },
			],
			default: 'tags',
		},
		...listFields,
		requestOptions,
	],
	execute: perItem(async function* (item, { client, timezone }) {
		const limit = readLimit(item);
		const output = readChoice(item, 'output', 'Output', ['groups', 'tags']);
		const library = await TagLibrary.read(client);
		const rows =
			output === 'groups'
				? library.groups.map((group) => groupRow(group, timezone))
				: [...library.all()].map((entry) => tagRow(entry, timezone));
		yield* take(rows, limit);
	}),
};
