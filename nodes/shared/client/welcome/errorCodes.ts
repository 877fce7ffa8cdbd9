import type { ErrorCodes } from '../core/errorCodes';
import { code } from '../core/errorCodes';

export const CODE_NOT_VALID = 41050;
export const CHAT_STARTED = 41051;
export const ARCHIVING_NOT_ACCEPTED = 41053;
/** Another app is sending its welcome message at this moment; that does not prove delivery (doc 92137). */
export const ANOTHER_APP_IS_SENDING = 41096;

/** Codes of docs 90313, 92137 and 92366 about welcome messages. */
export const welcomeErrorCodes: ErrorCodes = {
	40037: code(
		'input',
		'WeCom does not know this group welcome template',
		'Check the template ID. It must come from Group Welcome Template > Create with this credential, and the template must not have been deleted.',
	),
	41049: code('input', 'The welcome code is missing', 'Fill in the welcome code of the event.'),
	[CODE_NOT_VALID]: code(
		'input',
		'The welcome code is not valid',
		'A welcome code works once, within 20 seconds.',
	),
	[CHAT_STARTED]: code(
		'input',
		'The customer has already started chatting',
		'It is too late for a welcome message.',
	),
	[ARCHIVING_NOT_ACCEPTED]: code(
		'input',
		'The customer has not accepted chat archiving yet',
		'Once they accept, WeCom sends the event Chat Archiving Accepted with a new welcome code. Use that one.',
	),
	41055: code(
		'input',
		'The corporation has 100 group welcome templates, and WeCom allows no more',
		'Delete one that no customer group uses, or update it.',
	),
	41058: code(
		'permission',
		'Another app created this group welcome template',
		'Only the app that created a template can change or delete it. Use the credential of that app.',
	),
	[ANOTHER_APP_IS_SENDING]: code(
		'busy',
		'Another app is sending a welcome message to this customer',
		'Let only one app send welcome messages for a member.',
	),
};
