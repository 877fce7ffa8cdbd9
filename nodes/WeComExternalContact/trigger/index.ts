import type { INodeProperties } from 'n8n-workflow';

import type { CallbackMessage } from '../../shared/client/callbacks/message';
import { API_RECEPTION } from '../../shared/client/core/consoleMenus';
import { itemFor } from './item';
import { readSettings, triggerFields } from './fields';

export { withDetails } from './details';
export { addDetailsField } from './fields';

const notice: INodeProperties = {
	displayName: `WeCom has one URL per app. Publish this workflow first. Then paste the production URL in the WeCom admin console, your app, ${API_RECEPTION.replace(/>/g, '&gt;')}, and press Save there.`,
	name: 'setup',
	type: 'notice',
	default: '',
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
