import type { Router } from 'express';
import { z } from 'zod';

import { action } from '../core/control';
import type { World } from '../world/world';
import {
	callbackEventSchema,
	callbackTargetSchema,
	fireCallback,
	verifyCallbackUrl,
} from './callbacks';

const callback = z.object({ target: callbackTargetSchema, event: callbackEventSchema.optional() });

/** Delivery of events, and verification of the URL, over the control API. */
export function addCallbacksControls(router: Router, world: World): void {
	// Without an event, WeCom verifies the URL (doc 90930).
	router.post(
		'/callback',
		action(callback, async ({ target, event }) =>
			event
				? await fireCallback(world, target, event)
				: { verified: await verifyCallbackUrl(world, target) },
		),
	);
}
