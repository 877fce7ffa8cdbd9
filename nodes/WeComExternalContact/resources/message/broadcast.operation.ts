import type { IDataObject } from 'n8n-workflow';

import { asError, WeComInputError } from '../../../shared/client/core/errors';
import { lazily } from '../../../shared/client/core/utils';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import {
	countRecipients,
	recipientsOf,
	withTagIds,
} from '../../../shared/client/massMessages/draft';
import { TagLibrary } from '../../../shared/client/tags/tags';
import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import { counted } from '../../../shared/operation/format';
import { confirmationNotice, contentFields, readContent } from '../../../shared/fields/content';
import { optional, readOption } from '../../../shared/fields/field';
import { switchField } from '../../../shared/fields/kinds';
import { optionsField, readForRun, requestTimeoutOption } from '../../../shared/fields/options';
import { bytesOf } from '../../../shared/fields/textLimits';
import type {
	ItemInput,
	Operation,
	OperationContext,
	Result,
} from '../../../shared/operation/operation';
import { Confirmations } from './confirmations';
import type { Creation } from './createOptions';
import {
	executionMemoOf,
	ifUnknownOption,
	isNew,
	readCreation,
	skipAtLimitOption,
	skipCreatedOption,
} from './createOptions';
import type { ItemDraft, PlannedTask } from './pairing';
import { planBroadcast } from './pairing';
import {
	checkRunLimits,
	FEWER_CONFIRMATIONS,
	maxRecipientsField,
	maxRecipientsOption,
	maxTasksOption,
	readRunLimits,
} from './runLimits';
import { readRecipients, sendToFields } from './sendTo';
import { taskRow } from './taskRow';

const dryRunOption = optional(
	switchField({
		displayName: 'Dry Run',
		name: 'dryRun',
		default: true,
		description: 'Whether to only show the tasks that would be created, without creating any',
	}),
	false,
);

const allowSelectOption = optional(
	switchField({
		displayName: 'Let Member Change Recipients',
		name: 'allowSelect',
		description:
			'Whether the member can take customers off the list before confirming. Does not apply to customer groups.',
	}),
	false,
);

/** One message to many customers or customer groups, in the fewest tasks. Doc 92135. */
export const broadcast: Operation = {
	name: 'Broadcast',
	value: 'broadcast',
	action: 'Ask members to broadcast a message',
	description:
		'Create tasks that ask members to message many customers. Nothing is delivered before the members confirm in WeCom, and delivered messages cannot be recalled. One task per member and 10,000 customers or 2,000 customer groups. Returns one item per task with its msgid; fail_list names who cannot be reached.',
	retryCreatesRest: true,
	fields: [
		...sendToFields,
		maxRecipientsField,
		confirmationNotice('While you build, use Dry Run or pin the output.'),
		...contentFields,
		optionsField([
			dryRunOption,
			ifUnknownOption,
			allowSelectOption,
			maxRecipientsOption,
			maxTasksOption,
			requestTimeoutOption,
			skipAtLimitOption,
			skipCreatedOption,
		]),
	],
	async *execute(context) {
		// Everything is read and checked before the first request.
		const dryRun = readForRun(context.items, dryRunOption);
		const creation = readCreation(context);
		const limits = readRunLimits(context, { perCall: true });
		const plan = await readPlan(context, creation);
		for (const { error, item } of plan.failures) yield { error, items: [item] };
		const { tasks } = plan;
		const drafts = tasks.map(({ draft }) => draft);
		const check = async () =>
			await checkRunLimits(drafts, limits, FEWER_CONFIRMATIONS.broadcast, context);
		if (dryRun) {
			yield* showPlan(tasks, check, context);
			return;
		}
		try {
			await check();
		} catch (error) {
			yield { error, items: context.items.map(({ index }) => index) };
			return;
		}
		yield* createAll(tasks, creation, context);
	},
};

/** The tasks as they would be created, and what would keep them from it. */
async function* showPlan(
	tasks: Plan['tasks'],
	check: () => Promise<void>,
	context: OperationContext,
): AsyncGenerator<Result, void> {
	const { hint } = context;
	hint(
		`${counted(tasks.length, 'task')} planned, none created. Members and customers were not checked with WeCom.`,
		'info',
	);
	const confirmations = new Confirmations(tasks.map(({ draft }) => draft));
	for (const task of tasks) yield { json: dryRunRow(task, confirmations), items: task.items };
	if (tasks.length > 0) tellConfirmations(confirmations, context);
	warnOfRepeated(tasks, context);
	try {
		await check();
	} catch (error) {
		if (!(error instanceof WeComInputError)) throw asError(error);
		hint(`Without 'Dry Run' this run would stop: ${error.message}. ${error.remedy}`, 'warning');
	}
}

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

function tellConfirmations(confirmations: Confirmations, { hint }: OperationContext): void {
	const why = confirmations.areSeveral
		? ' Members confirm every task by itself. Items with the same message share one.'
		: '';
	hint(`${confirmations.sentence()}${why}`, 'info');
}

function warnOfRepeated(tasks: readonly PlannedTask[], { hint }: OperationContext): void {
	const repeated = namedInSeveral(tasks);
	if (repeated > 0) {
		hint(
			`${counted(repeated, 'recipient')} in more than one task, for example of two members, may get more than one message.`,
			'warning',
		);
	}
	const unnamed = tasks.filter(({ draft }) => recipientsOf(draft).length === 0).length;
	if (unnamed > 1) {
		hint(
			`WeCom chooses the customers of ${counted(unnamed, 'task')}. Those who belong to several of them, for example as customers of two members, may get more than one message.`,
			'warning',
		);
	}
}

/** How many recipients more than one of the tasks names. */
function namedInSeveral(tasks: readonly PlannedTask[]): number {
	const seen = new Set<string>();
	const repeated = new Set<string>();
	for (const id of tasks.flatMap(({ draft }) => recipientsOf(draft))) {
		if (seen.has(id)) repeated.add(id);
		seen.add(id);
	}
	return repeated.size;
}

interface Plan {
	/** Each with the attempt at which its items were read. */
	readonly tasks: Array<PlannedTask & { readonly attempt: number }>;
	readonly failures: Array<{ error: unknown; item: number }>;
}

/**
 * What all items ask for, checked before the first request that creates something. What an earlier try of this run
 * planned stays as it was planned: other batches would be other tasks.
 */
async function readPlan(context: OperationContext, { check }: Creation): Promise<Plan> {
	const { items, client, run } = context;
	const memo = executionMemoOf(context);
	const library = lazily(async () => await TagLibrary.read(client));
	const failures: Plan['failures'] = [];
	const named = new Map<number, MessageDraft[]>();
	for (const item of items) {
		try {
			const drafts = await readDrafts(item, context);
			for (const draft of drafts) check(draft);
			named.set(item.index, drafts);
		} catch (error) {
			if (!memo.keeps(item.index)) failures.push({ error, item: item.index });
		}
	}
	const byAttempt = new Map<number, ItemDraft[]>();
	for (const { index: item } of items) {
		if (!named.has(item) && !memo.keeps(item)) continue;
		try {
			const kept = await memo.keep(item, run.attempt, async () => {
				const drafts = named.get(item) ?? [];
				return await Promise.all(drafts.map(async (draft) => await withTags(draft)));
			});
			const planned = byAttempt.get(kept.attempt) ?? [];
			byAttempt.set(kept.attempt, planned);
			planned.push(...kept.drafts.map((draft) => ({ draft, item })));
		} catch (error) {
			failures.push({ error, item });
		}
	}
	return {
		tasks: [...byAttempt].flatMap(([attempt, drafts]) =>
			planBroadcast(drafts).map((task) => ({ ...task, attempt })),
		),
		failures,
	};

	async function withTags(draft: MessageDraft): Promise<MessageDraft> {
		return draft.recipients.kind === 'tags' ? withTagIds(draft, await library()) : draft;
	}
}

/** The messages an item asks for: one, or one per member for all customers of several members. */
async function readDrafts(
	item: ItemInput,
	{ uploads, calledByAgent }: OperationContext,
): Promise<MessageDraft[]> {
	const content = await readContent(item, uploads);
	const allowSelect = readOption(item, allowSelectOption);
	return readRecipients(item, calledByAgent).map((recipients) => ({
		...recipients,
		...content,
		allowSelect,
	}));
}

/** Names a task that has no msgid. */
function taskName({ draft, batch, batch_count }: PlannedTask): string {
	const sender = draft.sender === undefined ? '' : ` of member ${draft.sender}`;
	return `${batch} of ${batch_count}${sender} (${counted(recipientsOf(draft).length, 'recipient')} named)`;
}

function dryRunRow(task: PlannedTask, confirmations: Confirmations): IDataObject {
	const { draft } = task;
	const planned = { msgid: '', fail_list: [], skipped: [], state: 'planned' } as const;
	return {
		...taskRow(task, { ...planned, recipient_count: countRecipients(draft) }),
		confirmations: confirmations.of(draft),
		text_bytes: bytesOf(draft.text),
		attachment_count: draft.attachments.length,
	};
}
