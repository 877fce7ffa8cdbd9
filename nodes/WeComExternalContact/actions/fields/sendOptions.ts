import type { INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../operation';

export type IfUnknown = 'stop' | 'tryAgain';

/** What Send and Broadcast do when nobody can say whether a task exists. */
export const ifUnknownOption: INodeProperties = {
	displayName: 'If Outcome Is Unknown',
	name: 'ifUnknown',
	type: 'options',
	options: [
		{
			name: 'Stop',
			value: 'stop',
			description: 'Fail with an error that says so. Nobody gets the message twice.',
		},
		{
			name: 'Try Again',
			value: 'tryAgain',
			description:
				'Create the task again, at most 3 times. Customers may get the message twice if WeCom was slow to show the first one.',
		},
	],
	default: 'stop',
	description:
		"What to do when the answer of WeCom was lost and the task was not found in WeCom's list of tasks",
};

export const requestTimeoutOption: INodeProperties = {
	displayName: 'Request Timeout',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: 0.1 },
	default: 30,
	description: 'Seconds to wait for an answer of WeCom',
};

export function readIfUnknown(item: ItemInput): IfUnknown {
	return item.option('ifUnknown') === 'tryAgain' ? 'tryAgain' : 'stop';
}

/** A collection named "Options" with these fields. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}
