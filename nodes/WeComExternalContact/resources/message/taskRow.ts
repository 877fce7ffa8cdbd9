import type { IDataObject } from 'n8n-workflow';

import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import type { AddMsgTemplateRequest } from '../../../shared/client/massMessages/types';

/** `planned`: a dry run, which creates nothing. The other states are the client's. */
export type RowState = CreatedTask['state'] | 'planned';

/** The output for a task, the same for Send and Broadcast. */
export function taskRow(
	body: AddMsgTemplateRequest,
	task: Omit<CreatedTask, 'state'> & { readonly state: RowState },
	batch: { batch: number; batch_count: number } = { batch: 1, batch_count: 1 },
): IDataObject {
	return {
		msgid: task.msgid,
		state: task.state,
		chat_type: body.chat_type,
		sender: body.sender ?? null,
		recipient_count: task.recipient_count,
		fail_list: [...task.fail_list],
		fail_count: task.fail_list.length,
		skipped: task.skipped.map(({ id, reason }) => ({ external_userid: id, reason })),
		batch: batch.batch,
		batch_count: batch.batch_count,
	};
}
