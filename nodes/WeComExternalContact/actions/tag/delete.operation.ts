import type { IDataObject } from 'n8n-workflow';

import { endpoints } from '../../client/endpoints';
import { WeComInputError } from '../../client/errors';
import { lazily } from '../../client/lazily';
import { TagLibrary } from '../../client/tags';
import type { CorpTag, CorpTagGroup } from '../../client/types';
import { optionsField, requestTimeoutOption } from '../fields/sendOptions';
import { readTagOrGroup, tagOrGroupFields } from '../fields/tagOrGroup';
import type { Operation } from '../operation';
import { perItem } from '../operation';

/** Takes a tag or a whole group out of the library. Doc 92117. */
export const deleteTag: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a tag or tag group',
	description:
		'Delete a tag, or a tag group with all its tags, that the app created. All customers lose the tags, which cannot be undone. A group disappears with its last tag.',
	fields: [...tagOrGroupFields, optionsField([requestTimeoutOption])],
	async *execute(context) {
		const { client, hint } = context;
		// What is in it is known only before it is gone.
		const library = lazily(async () => await TagLibrary.read(client));
		const deleted = new Set<string>();
		const left = (group: CorpTagGroup) => group.tag.filter(({ id }) => !deleted.has(id));

		yield* perItem(async function* (item) {
			const { of, id } = readTagOrGroup(item);
			const known = await library();
			if (of === 'tag') {
				const { tag, group } = known.get(id) ?? {};
				if (!tag || !group || deleted.has(id)) throw unknown('tag', id);
				const last = left(group).length === 1;
				await client.call(endpoints.deleteTags, { tag_id: [id] });
				deleted.add(id);
				if (last) hint(`The tag group "${group.group_name}" is gone with its last tag.`, 'warning');
				yield deletedRow(group, [tag], last);
			} else {
				const group = known.groups.find(({ group_id }) => group_id === id);
				const tags = group ? left(group) : [];
				if (!group || tags.length === 0) throw unknown('tag group', id);
				await client.call(endpoints.deleteTags, { group_id: [id] });
				for (const tag of tags) deleted.add(tag.id);
				yield deletedRow(group, tags, true);
			}
		})(context);
	},
};

function deletedRow(
	group: CorpTagGroup,
	tags: readonly CorpTag[],
	groupGone: boolean,
): IDataObject {
	return {
		group_id: group.group_id,
		group_name: group.group_name,
		group_deleted: groupGone,
		deleted_tag_count: tags.length,
		deleted_tag_id: tags.map(({ id }) => id),
		deleted_tag_name: tags.map(({ name }) => name),
	};
}

function unknown(thing: string, id: string): WeComInputError {
	return new WeComInputError(
		`There is no ${thing} with the ID "${id}"`,
		'It may be deleted already. Choose from the list, or take the ID from Tag > List: names are not accepted here.',
	);
}
