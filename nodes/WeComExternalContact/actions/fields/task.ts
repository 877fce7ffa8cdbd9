import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import type { ItemInput } from '../operation';

/** A mass-message task: from the recent ones, or by its msgid. */
export const taskField: INodeProperties = {
	displayName: 'Task',
	name: 'msgid',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.msgid }}' },
	required: true,
	description: 'The mass-message task, as the msgid that Send and Broadcast return',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a recent message…',
			typeOptions: { searchListMethod: 'searchTasks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. msgEXAMPLE001',
		},
	],
};

/** @throws WeComInputError when no task is named */
export function readTask(item: ItemInput): string {
	const msgid = item.locator('msgid');
	if (msgid === '') {
		throw new WeComInputError(
			'No task is named',
			'Fill in the msgid of the task. A broadcast with the state no_recipients or planned has none.',
		);
	}
	return msgid;
}
