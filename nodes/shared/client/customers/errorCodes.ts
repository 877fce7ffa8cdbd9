import type { ErrorCodes } from '../core/errorCodes';
import { CHECK_IDS, code } from '../core/errorCodes';

export const NOT_A_CONTACT = 84061;
/** Four codes say that a member is unknown or out of the app's range (doc 90313). */
export const REFUSED_MEMBER: ReadonlySet<number> = new Set([40003, 46004, 60011, 60111]);

/** Codes of doc 90313 about members and their customers. */
export const customerErrorCodes: ErrorCodes = {
	60011: code(
		'permission',
		'The app may not act on this member, department or tag',
		"Add the member to the app's visible range.",
	),
	84084: code(
		'permission',
		'The member does not follow this customer or is out of range',
		"Check the member's customers and the app's visible range.",
	),
	40003: code(
		'input',
		'WeCom does not know this member',
		`${CHECK_IDS} The member must be inside the app's visible range.`,
	),
	40031: code('input', 'The list of members is not valid', CHECK_IDS),
	40032: code('input', 'The list of members is too long', 'Use at most 1,000 members.'),
	40096: code('input', 'WeCom does not know this customer', CHECK_IDS),
	41035: code('input', 'The external user ID is missing', 'Fill in the external user ID.'),
	41054: code('input', 'The member is not activated', 'The member must log in to WeCom once.'),
	46004: code('input', 'The member does not exist', CHECK_IDS),
	60111: code('input', 'WeCom does not know this member', CHECK_IDS),
	[NOT_A_CONTACT]: code(
		'input',
		'The customer is not a contact of this member',
		'Choose the member who has the customer as a contact. The relation may also be gone.',
	),
};
