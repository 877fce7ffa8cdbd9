import type { WeComClient } from '../core/client';
import type { Portion } from '../core/pagination';
import { massMessageEndpoints } from './endpoints';
import { isInWindow, newestFirst, taskListRequest, taskListWindows } from './records';
import type { ChatType, MassMessage } from './types';

/** A mass message and its kind of recipients. */
export interface ListedTask extends MassMessage {
	readonly chat_type: ChatType;
}

/** A window of the task list, and how far each of its two lists has been read; null when it is fully read. */
export interface TaskPosition {
	/** Exclusive end of the window, in Unix seconds. */
	readonly until: number;
	readonly cursors: Readonly<Record<ChatType, string | null>>;
}

export function tasksUntil(until: number): TaskPosition {
	return { until, cursors: { single: '', group: '' } };
}

/** The company's tasks for customers and for groups combined, newest first, back to `oldest` (Unix seconds). */
export async function browseTasks(
	client: WeComClient,
	{ until, cursors }: TaskPosition,
	oldest: number,
): Promise<Portion<ListedTask, TaskPosition>> {
	const [window] = taskListWindows(oldest, until);
	if (!window) return { entries: [], next: undefined };
	const entries: ListedTask[] = [];
	const read = async (chat_type: ChatType): Promise<string | null> => {
		const cursor = cursors[chat_type];
		if (cursor === null) return null;
		// 0: tasks that members created themselves can't be reminded or cancelled.
		const request = taskListRequest({ chat_type, filter_type: 0 }, window, cursor);
		const response = await client.call(massMessageEndpoints.massMessages, request);
		const own = (response.group_msg_list ?? []).filter((record) => isInWindow(record, window));
		entries.push(...own.map((record) => ({ ...record, chat_type })));
		return response.next_cursor || null;
	};
	const single = await read('single');
	const group = await read('group');

	const windowDone = single === null && group === null;
	const next = windowDone ? tasksUntil(window.start + 1) : { until, cursors: { single, group } };
	return { entries: newestFirst(entries), next: next.until > oldest ? next : undefined };
}
