import type { INodeProperties } from 'n8n-workflow';

import { TaskCreator } from '../../../shared/client/massMessages/createTask';
import type {
	RecipientCheck,
	SkippedRecipient,
} from '../../../shared/client/massMessages/recipientCheck';
import type { ReceiveLimit } from '../../../shared/client/massMessages/skipAtLimit';
import { SkipAlreadyCreated } from '../../../shared/client/massMessages/skipAlreadyCreated';
import {
	MANY_COUNTING_TASKS,
	SkipAtReceiveLimit,
} from '../../../shared/client/massMessages/skipAtLimit';
import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import type { AddMsgTemplateRequest } from '../../../shared/client/massMessages/types';
import { counted } from '../../../shared/operation/format';
import { readChoiceOption, readForRun, readNumber } from '../../../shared/fields/options';
import type { OperationContext } from '../../../shared/operation/operation';

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
				'Create the task again, at most 3 times. Customers may get the message once more for each time that WeCom was slow to show the task.',
		},
	],
	default: 'stop',
	description:
		"What to do when the answer from WeCom was lost and the task was not found in WeCom's list of tasks",
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

/** Hours: WeCom's records go back half a year or so. */
const LOOK_BACK = { min: 0, max: 180 * 24, unit: 'hours', notAdded: 0 };

export const skipCreatedOption: INodeProperties = {
	displayName: 'Skip If Already Created Within (Hours)',
	name: 'skipCreatedHours',
	type: 'number',
	typeOptions: { minValue: LOOK_BACK.min, maxValue: LOOK_BACK.max },
	default: 24,
	description:
		'How far to look back. Leaves out customers who already have a task with this message from this member, also where WeCom chooses the customers, and whoever created it. Of images, videos and files only the type is compared, so give messages with other ones another text. For customer groups, a task with the same message from the same member counts as the same, unless WeCom shows that it was sent to other groups. 0 is off.',
};

const RECEIVE_LIMIT = {
	values: ['off', 'perDay', 'perWeek', 'perMonth'],
	notAdded: 'off',
} as const satisfies { values: ReadonlyArray<ReceiveLimit | 'off'>; notAdded: 'off' };

const IF_UNKNOWN = { values: ['stop', 'tryAgain'], notAdded: 'stop' } as const;

const SKIPPED_BECAUSE: Readonly<Record<SkippedRecipient['reason'], string>> = {
	already_created: 'a task for them exists',
	receive_limit: 'they are at their receive limit',
};

/** How this run creates tasks. */
export interface Creation {
	readonly creator: TaskCreator;
	/**
	 * Looks at a message before the first request.
	 *
	 * @throws WeComInputError when an option does not go with it
	 */
	check(message: AddMsgTemplateRequest): void;
	/** Says what was created, who is left out and why, and how much counting was done. */
	report(tasks: readonly CreatedTask[]): void;
}

export function readCreation({ items, client, memo, hint }: OperationContext): Creation {
	const checks: RecipientCheck[] = [];
	const hours = readForRun(items, 'Skip If Already Created Within', (item, label) =>
		readNumber(item, 'skipCreatedHours', label, LOOK_BACK),
	);
	if (hours) {
		const seconds = Math.round(hours * 3_600);
		checks.push(new SkipAlreadyCreated(client, seconds, (msgid) => memo.owns(msgid)));
	}
	const limit = readForRun(items, 'Skip Customers At Their Limit', (item, label) =>
		readChoiceOption(item, 'skipAtLimit', label, RECEIVE_LIMIT),
	);
	const atLimit = !limit || limit === 'off' ? undefined : new SkipAtReceiveLimit(client, limit);
	if (atLimit) checks.push(atLimit);
	const ifUnknown = readForRun(items, 'If Outcome Is Unknown', (item, label) =>
		readChoiceOption(item, 'ifUnknown', label, IF_UNKNOWN),
	);
	return {
		creator: new TaskCreator(client, memo, { ifUnknown: ifUnknown ?? 'stop', checks }),
		check: (message) => void atLimit?.customersOf(message),
		report(tasks) {
			const created = tasks.filter(({ state }) => state === 'created' || state === 'recovered');
			if (created.length > 0) {
				hint(
					`${counted(created.length, 'task')} created. Nothing is delivered before the members confirm in WeCom.`,
					'info',
				);
			}
			const existing = tasks.filter(({ state }) => state === 'duplicate').length;
			if (existing > 0) {
				hint(`${counted(existing, 'task')} not created: the same exists already.`, 'info');
			}
			const forNobody = tasks.filter(({ state }) => state === 'no_recipients').length;
			if (forNobody > 0) {
				hint(`${counted(forNobody, 'task')} not created: nobody was left to send to.`, 'warning');
			}
			const unreachable = tasks.flatMap((task) => task.fail_list).length;
			if (unreachable > 0) {
				hint(`${counted(unreachable, 'recipient')} cannot be reached; see fail_list.`, 'warning');
			}
			const skipped = tasks.flatMap((task) => task.skipped);
			for (const [reason, because] of Object.entries(SKIPPED_BECAUSE)) {
				const customers = skipped.filter((each) => each.reason === reason).length;
				if (customers > 0) hint(`Skipped ${counted(customers, 'customer')}: ${because}.`, 'info');
			}
			if (atLimit && atLimit.tasksRead >= MANY_COUNTING_TASKS) {
				hint(`${atLimit.tasksRead} tasks were read to count what the customers got.`, 'info');
			}
		},
	};
}
