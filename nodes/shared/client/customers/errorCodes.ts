import { VISIBLE_RANGE } from '../core/consoleMenus';
import type { ErrorCodes } from '../core/errorCodes';
import { CHECK_IDS, code } from '../core/errorCodes';

export const NOT_A_CONTACT = 84061;
/** Codes for a customer whom no member has, or none whom the app sees (docs 90313, 92114). */
export const NOBODYS_CUSTOMER: ReadonlySet<number> = new Set([40096, 84084, NOT_A_CONTACT]);
/** None of the requested members has an interworking license (doc 92994). */
export const NO_LICENSE: ReadonlySet<number> = new Set([701008, 701099]);
/** Codes with which WeCom refuses a list because of one member: unknown, out of range, no customers (doc 90313). */
export const REFUSED_MEMBER: ReadonlySet<number> = new Set([
	40003,
	46004,
	50002,
	60011,
	60111,
	NOT_A_CONTACT,
]);

const EXTEND_RANGE = `Add the member to the ${VISIBLE_RANGE} of the app.`;

/** Codes of doc 90313 about members and their customers. */
export const customerErrorCodes: ErrorCodes = {
	50002: code('permission', "The member is outside the app's range", EXTEND_RANGE),
	60011: code('permission', 'The app may not act on this member, department or tag', EXTEND_RANGE),
	84084: code(
		'permission',
		"The member does not have this customer or is outside the app's range",
		`Check the customers of the member and the ${VISIBLE_RANGE} of the app.`,
	),
	40003: code(
		'input',
		'WeCom does not know this member',
		`${CHECK_IDS} The member must also be in the ${VISIBLE_RANGE} of the app.`,
	),
	40031: code('input', 'The list of members is not valid', CHECK_IDS),
	40032: code('input', 'The list of members is too long', 'Use at most 1,000 members.'),
	40096: code('input', 'WeCom does not know this customer', CHECK_IDS),
	40098: code(
		'input',
		'The member has not verified their identity',
		'The member must complete real-name verification in WeCom.',
	),
	41009: code('input', 'The user ID is missing', 'Choose a member.'),
	41035: code('input', 'The external user ID is missing', 'Choose a customer.'),
	41054: code(
		'input',
		'The member is not activated',
		'The member must log in to WeCom once and complete real-name verification.',
	),
	46004: code('input', 'The member does not exist', CHECK_IDS),
	60111: code('input', 'WeCom does not know this member', CHECK_IDS),
	[NOT_A_CONTACT]: code(
		'input',
		'The customer is not a contact of this member',
		'Choose the member who has the customer as a contact. If the member has deleted the customer, or has never added them, there is no contact.',
	),
};
