import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import type { Patience, TaskStatus } from '../../client/taskStatus';
import { awaitTask, hasActed, readTaskStatus } from '../../client/taskStatus';
import type { SendResult } from '../../client/types';
import { readChoice } from '../fields/choice';
import { optionsField, requestTimeoutOption } from '../fields/sendOptions';
import { readTask, taskField } from '../fields/task';
import type { ItemInput, Operation, OperationContext } from '../operation';
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

const DEFAULT_INTERVAL_SECONDS = 60;
/** Members need minutes; a shorter interval would only cost calls. */
const MIN_INTERVAL_SECONDS = 5;
const DEFAULT_LIMIT_MINUTES = 60;

const waitOptions: INodeProperties[] = [
	{
		displayName: 'Wait Interval',
		name: 'waitInterval',
		type: 'number',
		typeOptions: { minValue: MIN_INTERVAL_SECONDS },
		default: DEFAULT_INTERVAL_SECONDS,
		description: 'Seconds between two looks at the task',
		displayOptions: { show: { waitUntilCompleted: [true] } },
	},
	{
		displayName: 'Wait Limit',
		name: 'waitLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_LIMIT_MINUTES,
		description:
			'Minutes after the start of this node, for all items together. Then the status is returned as it is, with timed_out true.',
		displayOptions: { show: { waitUntilCompleted: [true] } },
	},
	{
		displayName: 'Wait Until Completed',
		name: 'waitUntilCompleted',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until all members have confirmed or the task is cancelled. The execution keeps running; to wait for days, use a loop with a Wait node.',
	},
];

/** Who got the message of a task, who did not, and why. Doc 93338. */
export const getTaskStatus: Operation = {
	name: 'Get Task Status',
	value: 'getTaskStatus',
	action: 'Get who received a mass message',
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

/** The rows of one task; with Wait Until Completed each says whether the wait had to end too early. */
async function* report(
	item: ItemInput,
	{ client, timezone, hint }: OperationContext,
	startedAt: number,
): AsyncGenerator<IDataObject, void> {
	const msgid = readTask(item);
	const output = readChoice(item, 'output', 'Output', ['summary', 'members', 'customers']);
	const patience = readPatience(item, startedAt);
	const { status, ...wait } = patience
		? toWait(await awaitTask(client, msgid, patience))
		: { status: await readTaskStatus(client, msgid) };

	if (isGroupTask(status)) {
		hint(
			'A task for customer groups: WeCom reports a group only after the message was sent to it, so waiting groups are not counted.',
			'info',
		);
	}
	if (output !== 'summary' && status.members.length === 0) {
		hint(`Task ${msgid} is ${status.state}: WeCom names no members, so it has no items.`, 'info');
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
function readPatience(item: ItemInput, startedAt: number): Patience | undefined {
	if (item.option('waitUntilCompleted') !== true) return undefined;
	const seconds = readNumber(item, 'waitInterval', 'Wait Interval', DEFAULT_INTERVAL_SECONDS);
	const minutes = readNumber(item, 'waitLimit', 'Wait Limit', DEFAULT_LIMIT_MINUTES);
	return {
		intervalMs: Math.max(seconds, MIN_INTERVAL_SECONDS) * 1_000,
		deadline: startedAt + minutes * 60_000,
	};
}

function readNumber(item: ItemInput, name: string, label: string, fallback: number): number {
	const value = Number(item.option(name) ?? fallback);
	if (value > 0 && value < Infinity) return value;
	throw new WeComInputError(
		`${label} is not a number above 0`,
		'Fill it in or remove it. If it is an expression, it resolved to something else for this item.',
	);
}

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

const rows = { summary: summaryRows, members: memberRows, customers: customerRows };

function* summaryRows(status: TaskStatus, timezone: string): Generator<IDataObject> {
	yield summary(status, timezone);
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
