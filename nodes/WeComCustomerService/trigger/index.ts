import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { API_RECEPTION, CUSTOMER_SERVICE_API } from '../../shared/client/core/consoleMenus';
import { setupNotice } from '../../shared/fields/notice';
import { readMaxBytes, readSettings, triggerFields } from './fields';
import { itemFor, mediaOf } from './item';

const notice = setupNotice(
	`WeCom has one URL per app. Publish this workflow first. Then, in the WeCom admin console, let the app manage the accounts in ${CUSTOMER_SERVICE_API}. Copy the production URL from Webhook URLs above, paste it in the app, ${API_RECEPTION}, and press Save there.`,
);

/** The left side of the panel. n8n calls its button Execute step. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'Listen for one message from a customer',
	executionsHelp: {
		inactive:
			'<b>While you build</b>, press the button above, paste the test URL in WeCom and write to the account as a customer. The messages appear here.<br /><br /><b>When you are done</b>, publish the workflow and paste its production URL in WeCom. From then on every message starts an execution, which you find under Executions.',
		active:
			'<b>Messages to the published workflow</b> start an execution each, which you find under Executions, not here.<br /><br /><b>To try a change</b>, press the button above. It waits for a callback at the test URL. WeCom has one URL per app: while you enter the test URL there, the published workflow reads messages only at intervals.',
	},
	activationHint: 'Messages start the workflow after you publish it.',
};

export const triggerProperties: INodeProperties[] = [
	notice,
	...triggerFields.map(({ property }) => property),
];

/** The fields of the trigger, and its items. */
export const messageTrigger = { settings: readSettings, item: itemFor };

/** The files that the items come with. */
export const mediaOfItems = { maxBytes: readMaxBytes, mediaOf };
