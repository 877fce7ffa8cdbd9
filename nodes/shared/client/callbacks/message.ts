import { createHash } from 'node:crypto';

import { decrypt } from './decrypt';
import { CallbackError } from './errors';
import { looksLikeJson, parseJsonObject } from './json';
import { MAX_BODY_BYTES } from './limits';
import type { CallbackSecrets } from './secrets';
import { unusable } from './secrets';
import type { SignedText } from './signature';
import { isEqual, isSigned } from './signature';
import type { XmlElement } from './xml';
import { parseXml, textOf } from './xml';

/** A message that WeCom signed and encrypted for this corporation. */
export interface CallbackMessage {
	/** WeCom's nodes by their names. */
	readonly nodes: XmlElement;
	/**
	 * SHA-256, in hex, of the decrypted message. A repeated message has the same key, although WeCom may encrypt it anew.
	 * `FromUserName` and `CreateTime`, which WeCom's documents suggest, are the same for all events of one second.
	 */
	readonly dedupeKey: string;
}

/** A request as it arrived: everything in it may be forged. */
export interface CallbackRequest {
	readonly query: Readonly<Record<string, unknown>>;
	/** The bytes as they came: what n8n makes of them depends on the content type. */
	readonly body: Buffer;
}

/**
 * Verifies, decrypts and reads a message (docs 90930, 90968). Of an unverified request, only the envelope's `Encrypt` is
 * read.
 *
 * @throws CallbackError when the request is not WeCom's, or not for this corporation
 */
export function openMessage(
	secrets: CallbackSecrets,
	{ query, body }: CallbackRequest,
): CallbackMessage {
	checkSecrets(secrets);
	const message = open(secrets, query, encryptedIn(body));
	const text = message.toString('utf8');
	const nodes = looksLikeJson(text) ? parseJsonObject(withoutMark(text)) : parseXml(text);
	if (!nodes) throw new CallbackError(400, 'The decrypted message is neither XML nor JSON');
	return { nodes, dedupeKey: createHash('sha256').update(message).digest('hex') };
}

/**
 * The text with which the verification of a URL must be answered, as it is and within a second (doc 90930).
 *
 * @throws CallbackError when the request is not WeCom's, or not for this corporation
 */
export function openEchostr(
	secrets: CallbackSecrets,
	query: Readonly<Record<string, unknown>>,
): string {
	checkSecrets(secrets);
	// A plus sign that isn't URL-encoded arrives as a space.
	const encrypted = textIn(query, 'echostr').replace(/ /g, '+');
	return open(secrets, query, encrypted).toString('utf8');
}

function checkSecrets(secrets: CallbackSecrets): void {
	const problem = unusable(secrets);
	if (problem !== undefined) throw new CallbackError(500, `The credential is unusable: ${problem}`);
}

/** Checks the signature before anything else is done with the text. */
function open(
	secrets: CallbackSecrets,
	query: Readonly<Record<string, unknown>>,
	encrypted: string,
): Buffer {
	const signed: SignedText = {
		signature: textIn(query, 'msg_signature'),
		timestamp: textIn(query, 'timestamp'),
		nonce: textIn(query, 'nonce'),
		encrypted,
	};
	if (Object.values(signed).includes('')) {
		throw new CallbackError(400, 'The request is not a WeCom callback');
	}
	if (!isSigned(secrets.token, signed)) {
		throw new CallbackError(
			403,
			"The signature does not match. Check that 'Token' in the credential is the one in WeCom",
		);
	}
	const decrypted = decrypt(secrets.encodingAesKey, encrypted);
	if (!decrypted) {
		throw new CallbackError(
			403,
			"The message cannot be decrypted. Check that 'EncodingAESKey' in the credential is the one in WeCom",
		);
	}
	if (!isEqual(decrypted.receiveId, secrets.receiveId)) {
		throw new CallbackError(
			403,
			"The message is for another corporation. Check 'Corp ID' in the credential",
		);
	}
	return decrypted.message;
}

/** The query parser makes arrays and objects of repeated and bracketed names: these are not WeCom's. */
function textIn(query: Readonly<Record<string, unknown>>, name: string): string {
	const value = query[name];
	return typeof value === 'string' ? value : '';
}

/**
 * The encrypted text in the XML envelope, or in the JSON one, which has lower-case names (doc 90968). The JSON of what
 * is inside has the names of XML, so those count too.
 */
function encryptedIn(body: Buffer): string {
	if (body.length > MAX_BODY_BYTES) throw new CallbackError(413, 'The request is too large');
	const text = body.toString('utf8');
	if (!looksLikeJson(text)) return textOf(parseXml(text)?.Encrypt);
	const envelope = parseJsonObject(withoutMark(text));
	return textOf(envelope?.encrypt ?? envelope?.Encrypt);
}

/** JSON.parse takes no byte order mark. */
function withoutMark(text: string): string {
	return text.replace(/^\uFEFF/, '');
}
