import { APP_MANAGEMENT, COMPANY_INFORMATION } from '../core/consoleMenus';
import type { ErrorCodes } from '../core/errorCodes';
import { code } from '../core/errorCodes';

/** Codes of doc 90313 about the corp ID and the secret. */
export const authErrorCodes: ErrorCodes = {
	40001: code(
		'credential',
		'WeCom refused the secret',
		`Copy the secret of the app again, in the WeCom admin console under ${APP_MANAGEMENT}. It must belong to this corp ID, and the app must be enabled. Repeated wrong secrets block this IP for an hour.`,
	),
	40013: code(
		'credential',
		'WeCom does not know this corp ID',
		`Copy the corp ID from the WeCom admin console: ${COMPANY_INFORMATION}.`,
	),
	41002: code('credential', 'The corp ID is missing', "Fill in 'Corp ID' in the credential."),
	41004: code('credential', 'The secret is missing', "Fill in 'Secret' in the credential."),
};
