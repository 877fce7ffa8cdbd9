import { TagLibrary } from '../../../shared/client/tags/tags';
import { read } from '../../../shared/fields/field';
import { choiceField } from '../../../shared/fields/kinds';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { tagGroupRow, tagRow } from './row';

const outputField = choiceField({
	displayName: 'Output',
	name: 'output',
	options: [
		{ name: 'One Item per Group', value: 'groups', description: 'With all tags of the group' },
		{ name: 'One Item per Tag', value: 'tags', description: 'With the group of the tag' },
	],
	default: 'tags',
});

/** The tag library of the corp. Doc 92117. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List tags',
	description: 'List the tags of your corporation with their groups',
	fields: [outputField, ...listFields, requestOptions],
	execute: perItem(async function* (item, { client, timezone }) {
		const limit = readLimit(item);
		const output = read(item, outputField);
		const library = await TagLibrary.read(client);
		const rows =
			output === 'groups'
				? library.groups.map((group) => tagGroupRow(group, timezone))
				: [...library.all()].map((entry) => tagRow(entry, timezone));
		yield* take(rows, limit);
	}),
};
