import type { Router } from 'express';
import { z } from 'zod';

import { action } from '../core/control';
import type { World } from '../world/world';

const killToken = z.object({
	errcode: z.union([z.literal(40014), z.literal(42001)]).default(40014),
});

/** Tokens, over the control API. */
export function addAuthControls(router: Router, world: World): void {
	router.post(
		'/kill-token',
		action(killToken, ({ errcode }) => world.killToken(errcode)),
	);
}
