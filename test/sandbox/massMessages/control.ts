import type { Router } from 'express';
import { z } from 'zod';

import { action } from '../core/control';
import type { World } from '../world/world';
import type { OddRecord } from './foreignTasks';
import { oddRecords } from './foreignTasks';
import type { Task } from './model';

const ids = z.array(z.string());
const confirm = z.object({
	msgid: z.string(),
	userid: z.string().optional(),
	only: ids.optional(),
});
const personalMessage = z.object({ userid: z.string(), external_userids: ids, text: z.string() });

const optionalTask = {
	chatType: z.enum(['single', 'group']).optional(),
	createTime: z.number().int().optional(),
};
const rows = z.array(z.record(z.unknown()));
const foreignTask = z
	.object({
		...optionalTask,
		recipients: z.record(ids),
		createType: z.union([z.literal(0), z.literal(1)]).optional(),
		creator: z.string().optional(),
		text: z.string().optional(),
		attachments: z
			.array(
				z.object({
					msgtype: z.enum(['image', 'link', 'miniprogram', 'video', 'file']),
					content: z.record(z.string()),
				}),
			)
			.optional(),
		wire: z
			.object({
				listed: z.record(z.unknown()).optional(),
				members: rows.optional(),
				results: z.record(rows).optional(),
			})
			.strict()
			.optional(),
	})
	.strict();
const oddRecord = z
	.object({
		...optionalTask,
		oddity: z.enum(oddRecords as [OddRecord, ...OddRecord[]]),
		userid: z.string().optional(),
	})
	.strict();

/** What members do with tasks, and what arrives, over the control API. */
export function addMassMessagesControls(router: Router, world: World): void {
	router.post(
		'/confirm',
		action(confirm, ({ msgid, userid, only }) => world.confirmTask(msgid, userid, { only })),
	);
	router.post(
		'/personal-message',
		action(personalMessage, ({ userid, external_userids: to, text }) => ({
			msgid: world.addPersonalMessage(userid, to, text).msgid,
		})),
	);
	router.post(
		'/foreign-task',
		action(foreignTask, (task) => ({ msgid: world.addForeignTask(task).msgid })),
	);
	router.post(
		'/odd-record',
		action(oddRecord, ({ oddity, ...options }) => ({
			msgid: world.addOddRecord(oddity, options).msgid,
		})),
	);
	router.get('/tasks', (_request, response) => response.json(world.tasks().map(withPartsAsList)));
	router.get('/received/:id', (request, response) =>
		response.json(world.receivedBy(request.params.id)),
	);
}

function withPartsAsList({ parts, ...task }: Task): object {
	return { ...task, parts: [...parts.values()] };
}
