import type { IDataObject } from 'n8n-workflow';

import type { TaskStatus } from '../../client/taskStatus';
import { hasActed, readTaskStatus } from '../../client/taskStatus';
import type { SendResult } from '../../client/types';
import { optionsField, requestTimeoutOption } from '../fields/sendOptions';
import { readTask, taskField } from '../fields/task';
import type { Operation } from '../operation';
import { perItem } from '../operation';
import { toIso } from '../time';

/** Names of a member's status (W 4.2) and of a customer's (W 4.3). */
const MEMBER_STATUS: Record<number, string> = { 0: 'not_sent', 1: 'confirmed', 2: 'sent' };
const RESULT_STATUS: Record<number, string> = {
	0: 'pending',
	1: 'sent',
	2: 'failed_not_friend',
	3: 'failed_limit',
};

/** Who got the message of a task, who did not, and why. Doc 93338. */
export const getTaskStatus: Operation = {
	name: 'Get Task Status',
	value: 'getTaskStatus',
	action: 'Get the status of a task',
	description:
		'Tell how far the members are with a task and which customers got the message. Only reads, so it can be repeated.',
	fields: [
		taskField,
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'One Item per Customer',
					value: 'customers',
					description: 'Who got it, who did not, and why',
				},
				{ name: 'One Item per Member', value: 'members', description: 'Who has confirmed' },
				{ name: 'Summary', value: 'summary', description: 'One item with the numbers' },
			],
			default: 'summary',
		},
		optionsField([requestTimeoutOption]),
	],
	execute: perItem(async function* (item, { client, timezone, hint }) {
		const status = await readTaskStatus(client, readTask(item));
		if (isGroupTask(status)) {
			hint(
				'A task for customer groups: WeCom reports a group only after the message was sent to it, so waiting groups are not counted.',
				'info',
			);
		}
		switch (item.parameter('output')) {
			case 'customers':
				yield* customerRows(status, timezone);
				break;
			case 'members':
				yield* memberRows(status, timezone);
				break;
			default:
				yield summary(status, timezone);
		}
	}),
};

function summary(status: TaskStatus, timezone: string): IDataObject {
	const { msgid, state, members } = status;
	const results = members.flatMap((member) => member.results);
	const acted = members.filter(hasActed).length;
	const sentAt = [...members, ...results]
		.map((row) => row.send_time ?? 0)
		.filter((time) => time > 0);
	return {
		msgid,
		state,
		member_count: members.length,
		members_sent: acted,
		members_pending: members.length - acted,
		...resultCounts(status, results),
		first_sent_at: sentAt.length === 0 ? null : toIso(least(sentAt), timezone),
		last_sent_at: sentAt.length === 0 ? null : toIso(greatest(sentAt), timezone),
	};
}

function resultCounts(status: TaskStatus, results: readonly SendResult[]): IDataObject {
	const count = (wanted: number) => results.filter((row) => row.status === wanted).length;
	const failed = { failed_not_friend: count(2), failed_limit: count(3) };
	// Groups that wait have no rows (W 4.3): their number is not known, and 0 would be wrong.
	return isGroupTask(status)
		? { group_count: null, sent: count(1), pending: null, ...failed }
		: { customer_count: results.length, sent: count(1), pending: count(0), ...failed };
}

function* memberRows(
	{ msgid, state, members }: TaskStatus,
	timezone: string,
): Generator<IDataObject> {
	for (const { results, ...member } of members) {
		yield {
			msgid,
			state,
			...member,
			status_name: MEMBER_STATUS[member.status] ?? 'unknown',
			sent_at: toIso(member.send_time, timezone),
			...resultCounts({ msgid, state, members: [{ ...member, results }] }, results),
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
			status_name: RESULT_STATUS[row.status] ?? 'unknown',
			sent_at: toIso(row.send_time, timezone),
		};
	}
}

/** A task for customers has a row for each of them from the start; one for groups only for what was sent. */
function isGroupTask({ members }: TaskStatus): boolean {
	const results = members.flatMap((member) => member.results);
	return members.length > 0 && results.every((row) => row.chat_id !== undefined);
}

function least(values: readonly number[]): number {
	return values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: readonly number[]): number {
	return values.reduce((a, b) => Math.max(a, b));
}
