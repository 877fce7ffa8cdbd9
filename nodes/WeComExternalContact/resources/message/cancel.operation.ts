import type { CancelCalls } from '../../../shared/client/massMessages/cancel';
import { cancelTask } from '../../../shared/client/massMessages/cancel';
import { processTasks } from '../../../shared/client/massMessages/processTasks';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import { taskField } from '../../../shared/fields/task';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';

/** Stops a task for the members who have not sent it yet. Doc 97611. */
export const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel a mass message task',
	description:
		'Stop a task for the members who have not sent it yet. It cannot be resumed, delivered messages are not recalled, and WeCom no longer says who received them: use Get Task Status first.',
	fields: [taskField, requestOptions],
	execute: perItem(async function* (item, context) {
		const { client } = context;
		const once = onceOf(context);
		const msgid = read(item, taskField);
		// Retry On Fail gets here again after calls that may have cancelled the task.
		const calls = await once.run(`calls to cancel ${msgid}`, noneYet);
		// Items may be the customers of one task.
		const already_cancelled = await once.run(
			`cancel ${msgid}`,
			async () => await cancelTask(client, msgid, calls),
		);
		processTasks.markCancelled(msgid);
		yield { msgid, cancelled: true, already_cancelled };
	}),
};

async function noneYet(): Promise<CancelCalls> {
	return await Promise.resolve({ answerLost: false });
}
