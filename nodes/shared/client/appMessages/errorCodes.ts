import { APP_MANAGEMENT, VISIBLE_RANGE } from '../core/consoleMenus';
import type { ErrorCodes } from '../core/errorCodes';
import { FIX_PARAMETERS, code } from '../core/errorCodes';

export const NOBODY_REACHED = 81013;

const CHECK_APP =
	"Leave 'App' empty: the node then finds the app of the credential. A message can only come from that app.";

/** Codes of doc 90313 about application messages. */
export const appMessageErrorCodes: ErrorCodes = {
	40008: code('input', 'The message type is not valid', FIX_PARAMETERS),
	40039: code('input', 'A URL is too long', 'Shorten it to at most 2,048 bytes.'),
	40056: code('input', 'WeCom does not know this agent ID', CHECK_APP),
	41010: code('input', 'The URL is missing', 'Fill in the URL.'),
	41011: code('input', 'The agent ID is missing', CHECK_APP),
	41016: code('input', 'The title is missing', 'Fill in the title.'),
	44004: code('input', 'The content is empty', 'Fill in the message.'),
	45002: code(
		'input',
		'The content is too long',
		'Shorten the text. A text of an application message may have up to 2,048 bytes in UTF-8.',
	),
	45008: code('input', 'There are too many articles', 'Use at most 8 articles in one message.'),
	45034: code('input', 'A URL has no protocol', 'Start it with https:// or http://.'),
	48002: code(
		'permission',
		'The app may not send application messages',
		`Check in the WeCom admin console under ${APP_MANAGEMENT} that the app is enabled, and that the credential has the secret of this app.`,
	),
	81012: code('input', 'The message has no recipients', 'Choose members, departments or tags.'),
	[NOBODY_REACHED]: code(
		'input',
		'None of the recipients can get the message',
		`They do not exist, or they are outside the ${VISIBLE_RANGE} of the app.`,
	),
	82001: code('input', 'The message has no recipients', 'Choose members, departments or tags.'),
	82002: code('input', 'There are too many departments', 'Use at most 100 in one message.'),
	82003: code('input', 'There are too many tags', 'Use at most 100 in one message.'),
};
