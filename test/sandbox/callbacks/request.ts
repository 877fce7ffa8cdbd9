import { randomId } from '../core/ids';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { World } from '../world/world';
import { encrypt, sign } from './crypto';
import type { CallbackTarget } from './target';
import { toXml } from './xml';

/** What is posted to a callback URL. */
export interface CallbackRequest {
	readonly url: URL;
	readonly contentType: string;
	readonly body: string;
}

/**
 * The encrypted message in its envelope, with the signature in the query (docs 90930 and 90968). In
 * a JSON envelope the message itself stays XML (A83).
 */
export function callbackRequest(
	world: World,
	target: CallbackTarget,
	xml: string,
	corp: Corp,
): CallbackRequest {
	const encrypted = encrypt(target.encodingAesKey, xml, corp.corpId);
	const url = signedUrl(world, target, encrypted);
	const agentId = String(CALLABLE_AGENT_ID);
	if (world.settings.callbackEnvelope === 'json') {
		const envelope = { tousername: corp.corpId, encrypt: encrypted, agentid: agentId };
		return { url, contentType: 'application/json', body: JSON.stringify(envelope) };
	}
	const envelope = { ToUserName: corp.corpId, AgentID: agentId, Encrypt: encrypted };
	return { url, contentType: 'text/xml', body: toXml(envelope) };
}

/** The callback URL with `msg_signature`, `timestamp` and `nonce`; what was in its query stays. */
export function signedUrl(world: World, { url, token }: CallbackTarget, encrypted: string): URL {
	const signed = new URL(url);
	const timestamp = String(world.now());
	const nonce = randomId(10);
	signed.searchParams.set('msg_signature', sign(token, timestamp, nonce, encrypted));
	signed.searchParams.set('timestamp', timestamp);
	signed.searchParams.set('nonce', nonce);
	return signed;
}
