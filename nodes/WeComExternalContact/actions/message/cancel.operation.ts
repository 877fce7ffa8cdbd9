import { cancelTask } from '../../client/taskActions';
import { optionsField, requestTimeoutOption } from '../fields/sendOptions';
import { readTask, taskField } from '../fields/task';
import type { Operation } from '../operation';
import { perItem } from '../operation';

/** Stops what members have not sent yet of a task. Doc 97611. */
export const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel what is still unsent of a mass message',
	description:
		'Stop a task for the members who have not sent it yet. It cannot be resumed, and what customers have already received is not recalled.',
	fields: [taskField, optionsField([requestTimeoutOption])],
	execute: perItem(async function* (item, { client, once }) {
		const msgid = readTask(item);
		// Items may be the customers of one task.
		const already_cancelled = await once.do(
			`cancel ${msgid}`,
			async () => await cancelTask(client, msgid),
		);
		yield { msgid, cancelled: true, already_cancelled };
	}),
};
