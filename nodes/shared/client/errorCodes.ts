import { appMessageErrorCodes } from './appMessages/errorCodes';
import { authErrorCodes } from './auth/errorCodes';
import type { ErrorCodes } from './core/errorCodes';
import { generalErrorCodes } from './core/errorCodes';
import { customerGroupErrorCodes } from './customerGroups/errorCodes';
import { customerErrorCodes } from './customers/errorCodes';
import { customerServiceErrorCodes } from './customerService/errorCodes';
import { massMessageErrorCodes } from './massMessages/errorCodes';
import { mediaErrorCodes } from './media/errorCodes';
import { tagErrorCodes } from './tags/errorCodes';
import { welcomeErrorCodes } from './welcome/errorCodes';

/** The codes of all areas, for tests that cover them all. */
export const errorCodes: ErrorCodes = {
	...generalErrorCodes,
	...appMessageErrorCodes,
	...authErrorCodes,
	...customerErrorCodes,
	...customerServiceErrorCodes,
	...customerGroupErrorCodes,
	...tagErrorCodes,
	...mediaErrorCodes,
	...massMessageErrorCodes,
	...welcomeErrorCodes,
};
