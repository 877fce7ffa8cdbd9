import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { executeTrigger } from '../shared/adapters/executeTrigger';
import {
	callbackWebhookMethods,
	callbackWebhooks,
	receiveCallback,
	testCallbackCredential,
} from '../shared/adapters/webhook';
import {
	addDetailsField,
	takeMessage,
	triggerPanel,
	triggerProperties,
	withDetails,
} from './trigger';

export class WeComExternalContactTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeCom External Contact Trigger',
		name: 'weComExternalContactTrigger',
		icon: {
			light: 'file:../../icons/wecom-external-contact.svg',
			dark: 'file:../../icons/wecom-external-contact.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["events"]].flat().join(", ") }}',
		description: 'Starts the workflow when something happens to your WeCom customers',
		defaults: { name: 'WeCom External Contact Trigger' },
		eventTriggerDescription: 'Add a customer in WeCom, or send the event again',
		triggerPanel,
		activationMessage:
			'Now copy the production URL from the trigger, paste it in the WeCom admin console, and press Save there.',
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'weComCallbackApi',
				displayName: 'Callback Credential',
				required: true,
				testedBy: 'testCallbackCredential',
			},
			{
				name: 'weComExternalContactApi',
				displayName: 'API Credential',
				required: true,
				displayOptions: { show: { addDetails: [true] } },
			},
		],
		webhooks: callbackWebhooks,
		properties: triggerProperties,
	};

	methods = { credentialTest: { testCallbackCredential } };

	webhookMethods = callbackWebhookMethods;

	async webhook(this: IWebhookFunctions) {
		return await receiveCallback(this, takeMessage);
	}

	/** n8n runs this with the item of `webhook`, after WeCom has its answer. */
	async execute(this: IExecuteFunctions) {
		return await executeTrigger(this, addDetailsField, withDetails);
	}
}
