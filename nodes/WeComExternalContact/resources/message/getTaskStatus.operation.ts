import type { IDataObject } from 'n8n-workflow';

import { asError, WeComCancelledError, WeComError } from '../../../shared/client/core/errors';
import { CustomerNames } from '../../../shared/client/customers/customerNames';
import type {
	WaitPolicy,
	TaskStateName,
	TaskStatus,
} from '../../../shared/client/massMessages/status';
import {
	awaitTask,
	chatTypeOfTask,
	readTaskStatus,
} from '../../../shared/client/massMessages/status';
import { optional, read, readOption, shownWhen, variant } from '../../../shared/fields/field';
import { choiceField, numberField, switchField } from '../../../shared/fields/kinds';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { taskField, taskFields } from '../../../shared/fields/task';
import { counted, joined } from '../../../shared/operation/format';
import type { ItemInput, Operation, OperationContext } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { countRows, customersField, onlyCustomers, receiveLimitOption } from './customersOfTask';
import { statusRows } from './statusRows';

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

const includeNamesOption = optional(
	switchField({
		displayName: 'Include Customer Names',
		name: 'includeNames',
		default: true,
		description:
			'Whether to add the name of each customer, which takes a request for every 100 customers of the members, or one for each customer where that is less. Empty (null) for customers who are no contacts any more, and for customer groups.',
	}),
	false,
);

const waitOption = optional(
	switchField({
		displayName: 'Wait for Completion',
		name: 'waitUntilCompleted',
		default: true,
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
	action: 'Get the status of a task',
	description:
		'See how far members are with a task and which customers got the message. Only reads.',
	fields: [
		...taskFields,
		outputField,
		shownWhen(outputField, ['customers'], customersField),
		optionsField([
			shownWhen(variant(outputField, { name: '/output' }), ['customers'], includeNamesOption),
			shownWhen(variant(outputField, { name: '/output' }), ['customers'], receiveLimitOption),
			requestTimeoutOption,
			waitOption,
			shownWhen(waitOption, [true], waitIntervalOption),
			shownWhen(waitOption, [true], waitLimitOption),
		]),
	],
	execute(context) {
		const startedAt = context.client.clock.now();
		const names = new CustomerNames(context.client);
		return perItem((item, each) => report(item, each, { startedAt, names }))(context);
	},
};

/** The rows of one task; with Wait for Completion, each says whether the wait ended too early. */
async function* report(
	item: ItemInput,
	{ client, timezone, hint }: OperationContext,
	{ startedAt, names }: { startedAt: number; names: CustomerNames },
): AsyncGenerator<IDataObject[], void> {
	const msgid = read(item, taskField);
	const output = read(item, outputField);
	const ofCustomers = output === 'customers';
	const chosen = ofCustomers ? read(item, customersField) : ['all' as const];
	const receiveLimit = ofCustomers ? readOption(item, receiveLimitOption) : undefined;
	const waitPolicy = readWaitPolicy(item, startedAt);
	const { status: all, ...wait } = waitPolicy
		? toWait(await awaitTask(client, msgid, waitPolicy))
		: { status: await readTaskStatus(client, msgid) };

	const listedAs = await chatTypeOfTask(client, all);
	// No task for customers has none: without rows their number is not known yet.
	const hasRows = all.members.some(({ results }) => results.length > 0);
	const chatType = listedAs === 'single' && !hasRows ? undefined : listedAs;
	if (chatType === 'group') {
		hint(
			'This task is for customer groups. WeCom reports a group only after the message was sent to it, so waiting groups are not counted.',
			'info',
		);
	}
	if (chatType === undefined && all.members.length > 0) {
		hint(
			'WeCom shows no customers or customer groups for this task yet, so their number is unknown (null).',
			'info',
		);
	}
	if (all.members.length === 0) {
		hint(
			// The same words for every such task: the editor shows equal hints once.
			`When the state is ${all.state}, WeCom names no members, so ${output === 'summary' ? 'the numbers are unknown (null)' : 'there are no items'}.${NO_MEMBERS[all.state] ?? ''}`,
			'info',
		);
	}
	const status = onlyCustomers(all, chosen);
	const count = countRows(all);
	if (count > 0 && countRows(status) === 0) {
		hint(`None of the ${counted(count, 'row')} has a status that 'Customers' chooses.`, 'info');
	}
	const withNames = ofCustomers && readOption(item, includeNamesOption);
	if (withNames) {
		const problem = await readNames(names, status);
		if (problem !== undefined) {
			hint(
				`The names of some customers are unknown (null), because WeCom did not give them: ${problem}.`,
				'warning',
			);
		}
	}
	const style = {
		timezone,
		receiveLimit,
		now: client.serverTime(),
		...(withNames && { customerName: (id: string) => names.of(id) }),
	};
	const rows = statusRows[output]({ ...status, chatType }, style);
	yield waitPolicy ? rows.map((row) => joined(row, wait)) : rows;
}

/** The names are an addition: without them the status is still worth having. Returns what went wrong, if anything. */
async function readNames(
	names: CustomerNames,
	{ members }: TaskStatus,
): Promise<string | undefined> {
	const customers = members.flatMap(({ results }) =>
		results.flatMap(({ userid, external_userid }) =>
			external_userid ? [{ userid, external_userid }] : [],
		),
	);
	try {
		await names.read(customers);
		return undefined;
	} catch (error) {
		if (!(error instanceof WeComError) || error instanceof WeComCancelledError)
			throw asError(error);
		return error.message;
	}
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
