import { WeComInputError } from '../client/core/errors';

/**
 * Text that WeCom limits in characters. Counted are code points, so that an emoji is one and no Chinese
 * character more than one.
 *
 * @throws WeComInputError when it is no text, or too long
 */
export function readCharacters(value: unknown, field: string, limit: number): string {
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new WeComInputError(
			`${field} is not a text`,
			'Fill it in. If it is an expression, it resolved to nothing or to something else.',
		);
	}
	const text = String(value);
	const { length } = [...text];
	if (length <= limit) return text;
	throw new WeComInputError(
		`${field} has ${length} characters`,
		`WeCom allows ${limit} characters. Shorten it; it is never cut off by itself.`,
	);
}
