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
import { optional } from '../../../shared/fields/field';
import { choiceField, numberField } from '../../../shared/fields/kinds';
import { readForRun } from '../../../shared/fields/options';
import type { OperationContext } from '../../../shared/operation/operation';

/** What Send and Broadcast do when nobody can say whether a task exists. */
export const ifUnknownOption = optional(
	choiceField({
		displayName: 'If Outcome Is Unknown',
		name: 'ifUnknown',
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
					'Create the task again, at most 3 times. Customers may get the message once more each time WeCom was slow to show the task.',
			},
		],
		default: 'stop',
		description:
			"What to do when WeCom's response was lost and the task is not in WeCom's list of tasks",
	}),
	'stop',
);

export const skipAtLimitOption = optional(
	choiceField<ReceiveLimit | 'off'>({
		displayName: 'Skip Customers At Their Limit',
		name: 'skipAtLimit',
		options: [
			{ name: '1 per Day', value: 'perDay' },
			{ name: '7 per Week', value: 'perWeek' },
			{ name: 'As Many as the Month Has Days', value: 'perMonth' },
			{ name: 'Off', value: 'off' },
		],
		default: 'off',
		description:
			"Leave out customers who have received, or are waiting to receive, as many mass messages as your corporation allows. Counted from WeCom's records, which takes several requests for every task of the period. Works only where customers are named.",
	}),
	'off',
);

export const skipCreatedOption = optional(
	numberField({
		displayName: 'Skip If Already Created Within (Hours)',
		name: 'skipCreatedHours',
		min: 0,
		// WeCom's records go back about half a year.
		max: 180 * 24,
		unit: 'hours',
		default: 24,
		description:
			'How far to look back; 0 turns it off. Leaves out customers who already have a task with this message from this member, whoever created it, also where WeCom chooses the customers. Images, videos and files are compared by type only, so change the text if only the files differ. For customer groups, a task with the same message from the same member counts as the same unless WeCom shows that it went to other groups.',
	}),
	0,
);

const SKIPPED_BECAUSE: Readonly<Record<SkippedRecipient['reason'], string>> = {
	already_created: 'a task for them exists',
	receive_limit: 'they are at their receive limit',
};

/** How this run creates tasks. */
export interface Creation {
	readonly creator: TaskCreator;
	/**
	 * Checks a message before the first request.
	 *
	 * @throws WeComInputError when an option does not work with it
	 */
	check(message: AddMsgTemplateRequest): void;
	/** Says what was created, who was left out and why, and how much was read to count. */
	report(tasks: readonly CreatedTask[]): void;
}

export function readCreation({ items, client, memo, hint }: OperationContext): Creation {
	const checks: RecipientCheck[] = [];
	const hours = readForRun(items, skipCreatedOption);
	if (hours) {
		const seconds = Math.round(hours * 3_600);
		checks.push(new SkipAlreadyCreated(client, seconds, (msgid) => memo.owns(msgid)));
	}
	const limit = readForRun(items, skipAtLimitOption);
	const atLimit = !limit || limit === 'off' ? undefined : new SkipAtReceiveLimit(client, limit);
	if (atLimit) checks.push(atLimit);
	const ifUnknown = readForRun(items, ifUnknownOption);
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
				hint(`${counted(existing, 'task')} not created: the same task already exists.`, 'info');
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
				hint(`${atLimit.tasksRead} tasks were read to count what the customers received.`, 'info');
			}
		},
	};
}
