import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { receiveResponse, responseWebhooks } from '../shared/adapters/response';
import { run } from '../shared/adapters/run';
import { nodeProperties } from '../shared/operation/nodeProperties';
import { listSearch, loadOptions } from './methods';
import { resources } from './resources';
import { message } from './resources/message';

export class WeComExternalContact implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeCom External Contact',
		name: 'weComExternalContact',
		icon: {
			light: 'file:../../icons/wecom-external-contact.svg',
			dark: 'file:../../icons/wecom-external-contact.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Message WeCom customers through your members, track the tasks, and list customers',
		defaults: { name: 'WeCom External Contact' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip:
			'={{ $parameter["operation"] === "sendAndWait" ? "The workflow continues once the member has responded" : "" }}',
		webhooks: responseWebhooks,
		credentials: [{ name: 'weComExternalContactApi', required: true }],
		properties: nodeProperties(resources, message),
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions) {
		return await run(this, resources);
	}

	async webhook(this: IWebhookFunctions) {
		return await receiveResponse(this);
	}
}
