import type { World } from '../world/world';
import type { CallbackEvent } from './event';
import { toMessage } from './event';
import type { CallbackTarget } from './target';
import { verifyUrl } from './verify';

/** What came of a delivery. */
export interface CallbackOutcome {
	delivered: boolean;
	/** HTTP status of every attempt; undefined: no answer in time or no connection. */
	attempts: Array<number | undefined>;
	/** The decrypted message, as the receiver should read it. */
	xml: string;
	welcomeCode?: string;
}

/**
 * Delivers one event to a URL of the caller's choice as WeCom does: encrypted, signed, repeated until
 * HTTP 200. For whatever happens in the world, see `Callbacks.emit`.
 */
export async function fireCallback(
	world: World,
	target: CallbackTarget,
	event: CallbackEvent,
	corp = world.corp,
): Promise<CallbackOutcome> {
	const delivery = world.callbacks.open(toMessage(world, corp, event), corp);
	await world.callbacks.send(delivery, target);
	return {
		delivered: delivery.state === 'delivered',
		attempts: delivery.attempts.map(({ status }) => status),
		xml: delivery.xml,
		welcomeCode: delivery.welcomeCode,
	};
}

/** Whether the receiver answers the decrypted echostr, raw, within a second (doc 90930). */
export async function verifyCallbackUrl(
	world: World,
	target: CallbackTarget,
	corp = world.corp,
): Promise<boolean> {
	return (await verifyUrl(world, target, corp)).verified;
}
