import type { IDataObject } from 'n8n-workflow';

import { MEMBER_STATUS, SEND_STATUS } from '../../../shared/client/massMessages/names';
import type { TaskStatus } from '../../../shared/client/massMessages/status';
import { hasActed } from '../../../shared/client/massMessages/status';
import type { SendResult } from '../../../shared/client/massMessages/types';
import { nameOf } from '../../../shared/operation/format';
import { toIso } from '../../../shared/operation/time';

/** The output of Get Task Status in each of its shapes. */
export const statusRows = { summary: summaryRows, members: memberRows, customers: customerRows };

function* summaryRows(status: TaskStatus, timezone: string): Generator<IDataObject> {
	yield summary(status, timezone);
}

function* memberRows(status: TaskStatus, timezone: string): Generator<IDataObject> {
	const { msgid, state, members } = status;
	const ofGroups = isGroupTask(status);
	for (const { results, ...member } of members) {
		yield {
			msgid,
			state,
			...member,
			status_name: nameOf(MEMBER_STATUS, member.status),
			...sentTimes(member, timezone),
			...resultCounts(results, ofGroups),
		};
	}
}

function* customerRows(
	{ msgid, state, members }: TaskStatus,
	timezone: string,
): Generator<IDataObject> {
	for (const row of members.flatMap((member) => member.results)) {
		yield {
			msgid,
			state,
			...row,
			status_name: nameOf(SEND_STATUS, row.status),
			...sentTimes(row, timezone),
		};
	}
}

function summary(status: TaskStatus, timezone: string): IDataObject {
	const { msgid, state, members } = status;
	const results = members.flatMap((member) => member.results);
	const acted = members.filter(hasActed).length;
	const sendTimes = [...members, ...results]
		.map((row) => row.send_time ?? 0)
		.filter((time) => time > 0);
	const counts = {
		member_count: members.length,
		members_sent: acted,
		members_pending: members.length - acted,
		...resultCounts(results, isGroupTask(status)),
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

function resultCounts(results: readonly SendResult[], ofGroups: boolean): IDataObject {
	const count = (wanted: number) => results.filter((row) => row.status === wanted).length;
	const failed = { failed_not_friend: count(2), failed_limit: count(3) };
	// Waiting groups have no rows (doc 93338): nobody knows their number, and 0 would be wrong.
	return ofGroups
		? { group_count: null, sent: count(1), pending: null, ...failed }
		: { customer_count: results.length, sent: count(1), pending: count(0), ...failed };
}

function allNull(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.keys(row).map((name) => [name, null]));
}

/** When something was sent; null where it was not. */
function sentTimes({ send_time }: { send_time?: number }, timezone: string): IDataObject {
	return { send_time: send_time ?? null, sent_at: toIso(send_time, timezone) };
}

/** A task for customers has a row for each of them from the start; one for groups only for what was sent. */
export function isGroupTask({ members }: TaskStatus): boolean {
	const results = members.flatMap((member) => member.results);
	return members.length > 0 && results.every((row) => row.chat_id !== undefined);
}

function least(values: readonly number[]): number {
	return values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: readonly number[]): number {
	return values.reduce((a, b) => Math.max(a, b));
}
