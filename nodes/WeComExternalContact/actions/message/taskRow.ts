import type { IDataObject } from 'n8n-workflow';

import { recipientsOf } from '../../client/massMessage';
import type { CreatedTask } from '../../client/taskMemo';
import type { AddMsgTemplateRequest } from '../../client/types';

/**
 * - `created`, `recovered`, `no_recipients`: as the client says
 * - `duplicate`: the same task exists already; nothing was created
 * - `planned`: a dry run; nothing was created
 */
export type RowState = CreatedTask['state'] | 'duplicate' | 'planned';

/** The output of a task, as Send and Broadcast both give it. */
export function taskRow(
	body: AddMsgTemplateRequest,
	task: { msgid: string; fail_list: readonly string[]; state: RowState },
	batch: { batch: number; batch_count: number } = { batch: 1, batch_count: 1 },
): IDataObject {
	const requested = recipientsOf(body).length;
	return {
		msgid: task.msgid,
		chat_type: body.chat_type,
		sender: body.sender ?? null,
		// WeCom chooses the recipients of a tag or of all of a member, and does not say how many.
		recipient_count:
			requested === 0 && task.state !== 'no_recipients'
				? null
				: Math.max(0, requested - task.fail_list.length),
		fail_list: [...task.fail_list],
		fail_count: task.fail_list.length,
		batch: batch.batch,
		batch_count: batch.batch_count,
		state: task.state,
	};
}
