import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { endpoint } from '../core/endpoint';
import { idList } from '../core/fields';
import type { Corp } from '../world/corp';
import type { Tag, TagGroup } from './model';

/** Tags by group (doc 92117). With both lists tag_id is ignored; with neither, it is everything. */
export const getCorpTagList = endpoint({
	path: '/cgi-bin/externalcontact/get_corp_tag_list',
	method: 'POST',
	doc: 92117,
	emptyFields: { tag_group: [] },
	request: z.object({ tag_id: idList, group_id: idList }),
	handle({ corp }, { tag_id: tagIds, group_id: groupIds }) {
		if (groupIds?.length) {
			const groups = groupIds.map((groupId) => requireTagGroup(corp, groupId));
			return { tag_group: byOrder(groups).map((group) => tagGroupRow(group, group.tags, true)) };
		}
		if (tagIds?.length) return { tag_group: groupsOfTags(corp, tagIds) };
		const living = [...corp.tagGroups.values()].filter((group) => !group.deleted);
		return {
			tag_group: byOrder(living).map((group) =>
				tagGroupRow(
					group,
					group.tags.filter((tag) => !tag.deleted),
					false,
				),
			),
		};
	},
});

/** The groups of the wanted tags, each with those tags alone. */
function groupsOfTags(corp: Corp, tagIds: readonly string[]): object[] {
	const wanted = new Set(tagIds);
	for (const tagId of wanted) if (!corp.tags.has(tagId)) throw new ApiError(40068);
	const groups = [...corp.tagGroups.values()].filter((group) =>
		group.tags.some((tag) => wanted.has(tag.tagId)),
	);
	return byOrder(groups).map((group) =>
		tagGroupRow(
			group,
			group.tags.filter((tag) => wanted.has(tag.tagId)),
			true,
		),
	);
}

function requireTagGroup(corp: Corp, groupId: string): TagGroup {
	const group = corp.tagGroups.get(groupId);
	if (!group) throw new ApiError(40068);
	return group;
}

/** `deleted` is there only when asked by ID (doc 92117). */
function tagGroupRow(group: TagGroup, tags: readonly Tag[], byId: boolean): object {
	return {
		group_id: group.groupId,
		group_name: group.name,
		create_time: group.createTime,
		order: group.order,
		...(byId ? { deleted: group.deleted } : {}),
		tag: byOrder(tags).map((tag) => ({
			id: tag.tagId,
			name: tag.name,
			create_time: tag.createTime,
			order: tag.order,
			...(byId ? { deleted: tag.deleted } : {}),
		})),
	};
}

/** Larger first (doc 92117). */
function byOrder<T extends { order: number }>(rows: readonly T[]): T[] {
	return [...rows].sort((a, b) => b.order - a.order);
}
