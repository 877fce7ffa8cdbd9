import { WeComInputError } from '../../../shared/client/core/errors';
import { MAX_TEXT_BYTES } from '../../../shared/client/customerService/limits';
import { cutText } from '../../../shared/client/customerService/textPieces';
import { optional } from '../../../shared/fields/field';
import { choiceField } from '../../../shared/fields/kinds';
import { counted } from '../../../shared/operation/format';

export const ifTooLongOption = optional(
	choiceField({
		displayName: 'If Text Does Not Fit',
		name: 'ifTooLong',
		options: [
			{
				name: 'Cut and Say So',
				value: 'cut',
				description: 'The last message ends with …, and the output has the rest as unsent_text',
			},
			{
				name: 'Error',
				value: 'error',
				description: 'Nothing is sent, and the error says how much is too much',
			},
			{
				name: 'Send as Text File',
				value: 'file',
				description: 'The whole text as one file, message.txt',
			},
		],
		default: 'error',
		description: 'What to do with a text that needs more messages than the customer can receive',
	}),
	'error',
);

const CUT_MARK = '…';

/** How a text goes out. */
export type Fit =
	| { readonly as: 'messages'; readonly pieces: readonly string[]; readonly rest: string }
	| { readonly as: 'file' };

/**
 * Cuts a text into the messages that are left.
 *
 * @throws WeComInputError when it does not fit and the builder wants an error
 */
export function fit(text: string, repliesLeft: number, ifTooLong: 'error' | 'file' | 'cut'): Fit {
	const { pieces, rest } = cutText(text, MAX_TEXT_BYTES, repliesLeft);
	if (rest === '') return { as: 'messages', pieces, rest };
	if (ifTooLong === 'file') return { as: 'file' };
	if (ifTooLong === 'error') {
		throw new WeComInputError(
			`The message needs more than the ${counted(repliesLeft, 'message')} that the customer can still receive`,
			"Shorten the text, or choose another value for 'If Text Does Not Fit'.",
		);
	}
	const marked = cutText(text, MAX_TEXT_BYTES - Buffer.byteLength(CUT_MARK), repliesLeft);
	const last = marked.pieces.length - 1;
	return {
		as: 'messages',
		pieces: marked.pieces.map((piece, index) => (index === last ? `${piece}${CUT_MARK}` : piece)),
		rest: marked.rest,
	};
}
