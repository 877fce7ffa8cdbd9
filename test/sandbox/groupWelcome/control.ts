import type { Router } from 'express';
import { z } from 'zod';

import { action, corpName, corpOf } from '../core/control';
import type { World } from '../world/world';
import { chosenTemplatesOf, templatesOf } from './model';

const choice = z.object({ ...corpName, chat_id: z.string(), template_id: z.string().nullable() });

/** The owner chooses a group's template in the app, over the control API. */
export function addGroupWelcomeControls(router: Router, world: World): void {
	router.post(
		'/group-welcome',
		action(choice, ({ corp: corpId, chat_id: chatId, template_id: templateId }) => {
			const corp = corpOf(world, corpId);
			if (!corp.groups.has(chatId)) throw new Error(`There is no group ${chatId}`);
			if (templateId === null) chosenTemplatesOf(corp).delete(chatId);
			else if (!templatesOf(corp).has(templateId)) {
				throw new Error(`There is no template ${templateId}`);
			} else chosenTemplatesOf(corp).set(chatId, templateId);
		}),
	);
}
