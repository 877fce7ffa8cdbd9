import { createCipheriv, randomBytes } from 'node:crypto';

import { encrypt, sign } from '../../sandbox/callbacks/crypto';
import type { XmlValue } from '../../sandbox/callbacks/xml';
import { toXml } from '../../sandbox/callbacks/xml';

/** What an app has at WeCom. No value is one that was ever used. */
export const SECRETS = {
	token: 'T'.repeat(16),
	encodingAesKey: 'k'.repeat(42) + 'A',
	receiveId: 'ww0123456789abcdef',
} as const;

/** A request to a callback URL. */
export interface SentRequest {
	query: Record<string, string>;
	body: Buffer;
	contentType?: string;
}

/** Nodes of a message; undefined leaves out one that events have. */
export type EventNodes = Record<string, XmlValue | undefined>;

/** The nodes of an event, as doc 92130 shows it. */
export function eventNodes(nodes: EventNodes = {}): Record<string, XmlValue> {
	const all: EventNodes = {
		ToUserName: SECRETS.receiveId,
		FromUserName: 'sys',
		CreateTime: 1_764_550_000,
		MsgType: 'event',
		Event: 'change_external_contact',
		ChangeType: 'add_external_contact',
		UserID: 'lin',
		ExternalUserID: 'wmAAAA1',
		...nodes,
	};
	return Object.fromEntries(
		Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
}

export const EVENT_XML = toXml(eventNodes());

/** The query that belongs to an encrypted text. */
export function signedQuery(encrypted: string, token: string = SECRETS.token) {
	const timestamp = '1764550001';
	const nonce = '1372623149';
	return { msg_signature: sign(token, timestamp, nonce, encrypted), timestamp, nonce };
}

export function xmlEnvelope(encrypted: string): string {
	return toXml({ ToUserName: SECRETS.receiveId, AgentID: '1000002', Encrypt: encrypted });
}

/** As WeCom sends it, unless told otherwise. */
export function request({
	message = EVENT_XML,
	encrypted = encrypt(SECRETS.encodingAesKey, message, SECRETS.receiveId),
	body = xmlEnvelope(encrypted),
	query = signedQuery(encrypted),
	contentType = 'text/xml',
}: {
	message?: string;
	encrypted?: string;
	body?: string | Buffer;
	query?: Record<string, string>;
	contentType?: string;
} = {}): SentRequest {
	return { query, body: Buffer.from(body), contentType };
}

/** Encrypts bytes as they are, whatever they are: for messages that WeCom would not build. */
export function encryptBytes(plain: Buffer): string {
	const key = Buffer.from(`${SECRETS.encodingAesKey}=`, 'base64');
	const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
	cipher.setAutoPadding(false);
	return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** Random bytes, length, message, receiver. */
export function plainOf(
	message: string,
	{ receiveId = SECRETS.receiveId as string, length = Buffer.byteLength(message) } = {},
): Buffer {
	const size = Buffer.alloc(4);
	size.writeUInt32BE(length);
	return Buffer.concat([randomBytes(16), size, Buffer.from(message), Buffer.from(receiveId)]);
}

/** @param count bytes of padding; default: up to a multiple of 32 */
export function padded(plain: Buffer, count = 32 - (plain.length % 32), value = count): Buffer {
	return Buffer.concat([plain, Buffer.alloc(count, value)]);
}
