import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { run } from '../shared/adapters/run';
import { nodeProperties } from '../shared/operation/nodeProperties';
import { listSearch } from './methods';
import { resources } from './resources';
import { message } from './resources/message';

export class WeComCustomerService implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeCom Customer Service',
		name: 'weComCustomerService',
		icon: {
			light: 'file:../../icons/wecom-customer-service.svg',
			dark: 'file:../../icons/wecom-customer-service.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Answer customers who write to WeCom customer service, hand them to people, and manage accounts',
		defaults: { name: 'WeCom Customer Service' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'weComExternalContactApi', required: true }],
		properties: nodeProperties(resources, message),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions) {
		return await run(this, resources);
	}
}
