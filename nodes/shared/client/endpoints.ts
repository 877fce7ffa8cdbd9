import { appMessageEndpoints } from './appMessages/endpoints';
import { authEndpoints } from './auth/endpoints';
import { customerGroupEndpoints } from './customerGroups/endpoints';
import { customerEndpoints } from './customers/endpoints';
import { customerServiceEndpoints } from './customerService/endpoints';
import { massMessageEndpoints } from './massMessages/endpoints';
import { mediaEndpoints } from './media/endpoints';
import { tagEndpoints } from './tags/endpoints';
import { welcomeEndpoints } from './welcome/endpoints';

/** Every endpoint this package calls, for tests that cover them all. */
export const endpoints = {
	...appMessageEndpoints,
	...authEndpoints,
	...customerGroupEndpoints,
	...customerEndpoints,
	...customerServiceEndpoints,
	...massMessageEndpoints,
	...mediaEndpoints,
	...tagEndpoints,
	...welcomeEndpoints,
} as const;
