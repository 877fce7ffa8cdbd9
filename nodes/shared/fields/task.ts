import type { ItemInput } from '../operation/operation';
import { locatorField, readLocator } from './locator';

/** A mass-message task: from the recent ones, or by its msgid. */
export const taskField = locatorField({
	displayName: 'Task',
	name: 'msgid',
	description: 'The mass-message task, as the msgid that Send and Broadcast return',
	list: { method: 'searchTasks', placeholder: 'Select a recent message…' },
	idPlaceholder: 'e.g. msgEXAMPLE001',
	initially: { mode: 'id', value: '={{ $json.msgid }}' },
});

/** @throws WeComInputError when no task is named */
export function readTask(item: ItemInput): string {
	return readLocator(item, taskField, {
		problem: 'No task is named',
		remedy:
			'Fill in the msgid of the task. Rows with the state no_recipients or planned have none: filter them out before this node.',
	});
}
