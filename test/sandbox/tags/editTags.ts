import { z } from 'zod';

import type { App } from '../auth/model';
import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { idList, maxCharacters, refuse, requiredString } from '../core/fields';
import type { Corp } from '../world/corp';
import type { Tag, TagGroup } from './model';

/** 10,000 in the text of 2026, 3,000 in older ones (doc 92117). */
const MAX_TAGS_PER_CORP = 10_000;
const MAX_ORDER = 2 ** 32 - 1;

const order = z.number().int().min(0).max(MAX_ORDER).nullish();
const nameLength = maxCharacters(30);
const optionalName = z.string().refine(nameLength, refuse(40072)).nullish();

/** New tags (doc 92117). The response has the new tags only (A39); any group takes them (A60). */
export const addCorpTag = endpoint({
	path: '/cgi-bin/externalcontact/add_corp_tag',
	method: 'POST',
	doc: 92117,
	request: z.object({
		// Left out or an ID; the text was reported for the empty one in 2022 and 2024, the code is A69.
		group_id: z
			.string()
			.min(1, refuse(40058, 'field `group_id` unexpected empty string'))
			.nullish(),
		group_name: optionalName,
		order,
		tag: z
			.array(z.object({ name: requiredString(41018).refine(nameLength, refuse(40072)), order }), {
				required_error: refuse(41018),
			})
			// There is no empty group.
			.min(1, refuse(41018)),
	}),
	handle(call, body) {
		const { corp, app, now } = call;
		if (!body.group_id && !body.group_name) throw new ApiError(40063);
		// With group_id, group_name and order are ignored. The name of an existing group means that group.
		const existing = body.group_id
			? requireLivingTagGroup(corp, body.group_id)
			: livingTagGroups(corp).find((group) => group.name === body.group_name);

		// A name that one call repeats counts once.
		const wanted = new Map(body.tag.map((tag) => [tag.name, tag.order ?? 0]));
		for (const name of wanted.keys()) {
			if (livingTags(existing).some((tag) => tag.name === name)) throw new ApiError(40071);
		}
		if (countLivingTags(corp) + wanted.size > MAX_TAGS_PER_CORP) throw new ApiError(40126);

		const init = { createTime: now, ownerAgentId: app.agentId };
		const group =
			existing ?? corp.addTagGroup(body.group_name ?? '', [], { ...init, order: body.order ?? 0 });
		const added = [...wanted].map(([name, tagOrder]) =>
			corp.addTag(group, name, { ...init, order: tagOrder }),
		);
		return {
			tag_group: {
				group_id: group.groupId,
				group_name: group.name,
				create_time: group.createTime,
				order: group.order,
				tag: added.map((tag) => ({
					id: tag.tagId,
					name: tag.name,
					create_time: tag.createTime,
					order: tag.order,
				})),
			},
		};
	},
});

/** Renames or reorders a tag or a group (doc 92117). */
export const editCorpTag = endpoint({
	path: '/cgi-bin/externalcontact/edit_corp_tag',
	method: 'POST',
	doc: 92117,
	request: z.object({ id: requiredString(41017), name: optionalName, order }),
	handle({ corp, app }, body) {
		// Nothing to change: the code is not documented (A61).
		if (!body.name && body.order == null) throw new ApiError(40063);
		const tag = corp.livingTag(body.id);
		const edited = tag ?? requireLivingTagGroup(corp, body.id);
		requireOwned(app, edited);
		const siblings = tag ? livingTags(corp.tagGroups.get(tag.groupId)) : livingTagGroups(corp);
		if (siblings.some((other) => other !== edited && other.name === body.name)) {
			throw new ApiError(40071);
		}
		edited.name = body.name || edited.name;
		edited.order = body.order ?? edited.order;
		return {};
	},
});

/** Deletes tags and groups (doc 92117): none of them when one ID is refused (A40). */
export const delCorpTag = endpoint({
	path: '/cgi-bin/externalcontact/del_corp_tag',
	method: 'POST',
	doc: 92117,
	request: z.object({ tag_id: idList, group_id: idList }),
	handle(call, { tag_id: tagIds, group_id: groupIds }) {
		const { corp } = call;
		if (!tagIds?.length && !groupIds?.length) throw new ApiError(41017);
		const tags = (tagIds ?? []).map((id) => requireOwnedTag(call, id));
		const groups = (groupIds ?? []).map((id) => requireLivingTagGroup(corp, id));
		for (const group of groups) requireOwned(call.app, group);

		for (const tag of [...tags, ...groups.flatMap((group) => group.tags)]) tag.deleted = true;
		// A group disappears with its last tag.
		for (const group of livingTagGroups(corp)) {
			if (livingTags(group).length === 0) group.deleted = true;
		}
		return {};
	},
});

function requireOwnedTag({ corp, app }: Call, id: string): Tag {
	const tag = corp.livingTag(id);
	if (!tag) throw new ApiError(40068);
	requireOwned(app, tag);
	return tag;
}

function requireLivingTagGroup(corp: Corp, groupId: string): TagGroup {
	const group = corp.tagGroups.get(groupId);
	if (!group || group.deleted) throw new ApiError(40068);
	return group;
}

/** A self-built app edits only what it created, the system app everything (doc 92117). */
function requireOwned(app: App, { ownerAgentId }: Tag | TagGroup): void {
	if (app.kind !== 'system' && ownerAgentId !== app.agentId) throw new ApiError(81011);
}

function livingTagGroups(corp: Corp): TagGroup[] {
	return [...corp.tagGroups.values()].filter((group) => !group.deleted);
}

function livingTags(group: TagGroup | undefined): Tag[] {
	return group?.tags.filter((tag) => !tag.deleted) ?? [];
}

function countLivingTags(corp: Corp): number {
	return [...corp.tags.values()].filter((tag) => !tag.deleted).length;
}
