import type { IDataObject } from 'n8n-workflow';

import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { chatTypeOf } from '../../../shared/client/massMessages/draft';

/** `planned`: a dry run, which creates nothing. The other states are the client's. */
export type RowState = CreatedTask['state'] | 'planned';

/** The output for a task, the same for Send and Broadcast. */
export function taskRow(
	draft: MessageDraft,
	task: Omit<CreatedTask, 'state'> & { readonly state: RowState },
	batch: { batch: number; batch_count: number } = { batch: 1, batch_count: 1 },
): IDataObject {
	return {
		msgid: task.msgid,
		state: task.state,
		chat_type: chatTypeOf(draft),
		sender: draft.sender ?? null,
		recipient_count: task.recipient_count,
		fail_list: [...task.fail_list],
		fail_count: task.fail_list.length,
		skipped: task.skipped.map(({ id, reason }) => ({ external_userid: id, reason })),
		batch: batch.batch,
		batch_count: batch.batch_count,
	};
}
