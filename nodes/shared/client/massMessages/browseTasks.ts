import type { WeComClient } from '../core/client';
import type { Portion } from '../core/pagination';
import { massMessageEndpoints } from './endpoints';
import { TASK_LIST_PAGE, TASK_LIST_SPAN_SECONDS } from './limits';
import type { ChatType, MassMessage } from './types';

/** A mass message and whom it is for. */
export interface ListedTask extends MassMessage {
	readonly chat_type: ChatType;
}

/** A window of the task list, and how far each of its two lists has been read; null is to its end. */
export interface TaskPosition {
	/** Unix seconds. */
	readonly until: number;
	readonly cursors: Readonly<Record<ChatType, string | null>>;
}

export function tasksUntil(until: number): TaskPosition {
	return { until, cursors: { single: '', group: '' } };
}

/** The company's tasks for customers and for groups together, newest first, back to `oldest` (Unix seconds). */
export async function browseTasks(
	client: WeComClient,
	{ until, cursors }: TaskPosition,
	oldest: number,
): Promise<Portion<ListedTask, TaskPosition>> {
	const from = Math.max(oldest, until - TASK_LIST_SPAN_SECONDS);
	const entries: ListedTask[] = [];
	const read = async (chat_type: ChatType): Promise<string | null> => {
		const cursor = cursors[chat_type];
		if (cursor === null) return null;
		const answer = await client.call(massMessageEndpoints.massMessages, {
			chat_type,
			// What members wrote on their own cannot be reminded or cancelled.
			filter_type: 0,
			start_time: from,
			end_time: until,
			limit: TASK_LIST_PAGE,
			cursor,
		});
		entries.push(...(answer.group_msg_list ?? []).map((message) => ({ ...message, chat_type })));
		return answer.next_cursor || null;
	};
	const single = await read('single');
	const group = await read('group');
	entries.sort((a, b) => Number(b.create_time) - Number(a.create_time));

	const windowDone = single === null && group === null;
	if (!windowDone) return { entries, next: { until, cursors: { single, group } } };
	return { entries, next: from > oldest ? tasksUntil(from - 1) : undefined };
}
