import { TaskCreator } from '../../../shared/client/massMessages/createTask';
import type {
	RecipientCheck,
	SkippedRecipient,
} from '../../../shared/client/massMessages/recipientCheck';
import type { ReceiveLimit } from '../../../shared/client/massMessages/receivePeriods';
import { SkipAlreadyCreated } from '../../../shared/client/massMessages/skipAlreadyCreated';
import {
	MANY_COUNTING_TASKS,
	SkipAtReceiveLimit,
} from '../../../shared/client/massMessages/skipAtLimit';
import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import { ExecutionMemo } from '../../../shared/client/massMessages/executionMemo';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { toRequest } from '../../../shared/client/massMessages/draft';
import { counted, listed } from '../../../shared/operation/format';
import { optional } from '../../../shared/fields/field';
import { choiceField, numberField } from '../../../shared/fields/kinds';
import { readForRun } from '../../../shared/fields/options';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { OperationContext } from '../../../shared/operation/operation';
import type { LeaveOut } from './leaveOut';
import { readLeaveOut } from './leaveOut';

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

/** The rules of which a corporation chooses one. */
export const RECEIVE_LIMITS = [
	{ name: '1 per Day', value: 'perDay' },
	{ name: '7 per Week', value: 'perWeek' },
	{ name: 'As Many as the Month Has Days', value: 'perMonth' },
] as const;

export const skipAtLimitOption = optional(
	choiceField<ReceiveLimit | 'off'>({
		displayName: 'Skip Customers at Their Limit',
		name: 'skipAtLimit',
		options: [...RECEIVE_LIMITS, { name: 'Off', value: 'off' }],
		default: 'perMonth',
		description:
			"Leave out customers who have received, or are waiting to receive, as many mass messages as your corporation allows. Counted from WeCom's records, which takes several requests for every task of the period. Works only where customers are named.",
	}),
	'off',
);

export const skipCreatedOption = optional(
	numberField({
		displayName: 'Skip If Created Within (Hours)',
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
	tag: 'they have a tag that leaves them out',
};

/** Hours to look back where somebody pressed Retry on a failed execution and the option is not added. */
const RETRY_LOOK_BACK_HOURS = 24;

/** What this run, or this AI agent, has asked for so far. */
export function executionMemoOf({ run, calledByAgent }: OperationContext): ExecutionMemo {
	return run.state('mass messages', () => new ExecutionMemo(calledByAgent));
}

/** Whether this run made the task, so that its members have one more to confirm. */
export function isNew({ state }: CreatedTask): boolean {
	return state === 'created' || state === 'recovered';
}

/** How this run creates tasks. */
export interface Creation {
	readonly creator: TaskCreator;
	/** Where customers with tags are left out. */
	readonly leaveOut?: LeaveOut;
	/**
	 * Checks a message before the first request.
	 *
	 * @throws WeComInputError when an option does not work with it
	 */
	check(draft: MessageDraft): void;
	/** Says how many were left out, and why. */
	reportSkipped(skipped: readonly SkippedRecipient[]): void;
	/** Says what was created, who was left out and why, and how much was read to count. */
	report(tasks: readonly CreatedTask[]): void;
}

/** @param library the corporation's tags, read only where an option names some */
export function readCreation(
	context: OperationContext,
	library: () => Promise<TagLibrary>,
): Creation {
	const { items, client, uploads, isManualRetry, hint } = context;
	const memo = executionMemoOf(context);
	const checks: RecipientCheck[] = [];
	const leaveOut = readLeaveOut(context, library);
	if (leaveOut) checks.push(leaveOut.check);
	const chosenHours = readForRun(items, skipCreatedOption);
	// The failed execution may have created some of the tasks.
	const isAdded = items.some((item) => item.hasOption(skipCreatedOption.property.name));
	const isAutomatic = isManualRetry && !isAdded;
	const hours = isAutomatic ? RETRY_LOOK_BACK_HOURS : chosenHours;
	if (hours) {
		const seconds = Math.round(hours * 3_600);
		checks.push(new SkipAlreadyCreated(client, seconds, memo, isAutomatic));
	}
	const limit = readForRun(items, skipAtLimitOption);
	const atLimit = !limit || limit === 'off' ? undefined : new SkipAtReceiveLimit(client, limit);
	if (atLimit) checks.push(atLimit);
	const ifUnknown = readForRun(items, ifUnknownOption);
	const creator = new TaskCreator(client, memo, {
		ifUnknown: ifUnknown ?? 'stop',
		checks,
		toRequest: async (draft) =>
			await toRequest(draft, async (source) => await uploads.mediaIdOf(source)),
	});
	return {
		creator,
		leaveOut,
		reportSkipped,
		check(draft) {
			atLimit?.customersOf(draft);
			leaveOut?.checkDraft(draft);
		},
		report(tasks) {
			const created = tasks.filter(isNew);
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
			reportSkipped(tasks.flatMap((task) => task.skipped));
			if (atLimit && atLimit.tasksRead >= MANY_COUNTING_TASKS) {
				hint(`${atLimit.tasksRead} tasks were read to count what the customers received.`, 'info');
			}
			if (atLimit && atLimit.unreadable.size > 0) {
				hint(
					`WeCom did not say whom ${listed([...atLimit.unreadable])} ${atLimit.unreadable.size === 1 ? 'is' : 'are'} for. The customers are counted as if they did not have ${atLimit.unreadable.size === 1 ? 'it' : 'them'}.`,
					'warning',
				);
			}
			if (hours && !isAdded) {
				hint(
					`This execution retries a failed one, so tasks with the same message and member from the last ${RETRY_LOOK_BACK_HOURS} hours were looked up and not created again.`,
					'info',
				);
			}
			if (creator.notLookedAfter.length > 0) {
				hint(
					`After creating ${listed(creator.notLookedAfter)}, WeCom could not be asked whether another execution created the same at the same moment.`,
					'warning',
				);
			}
			if (memo.changedItems.size > 0) {
				hint(
					`Retry On Fail: an expression gave another member, text or other recipients at this attempt for ${counted(memo.changedItems.size, 'item')}. ${memo.changedItems.size === 1 ? 'It keeps' : 'They keep'} what the first attempt asked for.`,
					'warning',
				);
			}
		},
	};

	function reportSkipped(skipped: readonly SkippedRecipient[]): void {
		for (const [reason, because] of Object.entries(SKIPPED_BECAUSE)) {
			const customers = skipped.filter((each) => each.reason === reason).length;
			if (customers > 0) hint(`Skipped ${counted(customers, 'customer')}: ${because}.`, 'info');
		}
	}
}
