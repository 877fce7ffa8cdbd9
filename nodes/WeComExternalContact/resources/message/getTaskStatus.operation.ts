import type { IDataObject } from 'n8n-workflow';

import type {
	WaitPolicy,
	TaskStateName,
	TaskStatus,
} from '../../../shared/client/massMessages/status';
import { awaitTask, hasActed, readTaskStatus } from '../../../shared/client/massMessages/status';
import { MEMBER_STATUS, SEND_STATUS } from '../../../shared/client/massMessages/names';
import type { SendResult } from '../../../shared/client/massMessages/types';
import { optional, read, readOption, shownWhen } from '../../../shared/fields/field';
import { choiceField, numberField, switchField } from '../../../shared/fields/kinds';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { taskField } from '../../../shared/fields/task';
import { nameOf } from '../../../shared/operation/format';
import type { ItemInput, Operation, OperationContext } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { toIso } from '../../../shared/operation/time';

/** What to add when WeCom names no members. */
const NO_MEMBERS: Partial<Record<TaskStateName, string>> = {
	dispatching: ' Check again in a minute.',
	cancelled: ' What customers received before the cancellation stays with them.',
};

const outputField = choiceField({
	displayName: 'Output',
	name: 'output',
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
});

const waitOption = optional(
	switchField({
		displayName: 'Wait for Completion',
		name: 'waitUntilCompleted',
		description:
			'Whether to wait until all members have confirmed or the task is cancelled. The execution keeps running; to wait for days, use a loop with a Wait node.',
	}),
	false,
);

const DEFAULT_INTERVAL_SECONDS = 60;
const waitIntervalOption = optional(
	numberField({
		displayName: 'Wait Interval (Seconds)',
		name: 'waitInterval',
		// Members take minutes; a shorter interval would only cost requests.
		min: 5,
		max: 3_600,
		unit: 'seconds',
		default: DEFAULT_INTERVAL_SECONDS,
		description: 'Time between two checks of the task',
	}),
	DEFAULT_INTERVAL_SECONDS,
);

const DEFAULT_LIMIT_MINUTES = 60;
const waitLimitOption = optional(
	numberField({
		displayName: 'Wait Limit (Minutes)',
		name: 'waitLimit',
		min: 1,
		// A week: to wait longer, a loop is better.
		max: 7 * 24 * 60,
		unit: 'minutes',
		default: DEFAULT_LIMIT_MINUTES,
		description:
			'How long to wait from the start of this node, for all items together. After that the status is returned as it is, with timed_out true.',
	}),
	DEFAULT_LIMIT_MINUTES,
);

/** Who got the message of a task, who did not, and why. Doc 93338. */
export const getTaskStatus: Operation = {
	name: 'Get Task Status',
	value: 'getTaskStatus',
	action: 'Get the status of a mass message task',
	description:
		'See how far the members are with a task and which customers got the message. Only reads, so you can repeat it.',
	fields: [
		taskField,
		outputField,
		optionsField([
			requestTimeoutOption,
			waitOption,
			shownWhen(waitOption, [true], waitIntervalOption),
			shownWhen(waitOption, [true], waitLimitOption),
		]),
	],
	execute(context) {
		const startedAt = context.client.clock.now();
		return perItem((item, each) => report(item, each, startedAt))(context);
	},
};

/** The rows of one task; with Wait for Completion, each says whether the wait ended too early. */
async function* report(
	item: ItemInput,
	{ client, timezone, hint }: OperationContext,
	startedAt: number,
): AsyncGenerator<IDataObject, void> {
	const msgid = read(item, taskField);
	const output = read(item, outputField);
	const waitPolicy = readWaitPolicy(item, startedAt);
	const { status, ...wait } = waitPolicy
		? toWait(await awaitTask(client, msgid, waitPolicy))
		: { status: await readTaskStatus(client, msgid) };

	if (isGroupTask(status)) {
		hint(
			'This task is for customer groups. WeCom reports a group only after the message was sent to it, so waiting groups are not counted.',
			'info',
		);
	}
	if (status.members.length === 0) {
		hint(
			// The same words for every such task: the editor shows equal hints once.
			`When the state is ${status.state}, WeCom names no members, so ${output === 'summary' ? 'the numbers are unknown (null)' : 'there are no items'}.${NO_MEMBERS[status.state] ?? ''}`,
			'info',
		);
	}
	for (const row of rows[output](status, timezone)) yield { ...row, ...wait };
}

function toWait({ status, timedOut }: { status: TaskStatus; timedOut: boolean }) {
	return { status, timed_out: timedOut };
}

/**
 * How long to wait; undefined for not at all. The limit counts from the start of the node, for all items together:
 * members confirm their tasks side by side.
 */
function readWaitPolicy(item: ItemInput, startedAt: number): WaitPolicy | undefined {
	if (!readOption(item, waitOption)) return undefined;
	const seconds = readOption(item, waitIntervalOption);
	const minutes = readOption(item, waitLimitOption);
	return {
		intervalMs: seconds * 1_000,
		deadline: startedAt + minutes * 60_000,
	};
}

function summary(status: TaskStatus, timezone: string): IDataObject {
	const { msgid, state, members } = status;
	const results = members.flatMap((member) => member.results);
	const acted = members.filter(hasActed).length;
	const sendTimes = [...members, ...results]
		.map((row) => row.send_time ?? 0)
		.filter((time) => time > 0);
	const first_send_time = sendTimes.length === 0 ? null : least(sendTimes);
	const last_send_time = sendTimes.length === 0 ? null : greatest(sendTimes);
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
		first_send_time,
		first_sent_at: toIso(first_send_time, timezone),
		last_send_time,
		last_sent_at: toIso(last_send_time, timezone),
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

/** When something was sent; null where it was not. */
function sentTimes({ send_time }: { send_time?: number }, timezone: string): IDataObject {
	return { send_time: send_time ?? null, sent_at: toIso(send_time, timezone) };
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
