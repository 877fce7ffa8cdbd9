import type { CancelCalls } from '../../../shared/client/massMessages/cancel';
import { cancelPendingTask } from '../../../shared/client/massMessages/cancel';
import { read } from '../../../shared/fields/field';
import { operationNotice } from '../../../shared/fields/notice';
import { requestOptions } from '../../../shared/fields/options';
import { taskField, taskFields } from '../../../shared/fields/task';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { lastKnownCounts } from './statusRows';

/** Stops a task for the members who have not sent it yet. Doc 97611. */
export const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel a task',
	description:
		'Stop a task where it is not sent yet. It cannot be resumed, and sent messages are not recalled.',
	fields: [
		operationNotice(
			'After this, WeCom no longer says who received the message. To see who, use Get Task Status first; last_known in the output has only the counts. A completed task stays as it is.',
		),
		...taskFields,
		requestOptions,
	],
	execute: perItem(async function* (item, context) {
		const { client, hint } = context;
		const once = onceOf(context);
		const msgid = read(item, taskField);
		// Retry On Fail gets here again after calls that may have cancelled the task.
		const calls = await once.run(`calls to cancel ${msgid}`, noneYet);
		// Items may be the customers of one task.
		const { cancelled, already_cancelled, lastKnown } = await once.run(
			`cancel ${msgid}`,
			async () => await cancelPendingTask(client, msgid, calls),
		);
		if (!cancelled) {
			hint(
				`Task ${msgid} is completed: all members have sent it, so nothing was cancelled.`,
				'info',
			);
		}
		const last_known = lastKnown && lastKnownCounts(lastKnown);
		yield { msgid, cancelled, already_cancelled, last_known: last_known ?? null };
	}),
};

async function noneYet(): Promise<CancelCalls> {
	return await Promise.resolve({ answerLost: false });
}
