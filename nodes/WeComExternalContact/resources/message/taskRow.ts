import type { IDataObject } from 'n8n-workflow';

import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { chatTypeOf, recipientsOf } from '../../../shared/client/massMessages/draft';
import type { PlannedTask } from './pairing';

/** `planned`: a dry run, which creates nothing. The other states are the client's. */
export type RowState = CreatedTask['state'] | 'planned';

type Outcome = Omit<CreatedTask, 'state'> & { readonly state: RowState };

/** The output of Send: a task for one customer. */
export function sendRow(draft: MessageDraft, task: Outcome): IDataObject {
	const { msgid, state, ...outcome } = outcomeOf(draft, task);
	return { msgid, state, external_userid: recipientsOf(draft)[0] ?? null, ...outcome };
}

/** The output of Broadcast: one of its tasks, with the same columns for all of them. */
export function taskRow(
	{ draft, batch, batch_count }: Omit<PlannedTask, 'items'>,
	task: Outcome,
): IDataObject {
	return { ...outcomeOf(draft, task), chat_type: chatTypeOf(draft), batch, batch_count };
}

function outcomeOf(draft: MessageDraft, task: Outcome) {
	return {
		msgid: task.msgid,
		state: task.state,
		sender: draft.sender ?? null,
		recipient_count: task.recipient_count,
		fail_list: [...task.fail_list],
		fail_count: task.fail_list.length,
		skipped: task.skipped.map(({ id, reason }) => ({ external_userid: id, reason })),
	};
}
