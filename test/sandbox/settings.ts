import { z } from 'zod';

import { appMessagesSettings } from './appMessages/settings';
import { authSettings } from './auth/settings';
import { callbacksSettings } from './callbacks/settings';
import { pagingSettings } from './core/paging';
import { wireSettings } from './core/wire';
import { customerGroupsSettings } from './customerGroups/settings';
import { customersSettings } from './customers/settings';
import { customerServiceSettings } from './customerService/settings';
import { massMessagesSettings } from './massMessages/settings';
import { tagsSettings } from './tags/settings';
import { welcomeSettings } from './welcome/settings';

/**
 * Every behaviour that WeCom leaves open or that differs from corp to corp, so that a client must
 * survive either way. The marks A1, A2, … are entries of README.md.
 */
export const settingsSchema = z
	.object({
		...wireSettings,
		...pagingSettings,
		...authSettings,
		...customersSettings,
		...tagsSettings,
		...massMessagesSettings,
		...customerGroupsSettings,
		...callbacksSettings,
		...welcomeSettings,
		...customerServiceSettings,
		...appMessagesSettings,
	})
	.strict();

export type Settings = z.output<typeof settingsSchema>;
