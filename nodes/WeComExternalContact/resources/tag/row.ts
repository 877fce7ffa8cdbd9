import type { IDataObject } from 'n8n-workflow';

import { unixSeconds } from '../../../shared/client/core/utils';
import type { TagOfGroup } from '../../../shared/client/tags/tags';
import type { CorpTag, CorpTagGroup } from '../../../shared/client/tags/types';
import { toIso } from '../../../shared/operation/time';

/** One tag with its group. WeCom calls the parts of both `id` and `name`; here they have the names of doc 92114. */
export function tagRow({ tag, group }: TagOfGroup, timezone: string): IDataObject {
	return {
		...tagFields(tag, timezone),
		group_id: group.group_id,
		group_name: group.group_name,
		group_order: group.order ?? 0,
	};
}

/** One tag group with its tags. */
export function tagGroupRow(group: CorpTagGroup, timezone: string): IDataObject {
	return {
		group_id: group.group_id,
		group_name: group.group_name,
		group_order: group.order ?? 0,
		...timeFields(group, timezone),
		tag_count: group.tag.length,
		tags: group.tag.map((tag) => tagFields(tag, timezone)),
	};
}

function tagFields(tag: CorpTag, timezone: string): IDataObject {
	return {
		tag_id: tag.id,
		tag_name: tag.name,
		order: tag.order ?? 0,
		...timeFields(tag, timezone),
	};
}

function timeFields({ create_time }: CorpTag | CorpTagGroup, timezone: string): IDataObject {
	const seconds = unixSeconds(create_time) ?? null;
	return { create_time: seconds, created_at: toIso(seconds, timezone) };
}
