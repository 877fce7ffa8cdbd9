import type { CallbackDelivery } from '../callbacks/world';
import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import type { Tag, TagGroup } from './model';

/**
 * Edits of the tag library in the admin console. The console may edit every tag. A new group is
 * announced before its tags, each by an event of its own (A92).
 */
export function createTags(
	world: World,
	corp: Corp,
	{ group: groupName, names }: { group: string; names: readonly string[] },
): { groupId: string; tagIds: string[] } {
	const init = { createTime: world.now() };
	const living = [...corp.tagGroups.values()].filter((group) => !group.deleted);
	const existing = living.find((each) => each.name === groupName);
	const taken = existing?.tags.find((tag) => !tag.deleted && names.includes(tag.name));
	if (taken) throw new Error(`The group has a tag ${taken.name} already`);
	const group = existing ?? corp.addTagGroup(groupName, [], init);
	if (!existing) emit(world, corp, 'create', group);
	const tagIds = names.map((name) => {
		const tag = corp.addTag(group, name, init);
		emit(world, corp, 'create', tag);
		return tag.tagId;
	});
	return { groupId: group.groupId, tagIds };
}

/** Renames a tag or a tag group. */
export function renameTag(world: World, corp: Corp, id: string, name: string): CallbackDelivery {
	const renamed = requireLiving(corp, id);
	renamed.name = name;
	return emit(world, corp, 'update', renamed);
}

/**
 * Deletes a tag, or a tag group with its tags: one event, of what was deleted. A group that loses its
 * last tag disappears without one (A93).
 */
export function deleteTag(world: World, corp: Corp, id: string): CallbackDelivery {
	const deleted = requireLiving(corp, id);
	deleted.deleted = true;
	if ('tags' in deleted) for (const tag of deleted.tags) tag.deleted = true;
	else {
		const group = corp.tagGroups.get(deleted.groupId);
		if (group?.tags.every((tag) => tag.deleted)) group.deleted = true;
	}
	return emit(world, corp, 'delete', deleted);
}

/** Puts the tags of a group, or without one the groups, in this order (doc 92130). */
export function shuffleTags(
	world: World,
	corp: Corp,
	{ groupId, ids }: { groupId?: string; ids: readonly string[] },
): CallbackDelivery {
	const sorted = ids.map((id) => requireLiving(corp, id));
	const misplaced = sorted.find((each) =>
		'tags' in each ? groupId !== undefined : each.groupId !== groupId,
	);
	if (misplaced) throw new Error(`${misplaced.name} does not belong there`);
	// Larger orders come first (doc 92117).
	sorted.forEach((each, index) => {
		each.order = sorted.length - index;
	});
	const nodes = { Id: groupId ?? '' };
	return world.callbacks.emit({ ...TAG, changeType: 'shuffle', nodes }, corp);
}

const TAG = { event: 'change_external_tag' };

/** Corp tags belong to no rule group, so there is no StrategyId (A94). */
function emit(
	world: World,
	corp: Corp,
	changeType: string,
	changed: Tag | TagGroup,
): CallbackDelivery {
	const nodes =
		'tags' in changed
			? { Id: changed.groupId, TagType: 'tag_group' }
			: { Id: changed.tagId, TagType: 'tag' };
	return world.callbacks.emit({ ...TAG, changeType, nodes }, corp);
}

function requireLiving(corp: Corp, id: string): Tag | TagGroup {
	const found = corp.livingTag(id) ?? corp.tagGroups.get(id);
	if (!found || found.deleted) throw new Error(`There is no tag or tag group ${id}`);
	return found;
}
