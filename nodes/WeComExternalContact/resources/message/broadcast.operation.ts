import { lazily } from '../../../shared/client/core/utils';
import { recipientsOf } from '../../../shared/client/massMessages/draft';
import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import { TagLibrary } from '../../../shared/client/tags/tags';
import { contentFields } from '../../../shared/fields/content';
import { shownWhen, variant } from '../../../shared/fields/field';
import { confirmationNotice, operationNotice } from '../../../shared/fields/notice';
import { optionsField, readForRun, requestTimeoutOption } from '../../../shared/fields/options';
import { counted } from '../../../shared/operation/format';
import type { Operation, OperationContext, Result } from '../../../shared/operation/operation';
import type { Plan } from './broadcastPlan';
import { allowSelectOption, fewestTasks, readPlan } from './broadcastPlan';
import { Confirmations } from './confirmations';
import type { Creation } from './createOptions';
import {
	ifUnknownOption,
	isNew,
	readCreation,
	skipAtLimitOption,
	skipCreatedOption,
} from './createOptions';
import { dryRunOption, sendPreviewToOption, showPlan } from './dryRun';
import { leaveOutOption } from './leaveOut';
import type { PlannedTask } from './pairing';
import { tellConfirmations, warnOfRepeated } from './planHints';
import {
	checkRunLimits,
	FEWER_CONFIRMATIONS,
	maxRecipientsField,
	maxRecipientsOption,
	maxTasksOption,
	readRunLimits,
} from './runLimits';
import { sendToField, sendToFields } from './sendTo';
import { taskRow } from './taskRow';

/** One message to many customers or customer groups, in the fewest tasks. Doc 92135. */
export const broadcast: Operation = {
	name: 'Broadcast',
	value: 'broadcast',
	action: 'Ask members to broadcast a message',
	description:
		'Ask members to message many customers. They confirm; it cannot be recalled. Returns msgids.',
	retryCreatesRest: true,
	fields: [
		operationNotice(
			'One task per member and 10,000 customers or 2,000 customer groups. Returns one item per task; fail_list names who cannot be reached.',
		),
		...sendToFields,
		maxRecipientsField,
		confirmationNotice(
			'Creates tasks for members to confirm. Customers get the message only after that. While you build, use Dry Run (under Options) or pin the output.',
		),
		...contentFields,
		optionsField([
			dryRunOption,
			ifUnknownOption,
			shownWhen(
				variant(sendToField, { name: '/sendTo' }),
				['customers', 'inputItems', 'tags', 'allOfMembers'],
				leaveOutOption,
			),
			allowSelectOption,
			maxRecipientsOption,
			maxTasksOption,
			requestTimeoutOption,
			sendPreviewToOption,
			skipAtLimitOption,
			skipCreatedOption,
		]),
	],
	async *execute(context) {
		// Everything is read and checked before the first request.
		const dryRun = readForRun(context.items, dryRunOption);
		const previewTo = dryRun ? readForRun(context.items, sendPreviewToOption) : undefined;
		const library = lazily(async () => await TagLibrary.read(context.client));
		const creation = readCreation(context, library);
		const limits = readRunLimits(context, { perCall: true });
		const plan = await readPlan(context, creation, library);
		for (const { error, item } of plan.failures) yield { error, items: [item] };
		const drafts = plan.tasks.map(({ draft }) => draft);
		const check = async () =>
			await checkRunLimits(drafts, limits, FEWER_CONFIRMATIONS.broadcast, context);
		if (dryRun) {
			yield* showPlan(await fewestTasks(plan, creation), check, creation, previewTo, context);
			return;
		}
		let tasks: Plan['tasks'];
		try {
			await check();
			tasks = await fewestTasks(plan, creation);
		} catch (error) {
			yield { error, items: context.items.map(({ index }) => index) };
			return;
		}
		yield* createAll(tasks, creation, context);
	},
};

async function* createAll(
	tasks: Plan['tasks'],
	{ creator, report }: Creation,
	context: OperationContext,
): AsyncGenerator<Result, void> {
	const results: CreatedTask[] = [];
	const created: PlannedTask[] = [];
	for (const task of tasks) {
		const { items } = task;
		try {
			const result = await creator.create(task.draft, task.attempt);
			results.push(result);
			if (isNew(result)) created.push(task);
			yield { json: taskRow(task, result), items, created: result.msgid || undefined };
		} catch (error) {
			yield { error, items, about: `Task ${taskName(task)}` };
		}
	}
	report(results);
	const confirmations = new Confirmations(created.map(({ draft }) => draft));
	if (confirmations.areSeveral) tellConfirmations(confirmations, context);
	warnOfRepeated(tasks, context);
}

/** Names a task that has no msgid. */
function taskName({ draft, batch, batch_count }: PlannedTask): string {
	const sender = draft.sender === undefined ? '' : ` of member ${draft.sender}`;
	return `${batch} of ${batch_count}${sender} (${counted(recipientsOf(draft).length, 'recipient')} named)`;
}
