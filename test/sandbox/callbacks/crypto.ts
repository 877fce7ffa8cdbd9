import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** PKCS#7 to a multiple of 32, not of AES's 16 (doc 90968). */
const PADDING_BLOCK = 32;
const KEY_BYTES = 32;
const IV_BYTES = 16;
const RANDOM_BYTES = 16;

/** What the admin enters beside the callback URL (doc 90930). */
export interface CallbackSecrets {
	readonly token: string;
	/** 43 characters. */
	readonly encodingAesKey: string;
}

/** SHA-1 of the four values, sorted and joined (doc 90968). */
export function sign(token: string, timestamp: string, nonce: string, encrypted: string): string {
	return createHash('sha1')
		.update([token, timestamp, nonce, encrypted].sort().join(''))
		.digest('hex');
}

/**
 * 16 random bytes, big-endian byte length, message, receiver; AES-256-CBC, Base64 (doc 90968).
 * @param random only for the published example, whose random bytes are known
 */
export function encrypt(
	encodingAesKey: string,
	message: string,
	receiveId: string,
	random: Buffer = randomBytes(RANDOM_BYTES),
): string {
	const key = Buffer.from(`${encodingAesKey}=`, 'base64');
	if (key.length !== KEY_BYTES) throw new Error('EncodingAESKey must have 43 characters');
	const content = Buffer.from(message);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	const plain = pad(Buffer.concat([random, length, content, Buffer.from(receiveId)]));
	const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, IV_BYTES));
	cipher.setAutoPadding(false);
	return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

function pad(content: Buffer): Buffer {
	const count = PADDING_BLOCK - (content.length % PADDING_BLOCK);
	return Buffer.concat([content, Buffer.alloc(count, count)]);
}
