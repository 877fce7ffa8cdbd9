import { createHash } from 'node:crypto';

import { memberKey } from '../customers/members';
import type { TaskIdentity } from './executionMemo';
import type { AddMsgTemplateRequest } from './types';

/**
 * Equal for two tasks that would say the same to the same people, in whatever order these are named: an AI agent
 * that asks again may name them in another one.
 */
export function taskKey(task: AddMsgTemplateRequest): string {
	return hashOf({
		...task,
		sender: task.sender && memberKey(task.sender),
		external_userid: task.external_userid && [...task.external_userid].sort(),
		chat_id_list: task.chat_id_list && [...task.chat_id_list].sort(),
		tag_filter: task.tag_filter && {
			group_list: task.tag_filter.group_list
				.map(({ tag_list }) => [...tag_list].sort().join())
				.sort(),
		},
	});
}

/** @param items indexes of the input items that ask for the task */
export function identityOf(task: AddMsgTemplateRequest, items: readonly number[]): TaskIdentity {
	return {
		key: taskKey(task),
		address: taskKey({ ...task, text: undefined, attachments: undefined }),
		message: taskKey({ ...task, external_userid: undefined, chat_id_list: undefined }),
		sender: task.sender && memberKey(task.sender),
		items,
	};
}

function hashOf(value: object): string {
	return createHash('sha256')
		.update(JSON.stringify(sorted(value)))
		.digest('hex');
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, part]) => part !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, part]) => [name, sorted(part)]),
	);
}
