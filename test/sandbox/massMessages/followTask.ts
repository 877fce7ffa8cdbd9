import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { DAY } from '../core/calendar';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { cursor, limit, requiredString } from '../core/fields';
import { pageOf, pageSize } from '../core/paging';
import { sees } from '../customers/lookups';
import type { RecipientResult, Task, TaskPart } from './model';

const MEMBER_PAGES = { default: 500, max: 1000, aboveMax: 'default' } as const;

/** 3 reminders per mass message in 24 h (doc 97610). */
const MAX_REMINDERS = 3;

const msgid = requiredString(41046);

/** The members of a task and whether they acted (doc 93338). */
export const getGroupmsgTask = endpoint({
	path: '/cgi-bin/externalcontact/get_groupmsg_task',
	method: 'POST',
	doc: 93338,
	emptyFields: { task_list: [] },
	request: z.object({ msgid, limit, cursor }),
	handle(call, body) {
		const task = requireReadableTask(call, body.msgid);
		const rows = task.wire?.members ?? taskMemberRows(call, task);
		const page = pageOf(
			rows,
			{
				scope: `task ${task.msgid}`,
				cursor: body.cursor,
				size: pageSize(body.limit, MEMBER_PAGES),
			},
			call.world.settings,
		);
		return {
			next_cursor: page.nextCursor,
			task_list: page.items,
		};
	},
});

function taskMemberRows(call: Call, task: Task): object[] {
	const { mixedStatus1, memberRowsDelaySeconds } = call.world.settings;
	if (isYetWithoutRows(call, task, memberRowsDelaySeconds)) return [];
	return visibleParts(call, task).map((part, index) =>
		taskMemberRow(part, mixedStatus1 && index % 2 === 0 ? 1 : 2),
	);
}

/** The dispatch has ended, and there is nothing to see yet (A74). */
function isYetWithoutRows({ world, now }: Call, task: Task, delay: number): boolean {
	const dispatchedAt = task.createTime + world.settings.dispatchDelaySeconds;
	return task.createType === 0 && now < dispatchedAt + delay;
}

/** 0 not sent, 2 sent (doc 93338); the page's sample shows 1 (A7). No send_time while unsent. */
function taskMemberRow({ userid, sentAt }: TaskPart, sentStatus: 1 | 2): object {
	return sentAt === undefined
		? { userid, status: 0 }
		: { userid, status: sentStatus, send_time: sentAt };
}

/** What became of each recipient of one member (doc 93338). */
export const getGroupmsgSendResult = endpoint({
	path: '/cgi-bin/externalcontact/get_groupmsg_send_result',
	method: 'POST',
	doc: 93338,
	emptyFields: { send_list: [] },
	// A missing userid has no documented code (A63).
	request: z.object({ msgid, userid: requiredString(40003), limit, cursor }),
	handle(call, body) {
		const task = requireReadableTask(call, body.msgid);
		if (!call.corp.members.has(body.userid)) throw new ApiError(40003);
		const page = pageOf(
			task.wire?.results?.[body.userid] ?? resultRows(call, task, body.userid),
			{
				scope: `result ${task.msgid} ${body.userid}`,
				cursor: body.cursor,
				size: pageSize(body.limit, MEMBER_PAGES),
			},
			call.world.settings,
		);
		return { next_cursor: page.nextCursor, send_list: page.items };
	},
});

/** A task for customer groups has rows only for what was sent (doc 93338). */
function resultRows(call: Call, task: Task, userid: string): object[] {
	if (isYetWithoutRows(call, task, call.world.settings.resultRowsDelaySeconds)) return [];
	// A member without a part in the task has no rows (A30).
	const part = visibleParts(call, task).find((each) => each.userid === userid);
	const results = part?.recipients ?? [];
	const shown =
		task.chatType === 'group' ? results.filter((result) => result.status === 1) : results;
	return shown.map((result) => resultRow(task, userid, result));
}

function resultRow({ chatType }: Task, userid: string, result: RecipientResult): object {
	return {
		[chatType === 'single' ? 'external_userid' : 'chat_id']: result.id,
		userid,
		status: result.status,
		...(result.sentAt === undefined ? {} : { send_time: result.sentAt }),
	};
}

/** Notifies the members again (doc 97610 of 2025-11-17). */
export const remindGroupmsgSend = endpoint({
	path: '/cgi-bin/externalcontact/remind_groupmsg_send',
	method: 'POST',
	doc: 97610,
	request: z.object({ msgid }),
	handle(call, body) {
		const task = requireLivingTask(call, body.msgid);
		const recent = task.reminders.filter((time) => time > call.now - DAY);
		if (recent.length >= MAX_REMINDERS) throw new ApiError(41094);
		task.reminders.push(call.now);
		return {};
	},
});

/** Stops what is unsent, recalls nothing (doc 97611 of 2025-11-17). */
export const cancelGroupmsgSend = endpoint({
	path: '/cgi-bin/externalcontact/cancel_groupmsg_send',
	method: 'POST',
	doc: 97611,
	request: z.object({ msgid }),
	handle(call, body) {
		requireLivingTask(call, body.msgid).cancelled = true;
		return {};
	},
});

/** Queries may go on after a cancellation (A11). */
function requireReadableTask(call: Call, id: string): Task {
	const task = requireDispatchedTask(call, id);
	if (task.cancelled && call.world.settings.cancelledTask === '41093') throw new ApiError(41093);
	return task;
}

function requireLivingTask(call: Call, id: string): Task {
	const task = requireDispatchedTask(call, id);
	if (task.cancelled) throw new ApiError(41093);
	return task;
}

/**
 * 41047: the ID is wrong, of another corp or app, or too fresh (A1). 41063: the task is still being
 * dispatched (doc 93338); reminding and cancelling wait for that as the queries do (A31).
 */
function requireDispatchedTask({ world, corp, app, now }: Call, id: string): Task {
	const task = corp.tasks.get(id);
	if (!task) throw new ApiError(41047);
	if (task.agentId !== undefined) {
		const tooFresh = now < task.createTime + world.settings.unknownMsgidSeconds;
		if (task.agentId !== app.agentId || tooFresh) throw new ApiError(41047);
	}
	if (!world.isDispatched(task)) throw new ApiError(41063);
	return task;
}

/** An app sees only members in its visible range (doc 93338). */
function visibleParts({ app }: Call, task: Task): TaskPart[] {
	return [...task.parts.values()].filter((part) => sees(app, part.userid));
}
