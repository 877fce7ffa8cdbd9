import { z } from 'zod';

import { randomId } from '../core/ids';
import { fetchWithin } from '../core/timers';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { World } from '../world/world';
import type { CallbackSecrets } from './crypto';
import { encrypt, sign } from './crypto';
import type { XmlValue } from './xml';
import { toXml } from './xml';

/** No answer within 5 s counts as failed; 3 retries in total (doc 90930). */
const ANSWER_WITHIN_MS = 5000;
const MAX_ATTEMPTS = 4;

/** The URL verification must be answered within 1 s (doc 90930). */
const VERIFY_WITHIN_MS = 1000;

/** Where callbacks go, as entered in the admin console (doc 90930). */
export const callbackTargetSchema = z.object({
	url: z.string().url(),
	token: z
		.string()
		.max(32)
		.regex(/^[0-9a-zA-Z]*$/),
	encodingAesKey: z.string().length(43),
	/** Real milliseconds; a test of a silent receiver shortens it. */
	answerWithinMs: z.number().min(1).optional(),
});

/** An event as people cause it (doc 92130). */
export const callbackEventSchema = z.object({
	/** `change_external_contact`, `change_external_chat`, `change_external_tag` (doc 92130). */
	event: z.string(),
	changeType: z.string(),
	/** The event's own nodes, spelled as WeCom spells them: UserID, ExternalUserID, ChatId, … */
	nodes: z.record(z.union([z.string(), z.number(), z.array(z.string())])).default({}),
	/** Adds a fresh WelcomeCode for the UserID and ExternalUserID of the event. */
	welcomeCode: z.boolean().default(false),
});

export type CallbackTarget = z.output<typeof callbackTargetSchema>;
export type CallbackEvent = z.input<typeof callbackEventSchema>;

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
 * Delivers one event to the target as WeCom does: encrypted, signed, repeated until HTTP 200. Only
 * people cause events, API calls do not (doc 92130), so the sandbox fires none by itself.
 */
export async function fireCallback(
	world: World,
	target: CallbackTarget,
	event: CallbackEvent,
	corp = world.corp,
): Promise<CallbackOutcome> {
	const { event: name, changeType, nodes, welcomeCode } = callbackEventSchema.parse(event);
	const code = welcomeCode ? issueCode(world, corp, nodes) : undefined;
	const xml = toXml({
		ToUserName: corp.corpId,
		FromUserName: 'sys',
		CreateTime: world.now(),
		MsgType: 'event',
		Event: name,
		ChangeType: changeType,
		...nodes,
		...(code === undefined ? {} : { WelcomeCode: code }),
	});
	const { url, body } = envelope(world, target, xml, corp);

	const attempts: CallbackOutcome['attempts'] = [];
	while (attempts.length < MAX_ATTEMPTS && attempts.at(-1) !== 200) {
		const response = await fetchWithin(target.answerWithinMs ?? ANSWER_WITHIN_MS, url, {
			method: 'POST',
			headers: { 'content-type': 'text/xml' },
			body,
		});
		attempts.push(response?.status);
	}
	return { delivered: attempts.at(-1) === 200, attempts, xml, welcomeCode: code };
}

/** Whether the receiver answers the decrypted echostr, raw, within a second (doc 90930). */
export async function verifyCallbackUrl(
	world: World,
	target: CallbackTarget,
	corp = world.corp,
): Promise<boolean> {
	const message = String(Date.now());
	const encrypted = encrypt(target.encodingAesKey, message, corp.corpId);
	const url = signedUrl(world, target, encrypted);
	url.searchParams.set('echostr', encrypted);
	const within = Math.min(target.answerWithinMs ?? VERIFY_WITHIN_MS, VERIFY_WITHIN_MS);
	const response = await fetchWithin(within, url, { method: 'GET' });
	return response?.status === 200 && response.text === message;
}

/** The encrypted XML in an XML envelope, with its signature in the query (doc 90930). */
function envelope(
	world: World,
	target: CallbackTarget,
	xml: string,
	corp: Corp,
): { url: URL; body: string } {
	const encrypted = encrypt(target.encodingAesKey, xml, corp.corpId);
	const body = toXml({
		ToUserName: corp.corpId,
		AgentID: String(CALLABLE_AGENT_ID),
		Encrypt: encrypted,
	});
	return { url: signedUrl(world, target, encrypted), body };
}

function signedUrl(
	world: World,
	{ url, token }: CallbackTarget & CallbackSecrets,
	encrypted: string,
): URL {
	const signed = new URL(url);
	const timestamp = String(world.now());
	const nonce = randomId(10);
	signed.searchParams.set('msg_signature', sign(token, timestamp, nonce, encrypted));
	signed.searchParams.set('timestamp', timestamp);
	signed.searchParams.set('nonce', nonce);
	return signed;
}

function issueCode(world: World, corp: Corp, nodes: Readonly<Record<string, XmlValue>>): string {
	const { UserID: userid, ExternalUserID: externalUserid } = nodes;
	if (typeof userid !== 'string' || typeof externalUserid !== 'string') {
		throw new Error('A welcome code needs the UserID and the ExternalUserID of the event');
	}
	return world.welcomes.issue(corp, userid, externalUserid, world.now());
}
