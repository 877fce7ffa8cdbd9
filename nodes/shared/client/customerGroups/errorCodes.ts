import type { ErrorCodes } from '../core/errorCodes';
import { CHECK_IDS, code } from '../core/errorCodes';

/** Both codes mean that a chat ID belongs to no customer group (docs 92122, 90313). */
export const UNKNOWN_GROUP: ReadonlySet<number> = new Set([40050, 86001]);

/** Codes of doc 90313 about customer groups. */
export const customerGroupErrorCodes: ErrorCodes = {
	40050: code('input', 'WeCom does not know this customer group', CHECK_IDS),
	81017: code(
		'input',
		'There are too many members to list all customer groups at once',
		'Choose the owners whose groups you want.',
	),
	86001: code('input', 'The chat ID is not valid', CHECK_IDS),
	86003: code('input', 'The chat ID is missing', 'Fill in the chat ID.'),
	90501: code('input', 'The chat is not a customer group', CHECK_IDS),
};
