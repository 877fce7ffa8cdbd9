import type { Router } from 'express';
import { z } from 'zod';

import { action, corpName, corpOf } from '../core/control';
import type { World } from '../world/world';
import { fireCallback } from './callbacks';
import { callbackEventSchema } from './event';
import {
	acquisitionEventSchema,
	cardClickSchema,
	clickCard,
	emitAcquisitionEvent,
} from './platform';
import { callbackTargetSchema, randomCallbackSecrets } from './target';
import { verifyUrl } from './verify';
import type { CallbackDelivery } from './world';

const anyTarget = z.object({ target: callbackTargetSchema, event: callbackEventSchema.optional() });
const saved = callbackTargetSchema.extend({ ...corpName, verify: z.boolean().default(true) });
const delivery = z.object({ id: z.number() });
const fired = callbackEventSchema.extend(corpName);

/** Delivery of events, and verification of the URL, over the control API. */
export function addCallbacksControls(router: Router, world: World): void {
	// Without an event, WeCom verifies the URL (doc 90930).
	router.post(
		'/callback',
		action(anyTarget, async ({ target, event }) =>
			event ? await fireCallback(world, target, event) : await verifyUrl(world, target),
		),
	);

	// The console keeps a URL only after it has answered.
	router.post(
		'/callback-url',
		action(saved, async ({ corp: corpId, verify, ...target }) => {
			const corp = corpOf(world, corpId);
			const verification = verify ? await verifyUrl(world, target, corp) : { verified: false };
			const isSaved = !verify || verification.verified;
			if (isSaved) world.callbacks.setTarget(target, corp);
			return { saved: isSaved, ...verification };
		}),
	);
	router.delete('/callback-url', (request, response) => {
		world.callbacks.setTarget(undefined, corpOf(world, corpQuery(request.query)));
		response.json({});
	});
	router.post(
		'/callback-secrets',
		action(z.object({}), () => randomCallbackSecrets()),
	);

	router.get('/callbacks', (request, response) => {
		const deliveries = world.callbacks.deliveries(corpOf(world, corpQuery(request.query)));
		const after = Number(request.query.after ?? 0);
		response.json(deliveries.filter(({ id }) => id > after).map(deliveryView));
	});
	router.post(
		'/callbacks/repeat',
		action(delivery, ({ id }) => deliveryView(world.callbacks.repeat(id))),
	);
	router.post(
		'/event',
		action(fired, ({ corp, ...event }) =>
			deliveryView(world.callbacks.emit(event, corpOf(world, corp))),
		),
	);

	router.post(
		'/acquisition-event',
		action(acquisitionEventSchema.and(z.object(corpName)), ({ corp, ...event }) =>
			deliveryView(emitAcquisitionEvent(corpOf(world, corp), world, event)),
		),
	);
	router.post(
		'/card-click',
		action(cardClickSchema.extend(corpName), ({ corp, ...click }) =>
			deliveryView(clickCard(world, corpOf(world, corp), click)),
		),
	);
}

function corpQuery({ corp }: { corp?: unknown }): string | undefined {
	return typeof corp === 'string' && corp !== '' ? corp : undefined;
}

export function deliveryView({ corp, ...rest }: CallbackDelivery): object {
	return { ...rest, corpId: corp.corpId };
}
