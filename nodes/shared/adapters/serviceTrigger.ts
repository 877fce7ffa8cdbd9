import type {
	IDataObject,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import { textOf } from '../client/callbacks/xml';
import { WeComClient } from '../client/core/client';
import { readSince } from '../client/customerService/readSince';
import { clock } from './clock';
import { toNodeError } from './errors';
import type { MessageTrigger } from './serviceListener';
import { ServiceListener } from './serviceListener';
import { n8nTransport } from './transport';
import type { TakeMessage } from './webhook';

/** Of the workflows whose triggers run in this process. */
const listeners = new Map<string, ServiceListener>();

/** Seconds before the callback from which messages count in a test run. */
const TEST_BACK_SECONDS = 60;

/** Listens from the publication of the workflow on, until it ends. A test run has its messages from `webhook`. */
export async function listenForMessages(
	context: ITriggerFunctions,
	trigger: MessageTrigger,
): Promise<ITriggerResponse> {
	if (context.getMode() === 'manual') return {};
	const key = keyOf(context);
	let listener: ServiceListener | undefined;
	const stop = () => {
		listener?.stop();
		if (listeners.get(key) === listener) listeners.delete(key);
	};
	try {
		const settings = trigger.settings((name) => context.getNodeParameter(name));
		listener = new ServiceListener(context, trigger, settings);
		listeners.get(key)?.stop();
		listeners.set(key, listener);
		await listener.begin();
	} catch (error) {
		stop();
		throw toNodeError(context.getNode(), error, { itemIndex: undefined });
	}
	return {
		closeFunction: async () => {
			stop();
			await Promise.resolve();
		},
	};
}

/**
 * Rings for the listener. A process without one reads nothing: whoever runs the triggers looks by itself, and two that
 * read would start everything twice.
 */
export function ringForMessages(context: IWebhookFunctions, trigger: MessageTrigger): TakeMessage {
	return async ({ nodes }, { parameter, timezone }) => {
		const event = textOf(nodes.Event);
		const callback = {
			open_kfid: textOf(nodes.OpenKfId),
			token: textOf(nodes.Token) || undefined,
			time: Number(textOf(nodes.CreateTime)),
		};
		const isMessage = event === 'kf_msg_or_event' && callback.open_kfid !== '';
		if (context.getMode() === 'manual') {
			const settings = trigger.settings(parameter);
			if (!isMessage || settings.accounts?.includes(callback.open_kfid) === false) return undefined;
			const client = new WeComClient({
				transport: n8nTransport(context),
				clock,
				random: Math.random,
			});
			const { time, ...account } = callback;
			const messages = await readSince(client, account, time - TEST_BACK_SECONDS);
			return messages
				.filter((message) => settings.wants(message))
				.map((message): IDataObject => trigger.item(message, timezone));
		}
		const listener = listeners.get(keyOf(context));
		if (isMessage) listener?.ring(callback.open_kfid, callback.token);
		if (event === 'kf_account_auth_change') void listener?.lookForAccounts();
		return undefined;
	};
}

function keyOf(context: ITriggerFunctions | IWebhookFunctions): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}
