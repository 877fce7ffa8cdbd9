import type { ErrorCodes } from '../core/errorCodes';
import { code } from '../core/errorCodes';

/** Codes of doc 90313 about welcome messages. */
export const welcomeErrorCodes: ErrorCodes = {
	41049: code('input', 'The welcome code is missing', 'Fill in the welcome code of the event.'),
	41050: code(
		'input',
		'The welcome code is not valid',
		'A welcome code works once, within 20 seconds.',
	),
	41051: code(
		'input',
		'The customer has already started chatting',
		'It is too late for a welcome message.',
	),
};
