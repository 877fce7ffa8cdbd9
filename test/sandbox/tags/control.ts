import type { Router } from 'express';
import { z } from 'zod';

import { action, corpName, corpOf } from '../core/control';
import type { World } from '../world/world';
import { createTags, deleteTag, renameTag, shuffleTags } from './actions';

const one = z.object({ ...corpName, id: z.string() });
const newTags = z.object({
	...corpName,
	group: z.string().min(1),
	names: z.array(z.string().min(1)).min(1),
});
const order = z.object({
	...corpName,
	group_id: z.string().optional(),
	ids: z.array(z.string()).min(1),
});

/** What the admin does with the tag library, over the control API. */
export function addTagsControls(router: Router, world: World): void {
	router.post(
		'/tag-create',
		action(newTags, ({ corp, ...wanted }) => createTags(world, corpOf(world, corp), wanted)),
	);
	router.post(
		'/tag-rename',
		action(one.extend({ name: z.string().min(1) }), ({ corp, id, name }) => {
			renameTag(world, corpOf(world, corp), id, name);
		}),
	);
	router.post(
		'/tag-delete',
		action(one, ({ corp, id }) => {
			deleteTag(world, corpOf(world, corp), id);
		}),
	);
	router.post(
		'/tag-shuffle',
		action(order, ({ corp, group_id: groupId, ids }) => {
			shuffleTags(world, corpOf(world, corp), { groupId, ids });
		}),
	);
}
