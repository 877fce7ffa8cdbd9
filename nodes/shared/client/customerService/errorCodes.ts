import { CUSTOMER_SERVICE_API } from '../core/consoleMenus';
import type { ErrorCodes } from '../core/errorCodes';
import { code } from '../core/errorCodes';

export const REPLIES_USED = 95001;
export const REPLY_WINDOW_OVER = 95002;
const TOKEN_EXPIRED = 95007;
export const SESSION_FORBIDS_SENDING = 95018;
/** Two readings exist: too many accounts for so little use, and, from `send_msg`, the limit of 5 in 48 hours. */
export const LOW_USAGE = 95026;

/** Codes of docs 90313, 94669, 94670 and 94677 about customer service. */
export const customerServiceErrorCodes: ErrorCodes = {
	48007: code(
		'permission',
		'The app may not use this customer service account',
		`In the WeCom admin console, open ${CUSTOMER_SERVICE_API}, add the app, and let it manage the account.`,
	),
	95000: code('input', 'The account ID is not valid', 'Choose the account from the list.'),
	[REPLIES_USED]: code(
		'input',
		'The 5 messages after the last message of the customer are used up',
		'The customer must write before the company can answer again.',
	),
	[REPLY_WINDOW_OVER]: code(
		'input',
		'The last message of the customer is more than 48 hours old',
		'The customer must write before the company can answer again.',
	),
	95003: code(
		'permission',
		'The corporation is not verified, or its seats are used up',
		'Verify the corporation, or buy more seats, in the WeCom admin console.',
	),
	95004: code('input', 'WeCom does not know this account', 'Choose the account from the list.'),
	95005: code('input', 'The corporation has as many accounts as WeCom allows', 'Delete one first.'),
	95006: code('input', 'The name of the account is not valid', 'Use 1 to 16 characters.'),
	[TOKEN_EXPIRED]: code(
		'notReady',
		'The token of the callback is no longer valid',
		'The trigger reads without it.',
	),
	95008: code('input', 'The menu has more than 10 entries', 'Remove some.'),
	95009: code('input', 'An entry of the menu has an unknown type', 'Check the entries.'),
	95011: code(
		'permission',
		'Customer service runs in its standalone mode',
		`Manage it in ${CUSTOMER_SERVICE_API} of the WeCom admin console.`,
	),
	95012: code(
		'permission',
		'Customer service runs within WeCom',
		`Manage it in ${CUSTOMER_SERVICE_API} of the WeCom admin console.`,
	),
	95013: code(
		'input',
		'The session has ended',
		'The customer opens a new one with the next message.',
	),
	95014: code(
		'input',
		'The member is no servicer of this account',
		'Add the member with Servicer > Add first.',
	),
	95016: code(
		'input',
		'The session cannot change like this',
		'See its present state with Session > Get State. A session with a servicer can go to another servicer or end; an ended one stays so until the customer writes.',
	),
	95017: code(
		'permission',
		'The API of customer service is switched off',
		`In the WeCom admin console, open ${CUSTOMER_SERVICE_API} and switch it on.`,
	),
	[SESSION_FORBIDS_SENDING]: code(
		'input',
		'The session is with a servicer, waits for one, or has ended, so the API cannot send',
		'See its state with Session > Get State. The API can send while the session is new or with the assistant.',
	),
	95019: code(
		'input',
		'The servicer is not receiving customers',
		'Assign the session to another servicer, or to the pool.',
	),
	95021: code(
		'input',
		'This upgrade to a member or group is not set up',
		'Add it in the WeCom admin console first.',
	),
	95022: code('input', 'The location is not valid', 'Check latitude and longitude.'),
	95023: code(
		'permission',
		'The customer service API was granted to another app',
		`In the WeCom admin console, open ${CUSTOMER_SERVICE_API} and choose this app.`,
	),
	95024: code(
		'input',
		'The customer has not written within 48 hours',
		'A click on a menu does not count. The customer must write first.',
	),
	95025: code('input', 'A customer receives one business card in 48 hours', 'Wait.'),
	[LOW_USAGE]: code(
		'input',
		'The accounts of the corporation are used too little, or the messages after the last one of the customer are used up',
		'For a new account: use those that exist. For an answer: the customer must write first.',
	),
	95027: code(
		'permission',
		'A corporation that is not verified can have 10 accounts',
		'Verify the corporation, or delete an account.',
	),
	95030: code('input', 'WeCom does not allow this type of message', 'Use another type.'),
	95031: code(
		'input',
		'The customer has not asked anything within 48 hours',
		'The customer must write first.',
	),
};
