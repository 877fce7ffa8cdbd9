import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { executeWithMedia } from '../shared/adapters/executeWithMedia';
import { listenForMessages, ringForMessages } from '../shared/adapters/serviceTrigger';
import {
	callbackWebhookMethods,
	callbackWebhooks,
	receiveCallback,
	testCallbackCredential,
} from '../shared/adapters/webhook';
import { loadOptions } from './methods';
import { mediaOfItems, messageTrigger, triggerPanel, triggerProperties } from './trigger';

export class WeComCustomerServiceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeCom Customer Service Trigger',
		name: 'weComCustomerServiceTrigger',
		icon: {
			light: 'file:../../icons/wecom-customer-service.svg',
			dark: 'file:../../icons/wecom-customer-service.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["events"]].flat().join(", ") }}',
		description: 'Starts the workflow for each message of a customer to WeCom customer service',
		defaults: { name: 'WeCom Customer Service Trigger' },
		eventTriggerDescription: 'Write to the account as a customer on WeChat',
		triggerPanel,
		activationMessage:
			'The trigger reads the accounts now. To hear of messages at once, paste the production URL in the WeCom admin console, and press Save there.',
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'weComCallbackApi',
				displayName: 'Callback Credential',
				required: true,
				testedBy: 'testCallbackCredential',
			},
			{ name: 'weComExternalContactApi', displayName: 'API Credential', required: true },
		],
		webhooks: callbackWebhooks,
		properties: triggerProperties,
	};

	methods = { credentialTest: { testCallbackCredential }, loadOptions };

	webhookMethods = callbackWebhookMethods;

	/** n8n runs this in the process that leads, from publishing on. It starts one execution for each message. */
	async trigger(this: ITriggerFunctions) {
		return await listenForMessages(this, messageTrigger);
	}

	/** The callback says only that there is something to read. */
	async webhook(this: IWebhookFunctions) {
		return await receiveCallback(this, ringForMessages(this, messageTrigger));
	}

	/** n8n runs this first in each execution. Without it, n8n would call `trigger` in a test run, and wait forever. */
	async execute(this: IExecuteFunctions) {
		return await executeWithMedia(this, mediaOfItems);
	}
}
