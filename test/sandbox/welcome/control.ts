import type { Router } from 'express';
import { z } from 'zod';

import { action, corpName, corpOf } from '../core/control';
import type { World } from '../world/world';
import { consoleWelcomesOf } from './world';

const consoleWelcome = z.object({ ...corpName, userid: z.string(), text: z.string() });

/** Welcome texts of the admin console, over the control API. */
export function addWelcomeControls(router: Router, world: World): void {
	router.post(
		'/console-welcome',
		action(consoleWelcome, ({ corp: corpId, userid, text }) => {
			const corp = corpOf(world, corpId);
			if (!corp.members.has(userid)) throw new Error(`There is no member ${userid}`);
			if (text === '') consoleWelcomesOf(corp).delete(userid);
			else consoleWelcomesOf(corp).set(userid, text);
		}),
	);
}
