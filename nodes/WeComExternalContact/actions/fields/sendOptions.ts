import type { INodeProperties } from 'n8n-workflow';

import { TaskCreator } from '../../client/massMessage';
import type { ReceiveLimit, RecipientCheck } from '../../client/recipientChecks';
import {
	MANY_COUNTING_TASKS,
	SkipAlreadyCreated,
	SkipAtReceiveLimit,
} from '../../client/recipientChecks';
import type { CreatedTask } from '../../client/taskMemo';
import type { OperationContext } from '../operation';

/** What Send and Broadcast do when nobody can say whether a task exists. */
export const ifUnknownOption: INodeProperties = {
	displayName: 'If Outcome Is Unknown',
	name: 'ifUnknown',
	type: 'options',
	options: [
		{
			name: 'Stop',
			value: 'stop',
			description: 'Fail with an error that says so. Nobody gets the message twice.',
		},
		{
			name: 'Try Again',
			value: 'tryAgain',
			description:
				'Create the task again, at most 3 times. Customers may get the message twice if WeCom was slow to show the first one.',
		},
	],
	default: 'stop',
	description:
		"What to do when the answer of WeCom was lost and the task was not found in WeCom's list of tasks",
};

export const requestTimeoutOption: INodeProperties = {
	displayName: 'Request Timeout',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: 0.1 },
	default: 30,
	description: 'Seconds to wait for an answer of WeCom',
};

export const skipAtLimitOption: INodeProperties = {
	displayName: 'Skip Customers At Their Limit',
	name: 'skipAtLimit',
	type: 'options',
	options: [
		{ name: '1 per Day', value: 'perDay' },
		{ name: '7 per Week', value: 'perWeek' },
		{ name: 'As Many as the Month Has Days', value: 'perMonth' },
		{ name: 'Off', value: 'off' },
	],
	default: 'off',
	description:
		'Leave out customers who have got, or are waiting for, as many mass messages as your corporation allows. Counted from the records of WeCom, which takes some requests for every task of the period. Only where customers are named.',
};

export const skipCreatedOption: INodeProperties = {
	displayName: 'Skip If Already Created Within',
	name: 'skipCreatedHours',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 24,
	description:
		'Hours to look back for a task with the same member and message. Customers it is for are left out, also when another execution created it. For groups, tags and all customers of a member such a task stands for the whole task. 0 is off.',
};

const RECEIVE_LIMITS: readonly unknown[] = [
	'perDay',
	'perWeek',
	'perMonth',
] satisfies ReceiveLimit[];

/** How this run creates tasks. The options of the first item hold for the run. */
export interface Creation {
	readonly creator: TaskCreator;
	/** Says what was skipped and how much counting was done. */
	report(tasks: readonly CreatedTask[]): void;
}

export function readCreation({ items, client, memo, hint }: OperationContext): Creation {
	const [first] = items;
	const checks: RecipientCheck[] = [];
	const hours = Number(first?.option('skipCreatedHours') ?? 0);
	if (hours > 0) {
		checks.push(new SkipAlreadyCreated(client, hours * 3_600, (msgid) => memo.owns(msgid)));
	}
	const limit = first?.option('skipAtLimit');
	const atLimit = RECEIVE_LIMITS.includes(limit)
		? new SkipAtReceiveLimit(client, limit as ReceiveLimit)
		: undefined;
	if (atLimit) checks.push(atLimit);
	const ifUnknown = first?.option('ifUnknown') === 'tryAgain' ? 'tryAgain' : 'stop';
	return {
		creator: new TaskCreator(client, memo, { ifUnknown, checks }),
		report(tasks) {
			const skipped = tasks.flatMap((task) => task.skipped);
			const count = (reason: string) => skipped.filter((each) => each.reason === reason).length;
			const [created, full] = [count('already_created'), count('receive_limit')];
			if (created > 0) hint(`${created} customers were skipped: a task for them exists.`, 'info');
			if (full > 0)
				hint(`${full} customers were skipped: they are at their receive limit.`, 'info');
			if (atLimit && atLimit.tasksRead >= MANY_COUNTING_TASKS) {
				hint(`${atLimit.tasksRead} tasks were read to count what the customers got.`, 'info');
			}
		},
	};
}

/** A collection named "Options" with these fields. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}
