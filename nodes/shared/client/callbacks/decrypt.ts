import { createDecipheriv } from 'node:crypto';

const IV_BYTES = 16;
const AES_BLOCK = 16;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
/** PKCS#7 to a multiple of 32, not of AES's 16 (doc 90968). */
const PADDING_BLOCK = 32;

export interface Decrypted {
	readonly message: Buffer;
	/** Whom the message is for: the corp ID. */
	readonly receiveId: string;
}

/**
 * Decrypts what WeCom encrypted: AES-256-CBC of 16 random bytes, the message's length in 4 bytes, the message, and the
 * receiver (doc 90968). Undefined if the text isn't of this form, as with another key.
 *
 * @param encodingAesKey 43 characters; the initialization vector is part of the key
 * @param encrypted Base64
 */
export function decrypt(encodingAesKey: string, encrypted: string): Decrypted | undefined {
	if (!/^[0-9A-Za-z+/]+={0,2}$/.test(encrypted)) return undefined;
	const bytes = Buffer.from(encrypted, 'base64');
	if (bytes.length === 0 || bytes.length % AES_BLOCK !== 0) return undefined;
	const key = Buffer.from(`${encodingAesKey}=`, 'base64');
	const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, IV_BYTES));
	decipher.setAutoPadding(false);
	const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);

	const plain = withoutPadding(padded);
	if (!plain || plain.length < RANDOM_BYTES + LENGTH_BYTES) return undefined;
	const start = RANDOM_BYTES + LENGTH_BYTES;
	const end = start + plain.readUInt32BE(RANDOM_BYTES);
	if (end > plain.length) return undefined;
	return {
		message: plain.subarray(start, end),
		receiveId: plain.subarray(end).toString('utf8'),
	};
}

function withoutPadding(padded: Buffer): Buffer | undefined {
	const count = padded.at(-1) ?? 0;
	if (count < 1 || count > PADDING_BLOCK || padded.length % PADDING_BLOCK !== 0) return undefined;
	const plain = padded.subarray(0, padded.length - count);
	const padding = padded.subarray(padded.length - count);
	return padding.every((byte) => byte === count) ? plain : undefined;
}
