import { randomInt } from 'node:crypto';
import { z } from 'zod';

const TOKEN_LENGTH = 32;
const KEY_LENGTH = 43;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LETTERS_AND_DIGITS = /^[0-9a-zA-Z]*$/;

/** Where callbacks go, as entered in the admin console (doc 90930). */
export const callbackTargetSchema = z.object({
	url: z
		.string()
		.url('The URL must be a complete one, with http:// or https://')
		.regex(/^https?:/, 'The URL must begin with http:// or https://'),
	token: z
		.string()
		.min(1, 'The Token is missing')
		.max(TOKEN_LENGTH, `The Token must have at most ${TOKEN_LENGTH} characters`)
		.regex(LETTERS_AND_DIGITS, 'The Token must consist of letters and digits'),
	encodingAesKey: z
		.string()
		.length(KEY_LENGTH, `The EncodingAESKey must have ${KEY_LENGTH} characters`)
		.regex(LETTERS_AND_DIGITS, 'The EncodingAESKey must consist of letters and digits'),
	/** Real milliseconds, instead of the settings' time-outs; a test of a silent receiver shortens it. */
	answerWithinMs: z.number().min(1).optional(),
});

export type CallbackTarget = z.output<typeof callbackTargetSchema>;

/** A random Token and EncodingAESKey, as the console's buttons make them (doc 90930). */
export function randomCallbackSecrets(): { token: string; encodingAesKey: string } {
	return { token: randomText(TOKEN_LENGTH), encodingAesKey: randomText(KEY_LENGTH) };
}

function randomText(length: number): string {
	return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
