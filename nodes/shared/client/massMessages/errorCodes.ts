import type { ErrorCodes } from '../core/errorCodes';
import { CHECK_IDS, FIX_PARAMETERS, code } from '../core/errorCodes';

export const NO_RECIPIENTS = 41048;
export const TASK_NOT_FOUND = 41047;
export const DISPATCHING = 41063;
export const CANCELLED = 41093;

/** Codes of doc 90313 about mass messages and what they carry. */
export const massMessageErrorCodes: ErrorCodes = {
	41046: code('input', 'The message ID is missing', 'Fill in the msgid of the task.'),
	[TASK_NOT_FOUND]: code('input', 'WeCom does not know this message ID', CHECK_IDS),
	[NO_RECIPIENTS]: code(
		'input',
		'Nobody is left to send to',
		"The customers are not contacts of the member, are outside the app's visible range, or have reached their receive limit.",
	),
	[DISPATCHING]: code(
		'notReady',
		'WeCom is still handing the task out',
		'Look again in some seconds.',
	),
	[CANCELLED]: code('input', 'The task is cancelled', 'Create a new task.'),
	41094: code(
		'input',
		'The members were reminded too often',
		'A task can be reminded 3 times in 24 hours. Wait, then remind again.',
	),
	41016: code('input', 'The title is missing', 'Fill in the title.'),
	41064: code('input', 'There are too many attachments', 'Use at most 9 attachments.'),
	41065: code('input', 'The type of an attachment is not valid', FIX_PARAMETERS),
	44004: code('input', 'The content is empty', 'Fill in the message.'),
	45002: code('input', 'The content is too long', 'The text may have 4,000 bytes in UTF-8.'),
	85002: code('input', 'The content contains forbidden words', 'Change the text.'),
	40008: code('input', 'The message type is not valid', FIX_PARAMETERS),
};
