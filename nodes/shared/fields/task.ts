import { hiddenInTools, shownInTools } from './field';
import { locatorField } from './locator';

const task = {
	displayName: 'Task',
	name: 'msgid',
	description: 'The mass message task, by the msgid that Send and Broadcast return',
	list: { method: 'searchTasks', placeholder: 'Select a recent message…' },
	idPlaceholder: 'e.g. msgEXAMPLE001',
	kind: 'task',
	ifEmpty:
		'Enter the msgid of the task. Items with the state no_recipients or planned have none: filter them out before this node.',
} as const;

/** A mass message task: from the recent ones, or by its msgid. */
export const taskField = locatorField({
	...task,
	initially: { mode: 'id', value: '={{ $json.msgid }}' },
});

/** As the panel shows it. A tool has no input item from Send or Broadcast, so there the field starts empty. */
export const taskFields = [
	hiddenInTools(taskField),
	shownInTools(locatorField({ ...task, initially: { mode: 'id', value: '' } })),
];
