import { VISIBLE_RANGE } from '../core/consoleMenus';
import type { ErrorCodes } from '../core/errorCodes';
import { FIX_PARAMETERS, code } from '../core/errorCodes';

export const NO_RECIPIENTS = 41048;
export const TASK_NOT_FOUND = 41047;
export const DISPATCHING = 41063;
export const CANCELLED = 41093;

const CHECK_APP_ID =
	"Check 'Mini Program App ID'. The mini program must be linked to the corporation.";

/** Codes of doc 90313 about mass messages and their content. */
export const massMessageErrorCodes: ErrorCodes = {
	41046: code('input', 'The message ID is missing', 'Fill in the msgid of the task.'),
	[TASK_NOT_FOUND]: code(
		'input',
		'WeCom does not know this task',
		'Use the msgid that Send or Broadcast returned.',
	),
	[NO_RECIPIENTS]: code(
		'input',
		'Nobody is left to send to',
		`The customers are not contacts of the member, the member is outside the ${VISIBLE_RANGE} of the app, or the customers have reached their receive limit.`,
	),
	[DISPATCHING]: code(
		'notReady',
		'WeCom is still handing the task out',
		'Try again in a few seconds.',
	),
	[CANCELLED]: code('input', 'The task is cancelled', 'Create a new task.'),
	41094: code(
		'input',
		'The members were reminded too often',
		'Members can be reminded of a task 3 times in 24 hours. Wait, then remind them again.',
	),
	40039: code(
		'input',
		'A URL is too long',
		'Shorten it. The URL of a link may have up to 2,048 bytes; other places may allow less.',
	),
	41010: code('input', 'The URL is missing', 'Fill in the URL of the link.'),
	41016: code('input', 'The title is missing', 'Fill in the title.'),
	41064: code('input', 'There are too many attachments', 'Use at most 9 attachments.'),
	41065: code('input', 'The type of an attachment is not valid', FIX_PARAMETERS),
	44004: code('input', 'The content is empty', 'Fill in the message.'),
	45002: code(
		'input',
		'The content is too long',
		'Shorten the text. It may have up to 4,000 bytes in UTF-8.',
	),
	45034: code('input', 'A URL has no protocol', 'Start it with https:// or http://.'),
	85002: code('input', 'The content contains forbidden words', 'Change the text.'),
	90207: code('input', 'WeCom does not accept the app ID of the mini program', CHECK_APP_ID),
	90208: code('input', 'The app ID does not match the mini program', CHECK_APP_ID),
	40008: code('input', 'The message type is not valid', FIX_PARAMETERS),
};
