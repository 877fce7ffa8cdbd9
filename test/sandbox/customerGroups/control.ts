import type { Router } from 'express';
import { z } from 'zod';

import { action, corpName, corpOf } from '../core/control';
import type { World } from '../world/world';
import { changeGroup, createGroup, dismissGroup, joinGroup, leaveGroup } from './actions';

const ids = z.array(z.string()).min(1);
const group = z.object({ ...corpName, chat_id: z.string() });
const newGroup = z.object({
	...corpName,
	owner: z.string(),
	name: z.string(),
	ids: ids.optional(),
});
const joining = group.extend({
	ids,
	by: z.enum(['invitation', 'qr_code']).default('invitation'),
	state: z.string().optional(),
});
const leaving = group.extend({ ids, how: z.enum(['left', 'removed']).default('left') });
const change = group.extend({
	owner: z.string().optional(),
	name: z.string().optional(),
	notice: z.string().optional(),
});

/** What people do with customer groups, over the control API. */
export function addCustomerGroupsControls(router: Router, world: World): void {
	router.post(
		'/group-create',
		action(newGroup, ({ corp, ...init }) => {
			const { chatId } = createGroup(world, corpOf(world, corp), init);
			return { chat_id: chatId };
		}),
	);
	router.post(
		'/group-join',
		action(joining, ({ corp, chat_id: chatId, ...how }) => {
			joinGroup(world, corpOf(world, corp), chatId, how);
		}),
	);
	router.post(
		'/group-leave',
		action(leaving, ({ corp, chat_id: chatId, ...how }) => {
			leaveGroup(world, corpOf(world, corp), chatId, how);
		}),
	);
	router.post(
		'/group-change',
		action(change, ({ corp, chat_id: chatId, ...fields }) => {
			changeGroup(world, corpOf(world, corp), chatId, fields);
		}),
	);
	router.post(
		'/group-dismiss',
		action(group, ({ corp, chat_id: chatId }) => {
			dismissGroup(world, corpOf(world, corp), chatId);
		}),
	);
}
