import type { IDataObject } from 'n8n-workflow';

import { MEMBER_STATUS, SEND_STATUS } from '../../../shared/client/massMessages/names';
import type { ReceiveLimit } from '../../../shared/client/massMessages/receivePeriods';
import { afterReceivePeriod } from '../../../shared/client/massMessages/receivePeriods';
import type { TaskStatus } from '../../../shared/client/massMessages/status';
import { hasActed } from '../../../shared/client/massMessages/status';
import type { ChatType, SendResult } from '../../../shared/client/massMessages/types';
import { joined, nameOf } from '../../../shared/operation/format';
import { toIso } from '../../../shared/operation/time';

/** The status of customers at their receive limit (doc 93338). */
const AT_LIMIT = 3;

/** The output of Get Task Status in each of its shapes. */
export const statusRows = { summary: summaryRows, members: memberRows, customers: customerRows };

/** The status of a task, and whom the task is for; undefined where WeCom does not say. */
export interface KnownTask extends TaskStatus {
	readonly chatType: ChatType | undefined;
}

/** How rows are shown. */
export interface StatusRowStyle {
	readonly timezone: string;
	/** Where customers are shown with their names. */
	readonly customerName?: (external_userid: string) => string | null;
	/** The corporation's receive limit, as far as the builder says it: WeCom does not. */
	readonly receiveLimit?: ReceiveLimit;
	/** Unix seconds by WeCom's clock. */
	readonly now: number;
}

function summaryRows(task: KnownTask, { timezone }: StatusRowStyle): IDataObject[] {
	return [summary(task, timezone)];
}

function memberRows(
	{ msgid, state, members, chatType }: KnownTask,
	{ timezone }: StatusRowStyle,
): IDataObject[] {
	return members.map(({ results, userid, status, send_time, ...others }) => ({
		userid,
		status_name: nameOf(MEMBER_STATUS, status),
		sent_at: toIso(send_time, timezone),
		...resultCounts(results, chatType),
		status: status ?? null,
		send_time: send_time ?? null,
		msgid,
		task_state: state,
		...others,
	}));
}

function customerRows(task: KnownTask, style: StatusRowStyle): IDataObject[] {
	return task.members.flatMap(({ results, send_time: triedAt = style.now }) =>
		results.map((result) => customerRow(result, { task, style, triedAt })),
	);
}

function customerRow(
	{ external_userid, chat_id, userid, status, send_time, ...others }: SendResult,
	{ task, style, triedAt }: { task: KnownTask; style: StatusRowStyle; triedAt: number },
): IDataObject {
	const { timezone, customerName, receiveLimit } = style;
	return joined(
		chat_id && !external_userid ? { chat_id } : { external_userid: external_userid ?? null },
		customerName && { name: external_userid ? customerName(external_userid) : null },
		{ userid, status_name: nameOf(SEND_STATUS, status), sent_at: toIso(send_time, timezone) },
		status === AT_LIMIT && {
			retry_after: toIso(receiveLimit && afterReceivePeriod(receiveLimit, triedAt), timezone),
		},
		{
			status: status ?? null,
			send_time: send_time ?? null,
			msgid: task.msgid,
			task_state: task.state,
		},
		others,
	);
}

function summary(task: KnownTask, timezone: string): IDataObject {
	const { msgid, state, members, chatType } = task;
	const results = members.flatMap((member) => member.results);
	const acted = members.filter(hasActed).length;
	const sendTimes = [...members, ...results]
		.map((row) => row.send_time ?? 0)
		.filter((time) => time > 0);
	const counts = {
		member_count: members.length,
		members_sent: acted,
		members_pending: members.length - acted,
		...resultCounts(results, members.length === 0 ? 'single' : chatType),
	};
	return {
		msgid,
		state,
		// Without members nothing is known, and 0 would be wrong: customers may have got it before the cancellation.
		...(members.length === 0 ? allNull(counts) : counts),
		first_sent_at: sendTimes.length === 0 ? null : toIso(least(sendTimes), timezone),
		last_sent_at: sendTimes.length === 0 ? null : toIso(greatest(sendTimes), timezone),
	};
}

function resultCounts(results: readonly SendResult[], chatType: ChatType | undefined): IDataObject {
	const count = (wanted: number) => results.filter((row) => row.status === wanted).length;
	const unknown_status = results.filter(({ status }) => !(status in SEND_STATUS)).length;
	const counts = {
		failed_not_friend: count(2),
		failed_limit: count(3),
		// Numbers that are new at WeCom, so that the parts still sum to the whole.
		...(unknown_status > 0 && { unknown_status }),
	};
	if (chatType === 'single') {
		return { customer_count: results.length, sent: count(1), pending: count(0), ...counts };
	}
	// Waiting groups have no rows (doc 93338): nobody knows their number, and 0 would be wrong.
	const total = chatType === 'group' ? 'group_count' : 'customer_count';
	return { [total]: null, sent: count(1), pending: null, ...counts };
}

/** How far a task was, in short. */
export function lastKnownCounts({ members }: TaskStatus): IDataObject {
	const results = members.flatMap((member) => member.results);
	const ofGroups = results.every((row) => !row.external_userid);
	const { sent, pending, customer_count } = resultCounts(results, ofGroups ? 'group' : 'single');
	return { sent, pending, customer_count: customer_count ?? null };
}

function allNull(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.keys(row).map((name) => [name, null]));
}

function least(values: readonly number[]): number {
	return values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: readonly number[]): number {
	return values.reduce((a, b) => Math.max(a, b));
}
