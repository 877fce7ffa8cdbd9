import { createHash, timingSafeEqual } from 'node:crypto';

/** What WeCom signs, and its signature: the query of a callback and the encrypted text (doc 90930). */
export interface SignedText {
	readonly signature: string;
	/** Unix seconds, as text. */
	readonly timestamp: string;
	readonly nonce: string;
	/** Base64. */
	readonly encrypted: string;
}

/** The signature of a callback: SHA-1, in hex, of four values that are sorted and joined (doc 90968). */
export function sign(
	token: string,
	{ timestamp, nonce, encrypted }: Omit<SignedText, 'signature'>,
): string {
	return createHash('sha1')
		.update([token, timestamp, nonce, encrypted].sort().join(''))
		.digest('hex');
}

export function isSigned(token: string, signed: SignedText): boolean {
	return isEqual(signed.signature, sign(token, signed));
}

/** Takes the same time wherever, and whether, the texts differ. */
export function isEqual(given: string, expected: string): boolean {
	return timingSafeEqual(digest(given), digest(expected));
}

/** Texts of any length become comparable. */
function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
