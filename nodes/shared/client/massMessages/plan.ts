import { chunk } from '../core/utils';
import { MAX_CUSTOMERS_PER_TASK, MAX_GROUPS_PER_TASK } from './limits';
import type { AddMsgTemplateRequest } from './types';

/** Cuts a message into the tasks WeCom allows: 10,000 customers or 2,000 customer groups each, in order. */
export function planTasks(message: AddMsgTemplateRequest): AddMsgTemplateRequest[] {
	if (message.external_userid) {
		return chunk(message.external_userid, MAX_CUSTOMERS_PER_TASK).map((external_userid) => ({
			...message,
			external_userid,
		}));
	}
	if (message.chat_id_list) {
		return chunk(message.chat_id_list, MAX_GROUPS_PER_TASK).map((chat_id_list) => ({
			...message,
			chat_id_list,
		}));
	}
	return [message];
}

/** External user IDs or chat IDs a task names; empty when WeCom chooses them. */
export function recipientsOf(task: AddMsgTemplateRequest): readonly string[] {
	return task.external_userid ?? task.chat_id_list ?? [];
}

/** How many the task reaches; null when WeCom chooses them. */
export function countRecipients(
	task: AddMsgTemplateRequest,
	failed: readonly string[] = [],
): number | null {
	const named = recipientsOf(task).length;
	return named === 0 ? null : named - failed.length;
}
