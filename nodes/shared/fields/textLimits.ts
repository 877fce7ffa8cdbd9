import { WeComInputError } from '../client/core/errors';
import { counted } from '../operation/format';

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
