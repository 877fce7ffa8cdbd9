import type { INodeProperties } from 'n8n-workflow';

import { API_RECEPTION, CUSTOMER_SERVICE_API } from '../../shared/client/core/consoleMenus';
import { setupNotice } from '../../shared/fields/setup';
import { readMaxBytes, readSettings, triggerFields } from './fields';
import { itemFor, mediaOf } from './item';

const notice = setupNotice(
	`Publish this workflow first. Then, in the WeCom admin console, let the app manage the accounts in ${CUSTOMER_SERVICE_API}, paste the production URL in the app, ${API_RECEPTION}, and press Save there. WeCom has one URL per app.`,
);

export const triggerProperties: INodeProperties[] = [
	notice,
	...triggerFields.map(({ property }) => property),
];

/** The fields of the trigger, and its items. */
export const messageTrigger = { settings: readSettings, item: itemFor };

/** The files that the items come with. */
export const mediaOfItems = { maxBytes: readMaxBytes, mediaOf };
