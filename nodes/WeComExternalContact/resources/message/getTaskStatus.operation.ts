import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type {
	WaitPolicy,
	TaskStateName,
	TaskStatus,
} from '../../../shared/client/massMessages/status';
import { awaitTask, hasActed, readTaskStatus } from '../../../shared/client/massMessages/status';
import type { SendResult } from '../../../shared/client/massMessages/types';
import { readChoice } from '../../../shared/fields/choice';
import {
	optionsField,
	readNumber,
	readSwitch,
	requestTimeoutOption,
} from '../../../shared/fields/options';
import { readTask, taskField } from '../../../shared/fields/task';
import type { ItemInput, Operation, OperationContext } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { toIso } from '../../../shared/operation/time';

/** Names of a member's status and of a customer's (doc 93338). */
const MEMBER_STATUS: Record<number, string> = { 0: 'not_sent', 1: 'confirmed', 2: 'sent' };
const RESULT_STATUS: Record<number, string> = {
	0: 'pending',
	1: 'sent',
	2: 'failed_not_friend',
	3: 'failed_limit',
};

/** What else there is to say when WeCom names no members. */
const NO_MEMBERS: Partial<Record<TaskStateName, string>> = {
	dispatching: ' Look again in a minute.',
	cancelled: ' What customers received before it was cancelled stays with them.',
};

const DEFAULT_INTERVAL = 60;
/** Members need minutes; a shorter interval would only cost calls. */
const INTERVAL = { min: 5, max: 3_600, unit: 'seconds', notAdded: DEFAULT_INTERVAL };
const DEFAULT_LIMIT = 60;
/** At most a week: who waits longer is better off with a loop. */
const LIMIT = { min: 1, max: 7 * 24 * 60, unit: 'minutes', notAdded: DEFAULT_LIMIT };

const waitOptions: INodeProperties[] = [
	{
		displayName: 'Wait for Completion',
		name: 'waitUntilCompleted',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until all members have confirmed or the task is cancelled. The execution keeps running; to wait for days, use a loop with a Wait node.',
	},
	{
		displayName: 'Wait Interval (Seconds)',
		name: 'waitInterval',
		type: 'number',
		typeOptions: { minValue: INTERVAL.min, maxValue: INTERVAL.max },
		default: DEFAULT_INTERVAL,
		description: 'Time between two looks at the task',
		displayOptions: { show: { waitUntilCompleted: [true] } },
	},
	{
		displayName: 'Wait Limit (Minutes)',
		name: 'waitLimit',
		type: 'number',
		typeOptions: { minValue: LIMIT.min, maxValue: LIMIT.max },
		default: DEFAULT_LIMIT,
		description:
			'How long after the start of this node, for all items together. Then the status is returned as it is, with timed_out true.',
		displayOptions: { show: { waitUntilCompleted: [true] } },
	},
];

/** Who got the message of a task, who did not, and why. Doc 93338. */
export const getTaskStatus: Operation = {
	name: 'Get Task Status',
	value: 'getTaskStatus',
	action: 'Get the status of a mass message task',
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
		optionsField([requestTimeoutOption, ...waitOptions]),
	],
	execute(context) {
		const startedAt = context.client.clock.now();
		return perItem((item, each) => report(item, each, startedAt))(context);
	},
};

/** The rows of one task; with Wait for Completion each says whether the wait had to end too early. */
async function* report(
	item: ItemInput,
	{ client, timezone, hint }: OperationContext,
	startedAt: number,
): AsyncGenerator<IDataObject, void> {
	const msgid = readTask(item);
	const output = readChoice(item, 'output', 'Output', ['summary', 'members', 'customers']);
	const patience = readWaitPolicy(item, startedAt);
	const { status, ...wait } = patience
		? toWait(await awaitTask(client, msgid, patience))
		: { status: await readTaskStatus(client, msgid) };

	if (isGroupTask(status)) {
		hint(
			'A task for customer groups: WeCom reports a group only after the message was sent to it, so waiting groups are not counted.',
			'info',
		);
	}
	if (status.members.length === 0) {
		hint(
			// The same words for every such task: the editor shows equal hints as one.
			`Where the state is ${status.state}, WeCom names no members, so ${output === 'summary' ? 'the numbers are unknown (null)' : 'there are no items'}.${NO_MEMBERS[status.state] ?? ''}`,
			'info',
		);
	}
	for (const row of rows[output](status, timezone)) yield { ...row, ...wait };
}

function toWait({ status, timedOut }: { status: TaskStatus; timedOut: boolean }) {
	return { status, timed_out: timedOut };
}

/**
 * How long to wait; undefined when it is not asked for. The limit counts from the start of the node, for all items
 * together: members confirm their tasks side by side.
 */
function readWaitPolicy(item: ItemInput, startedAt: number): WaitPolicy | undefined {
	if (!readSwitch(item, 'waitUntilCompleted', 'Wait for Completion')) return undefined;
	const seconds = readNumber(item, 'waitInterval', 'Wait Interval', INTERVAL);
	const minutes = readNumber(item, 'waitLimit', 'Wait Limit', LIMIT);
	return {
		intervalMs: seconds * 1_000,
		deadline: startedAt + minutes * 60_000,
	};
}

function summary(status: TaskStatus, timezone: string): IDataObject {
	const { msgid, state, members } = status;
	const results = members.flatMap((member) => member.results);
	const acted = members.filter(hasActed).length;
	const sentAt = [...members, ...results]
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
		// Without members nothing is known, and 0 would be wrong: customers may have got it before it was cancelled.
		...(members.length === 0 ? allNull(counts) : counts),
		first_sent_at: sentAt.length === 0 ? null : toIso(least(sentAt), timezone),
		last_sent_at: sentAt.length === 0 ? null : toIso(greatest(sentAt), timezone),
	};
}

function resultCounts(results: readonly SendResult[], ofGroups: boolean): IDataObject {
	const count = (wanted: number) => results.filter((row) => row.status === wanted).length;
	const failed = { failed_not_friend: count(2), failed_limit: count(3) };
	// Groups that wait have no rows (doc 93338): their number is not known, and 0 would be wrong.
	return ofGroups
		? { group_count: null, sent: count(1), pending: null, ...failed }
		: { customer_count: results.length, sent: count(1), pending: count(0), ...failed };
}

function allNull(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.keys(row).map((name) => [name, null]));
}

const rows = { summary: summaryRows, members: memberRows, customers: customerRows };

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
			status_name: MEMBER_STATUS[member.status] ?? 'unknown',
			sent_at: toIso(member.send_time, timezone),
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
