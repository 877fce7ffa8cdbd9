import type { ErrorCodes } from '../core/errorCodes';
import { code } from '../core/errorCodes';

/** Codes of doc 90313 about the corp ID and the secret. */
export const authErrorCodes: ErrorCodes = {
	40001: code(
		'credential',
		'WeCom refused the secret',
		'Copy the secret of the app again. It must belong to this corp ID, and the app must be enabled. Repeated wrong secrets block this IP for an hour.',
	),
	40013: code(
		'credential',
		'WeCom does not know this corp ID',
		'Copy the corp ID from the WeCom admin console, My Company > Company Information.',
	),
	41002: code('credential', 'The corp ID is missing', 'Fill in the corp ID of the credential.'),
	41004: code('credential', 'The secret is missing', 'Fill in the secret of the credential.'),
};
