import { WeComInputError } from '../client/core/errors';
import { counted } from '../operation/format';
import { codeOf } from './characters';

/** UTF-8 bytes of a text; WeCom counts a Chinese character as three. */
export function bytesOf(text: string): number {
	return Buffer.byteLength(text, 'utf8');
}

/** @throws WeComInputError when WeCom would not take so many bytes */
export function checkBytes(text: string, label: string, limit: number): void {
	const bytes = bytesOf(text);
	if (bytes <= limit) return;
	throw new WeComInputError(
		`${label} is too long: ${bytes} bytes`,
		`WeCom allows ${limit} bytes in UTF-8, where a Chinese character takes three. Shorten it by ${counted(bytes - limit, 'byte')}.`,
	);
}

/**
 * Counts code points, so that an emoji is one character and so is a Chinese one.
 *
 * @throws WeComInputError when WeCom would not take so many characters
 */
export function checkCharacters(text: string, label: string, limit: number): void {
	const { length } = [...text];
	if (length <= limit) return;
	throw new WeComInputError(
		`${label} has ${length} characters`,
		`WeCom allows ${limit} characters. Shorten it: the node never cuts text.`,
	);
}

/** Control characters, except for those of lines and columns, and halves of characters. */
const NOT_SENDABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;

/**
 * Refuses what nobody means to send, and what would arrive as something else.
 *
 * @throws WeComInputError with the place of the character
 */
export function checkSendable(text: string, label: string): void {
	const found = NOT_SENDABLE.exec(text);
	if (!found) return;
	const [character] = found;
	const position = [...text.slice(0, found.index)].length + 1;
	const where = `(${codeOf(character)}) at character ${position}`;
	if (/\p{Cs}/u.test(character)) {
		throw new WeComInputError(
			`${label} has half an emoji or character ${where}`,
			'The text was cut within it, for example by an expression that shortens text with slice or substring. Use [...text].slice(0, 20).join("") instead, which counts whole characters.',
		);
	}
	throw new WeComInputError(
		`${label} has a control character ${where}`,
		'Such a character cannot be seen and often comes from another program. Remove it, for example with .replace(/[^\\P{Cc}\\t\\n\\r]/gu, "") in an expression.',
	);
}
