import { locatorField } from './locator';

/** A mass message task: from the recent ones, or by its msgid. */
export const taskField = locatorField({
	displayName: 'Task',
	name: 'msgid',
	description: 'The mass message task, by the msgid that Send and Broadcast return',
	list: { method: 'searchTasks', placeholder: 'Select a recent message…' },
	idPlaceholder: 'e.g. msgEXAMPLE001',
	kind: 'task',
	initially: { mode: 'id', value: '={{ $json.msgid }}' },
	ifEmpty:
		'Enter the msgid of the task. Items with the state no_recipients or planned have none: filter them out before this node.',
});
