import { WeComInputError } from '../../../shared/client/core/errors';
import type { WeComClient } from '../../../shared/client/core/client';
import { countChosen } from '../../../shared/client/massMessages/chosenCustomers';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { taskKey } from '../../../shared/client/massMessages/taskKey';
import type { Field } from '../../../shared/fields/field';
import { hiddenInTools, labelOf, optional, read } from '../../../shared/fields/field';
import { numberField } from '../../../shared/fields/kinds';
import { readForRun } from '../../../shared/fields/options';
import { asNumber } from '../../../shared/fields/read';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';
import { Confirmations, inFull } from './confirmations';
import { executionMemoOf } from './createOptions';

const DEFAULT_MAX_PER_CALL = 100;

/** Set by whoever builds the agent, not by the model, and therefore no expression. */
export const maxRecipientsField: Field<number> = {
	property: {
		displayName: 'Max Recipients per Call',
		name: 'maxRecipients',
		type: 'number',
		typeOptions: { minValue: 1 },
		noDataExpression: true,
		default: DEFAULT_MAX_PER_CALL,
		description:
			'How many customers or customer groups the agent can address at once. A call for more creates nothing. Customers with tags are counted before the task is created.',
		displayOptions: { show: { '@tool': [true] } },
	},
	parse: (value, label) => Math.floor(asNumber(value ?? DEFAULT_MAX_PER_CALL, label, { min: 1 })),
};

/** Not in tools: agents have a limit of their own, and a model must not be asked to set one. */
export const maxRecipientsOption = hiddenInTools(
	optional(
		numberField({
			displayName: 'Max Recipients',
			name: 'maxRecipients',
			min: 1,
			whole: true,
			default: 1_000,
			description:
				'How many customers or customer groups all items together may address. A run for more creates nothing. Whoever is in two tasks counts twice; those whom other options leave out count too. Where WeCom chooses the customers, they are counted first.',
		}),
	),
);

const DEFAULT_MAX_TASKS = 50;

/** Not in tools, so that no model raises it: there, the default counts over all calls of the agent. */
export const maxTasksOption = hiddenInTools(
	optional(
		numberField({
			displayName: 'Max Tasks per Member',
			name: 'maxTasksPerMember',
			min: 1,
			whole: true,
			default: DEFAULT_MAX_TASKS,
			description: `How many tasks one member may have to confirm because of this run (${DEFAULT_MAX_TASKS} if this option is not added). A run for more creates nothing. Tasks whose members WeCom chooses count for every member. Counted before other options leave anybody out.`,
		}),
		DEFAULT_MAX_TASKS,
	),
);

/** What a run may ask for at most. */
export interface RunLimits {
	readonly recipients: number | undefined;
	readonly recipientsOfAgent: number | undefined;
	readonly tasksPerMember: number;
}

/**
 * @param perCall whether the tool of the operation has a limit per call
 * @throws WeComInputError when a limit is no number, or not the same for all items
 */
export function readRunLimits(
	{ items, calledByAgent }: OperationContext,
	{ perCall }: { readonly perCall: boolean },
): RunLimits {
	return {
		recipients: readForRun(items, maxRecipientsOption),
		recipientsOfAgent: calledByAgent && perCall ? agentLimitOf(items) : undefined,
		tasksPerMember: readForRun(items, maxTasksOption) ?? DEFAULT_MAX_TASKS,
	};
}

function agentLimitOf([item]: readonly ItemInput[]): number | undefined {
	return item && read(item, maxRecipientsField);
}

/** How a builder gets by with fewer confirmations. */
export const FEWER_CONFIRMATIONS = {
	send: "Send makes a task of every item. Broadcast with 'Customers From Input Items' makes one task, with one confirmation, of up to 10,000 customers with the same member and message.",
	broadcast:
		'Text or attachments that differ from row to row, such as a name in the text, make a task and a confirmation of every row. With the same message for all rows, a member confirms one task for up to 10,000 customers.',
} as const;

/**
 * Keeps a mistake from reaching people, before the first request that creates: more recipients than the builder has in
 * mind, or more confirmations than a member can be asked for. All tasks of the run count, also those that an earlier
 * try has created, so that Retry On Fail gets the same answer.
 *
 * @param drafts every task that the run asks for, once
 * @param fewer how to get by with fewer confirmations
 * @throws WeComInputError when the run asks for more than a limit allows
 */
export async function checkRunLimits(
	drafts: readonly MessageDraft[],
	limits: RunLimits,
	fewer: string,
	context: OperationContext,
): Promise<void> {
	checkTasks(drafts, limits.tasksPerMember, fewer, context);
	if (limits.recipientsOfAgent !== undefined) {
		await checkAgent(drafts, limits.recipientsOfAgent, context);
	}
	if (limits.recipients !== undefined) await checkRecipients(drafts, limits.recipients, context);
}

function checkTasks(
	drafts: readonly MessageDraft[],
	most: number,
	fewer: string,
	context: OperationContext,
): void {
	const confirmations = new Confirmations(withEarlierCalls(drafts, context));
	const { busiest, byWeCom } = confirmations;
	const count = (busiest?.tasks ?? 0) + byWeCom;
	if (count <= most) return;
	const who = byWeCom === 0 && busiest ? `Member ${busiest.name} would` : 'One member could';
	const label = labelOf(maxTasksOption);
	throw new WeComInputError(
		`${who} get ${inFull(count)} tasks to confirm, and ${label} is ${inFull(most)}`,
		`No task was created. ${confirmations.sentence()} Members confirm every task by hand. ${fewer} If so many confirmations are meant, raise ${label} in 'Options'.`,
	);
}

/** The model may ask in many calls for what the builder would not allow in one. */
function withEarlierCalls(
	drafts: readonly MessageDraft[],
	context: OperationContext,
): readonly MessageDraft[] {
	if (!context.calledByAgent) return drafts;
	const now = new Set(drafts.map(taskKey));
	const earlier = executionMemoOf(context).existing();
	return [...drafts, ...earlier.filter((draft) => !now.has(taskKey(draft)))];
}

async function checkAgent(
	drafts: readonly MessageDraft[],
	most: number,
	context: OperationContext,
): Promise<void> {
	const { count, isExact } = await countRecipients(drafts, most, context);
	if (count <= most) return;
	throw new WeComInputError(
		`An AI agent may address ${most} recipients per call, and this call is for ${isExact ? count : `more than ${most}`}`,
		`No task was created. Address fewer, or ask the person who built this agent to raise ${labelOf(maxRecipientsField)}.`,
	);
}

async function checkRecipients(
	drafts: readonly MessageDraft[],
	most: number,
	context: OperationContext,
): Promise<void> {
	const { count, isExact } = await countRecipients(drafts, most, context);
	if (count <= most) return;
	const label = labelOf(maxRecipientsOption);
	throw new WeComInputError(
		`The run is for ${isExact ? inFull(count) : `more than ${inFull(most)}`} recipients, and ${label} is ${inFull(most)}`,
		`No task was created. Check who is meant to get the message, for example with 'Dry Run', or raise ${label} in 'Options'.`,
	);
}

/** Customers whom WeCom chooses are counted by reading them, and no further than the answer needs. */
async function countRecipients(
	drafts: readonly MessageDraft[],
	most: number,
	context: OperationContext,
): Promise<{ count: number; isExact: boolean }> {
	const counts = countsOf(context);
	let count = 0;
	let isExact = true;
	for (const draft of drafts) {
		if ('ids' in draft.recipients) {
			count += draft.recipients.ids.length;
			continue;
		}
		isExact = false;
		count += await counts.of(draft, most, context.client);
	}
	return { count, isExact };
}

/**
 * What was counted for the tasks of this run. Retry On Fail goes on with the numbers of the first try: a customer who
 * was tagged in between must not stop a run that has created half of its tasks.
 */
class ChosenCounts {
	private readonly counts = new Map<string, number>();

	/** @param remembers not where each call of an AI agent is new */
	constructor(private readonly remembers: boolean) {}

	async of(draft: MessageDraft, most: number, client: WeComClient): Promise<number> {
		const key = taskKey(draft);
		const known = this.counts.get(key);
		if (known !== undefined) return known;
		const count = await countChosen(client, draft, most);
		if (this.remembers && count <= most) this.counts.set(key, count);
		return count;
	}
}

function countsOf({ run, calledByAgent }: OperationContext): ChosenCounts {
	return run.state('recipients counted', () => new ChosenCounts(!calledByAgent));
}
