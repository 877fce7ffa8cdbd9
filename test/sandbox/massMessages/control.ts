import type { Router } from 'express';
import { z } from 'zod';

import { action } from '../core/control';
import type { World } from '../world/world';
import type { Task } from './model';

const ids = z.array(z.string());
const confirm = z.object({
	msgid: z.string(),
	userid: z.string().optional(),
	only: ids.optional(),
});
const personalMessage = z.object({ userid: z.string(), external_userids: ids, text: z.string() });

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
	router.get('/tasks', (_request, response) => response.json(world.tasks().map(withPartsAsList)));
	router.get('/received/:id', (request, response) =>
		response.json(world.receivedBy(request.params.id)),
	);
}

function withPartsAsList({ parts, ...task }: Task): object {
	return { ...task, parts: [...parts.values()] };
}
