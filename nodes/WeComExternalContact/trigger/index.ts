import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import type { CallbackMessage } from '../../shared/client/callbacks/message';
import { API_RECEPTION } from '../../shared/client/core/consoleMenus';
import { setupNotice } from '../../shared/fields/notice';
import { readSettings, triggerFields } from './fields';
import { itemFor } from './item';

export { withDetails } from './details';
export { addDetailsField } from './fields';

const notice = setupNotice(
	`WeCom has one URL per app. Publish this workflow first. Then copy the production URL from Webhook URLs above, paste it in the WeCom admin console, your app, ${API_RECEPTION}, and press Save there.`,
);

/** The left side of the panel. n8n calls its button Execute step. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'Listen for one event from WeCom',
	executionsHelp: {
		inactive:
			'<b>While you build</b>, press the button above. Paste the test URL in WeCom, or send to it from a test tool. The first event that you chose appears here.<br /><br /><b>When you are done</b>, publish the workflow and paste its production URL in WeCom. From then on every event starts an execution, which you find under Executions.',
		active:
			'<b>Events at the production URL</b> start an execution each, which you find under Executions, not here.<br /><br /><b>To try a change</b>, press the button above. Only events at the test URL appear here. WeCom has one URL per app: while you enter the test URL there, the production URL gets nothing.',
	},
	activationHint: 'Events at the production URL start the workflow after you publish it.',
};

export const triggerProperties: INodeProperties[] = [
	notice,
	...triggerFields.map(({ property }) => property),
];

/** The item that a message starts the workflow with; undefined if the builder did not ask for it. */
export function takeMessage(
	message: CallbackMessage,
	{ parameter, timezone }: { parameter(name: string): unknown; readonly timezone: string },
) {
	return itemFor(message, readSettings(parameter), timezone);
}
