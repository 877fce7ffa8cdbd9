import { WeComInputError } from '../../../shared/client/core/errors';
import { lazily } from '../../../shared/client/core/utils';
import { deleteTags, TagLibrary } from '../../../shared/client/tags/tags';
import type { CorpTag, CorpTagGroup } from '../../../shared/client/tags/types';
import { operationNotice } from '../../../shared/fields/notice';
import { requestOptions } from '../../../shared/fields/options';
import { readTagOrGroup, tagOrGroupFields } from '../../../shared/fields/tag';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';

/** Deletes a tag or a whole tag group from the library. Doc 92117. */
export const deleteTag: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a tag or tag group',
	description:
		'Delete a tag or tag group of the app. All customers lose the tags, and you cannot undo it.',
	fields: [
		operationNotice(
			'A tag group loses all its tags, and it disappears with its last tag. Only what the app created can be deleted.',
		),
		...tagOrGroupFields,
		requestOptions,
	],
	async *execute(context) {
		const { client, hint, calledByAgent } = context;
		// Only before it is gone does WeCom say what is in it.
		const library = lazily(async () => await TagLibrary.read(client));
		const deleted = new Set<string>();
		const left = (group: CorpTagGroup) => group.tag.filter(({ id }) => !deleted.has(id));

		yield* perItem(async function* (item) {
			const { target, id } = readTagOrGroup(item);
			// Retry On Fail would not find what earlier items have deleted.
			const key = JSON.stringify(['delete tags', item.index, target, id]);
			const row = await onceOf(context).run(
				key,
				async () => await (target === 'tag' ? removeTag(id) : removeGroup(id)),
				{ cacheSuccess: !calledByAgent },
			);
			if (target === 'tag' && row.group_deleted) {
				hint(`The tag group "${row.group_name}" disappeared with its last tag.`, 'warning');
			}
			yield row;
		})(context);

		async function removeTag(id: string): Promise<DeletedRow> {
			const { tag, group } = (await library()).get(id) ?? {};
			if (!tag || !group || deleted.has(id)) throw notFound('tag', id);
			const last = left(group).length === 1;
			await deleteTags(client, { tag_id: [id] });
			deleted.add(id);
			return deletedRow(group, [tag], last);
		}

		async function removeGroup(id: string): Promise<DeletedRow> {
			const group = (await library()).groups.find(({ group_id }) => group_id === id);
			const tags = group ? left(group) : [];
			if (!group || tags.length === 0) throw notFound('tag group', id);
			await deleteTags(client, { group_id: [id] });
			for (const tag of tags) deleted.add(tag.id);
			return deletedRow(group, tags, true);
		}
	},
};

type DeletedRow = ReturnType<typeof deletedRow>;

function deletedRow(group: CorpTagGroup, tags: readonly CorpTag[], groupGone: boolean) {
	return {
		group_id: group.group_id,
		group_name: group.group_name,
		group_deleted: groupGone,
		deleted_tag_count: tags.length,
		deleted_tag_id: tags.map(({ id }) => id),
		deleted_tag_name: tags.map(({ name }) => name),
	};
}

function notFound(thing: string, id: string): WeComInputError {
	return new WeComInputError(
		`There is no ${thing} with the ID "${id}"`,
		'It may have been deleted already. Choose from the list, or take the ID from Tag > List: this field does not accept names.',
	);
}
