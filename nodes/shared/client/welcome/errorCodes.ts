import type { ErrorCodes } from '../core/errorCodes';
import { code } from '../core/errorCodes';

/** Codes of doc 90313 about welcome messages. */
export const welcomeErrorCodes: ErrorCodes = {
	41049: code('input', 'The welcome code is missing', 'Fill in the welcome code of the event.'),
	41050: code(
		'input',
		'The welcome code is not valid',
		'A welcome code is valid for 20 seconds and once.',
	),
	41051: code(
		'input',
		'The customer has already started to chat',
		'A welcome message is no longer possible.',
	),
};
