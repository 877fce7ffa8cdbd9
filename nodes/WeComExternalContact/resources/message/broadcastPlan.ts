import { mapConcurrently } from '../../../shared/client/core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../../../shared/client/core/settings';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { recipientsOf, withTagIds } from '../../../shared/client/massMessages/draft';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { Content } from '../../../shared/fields/content';
import { Contents } from '../../../shared/fields/content';
import { optional, readOption } from '../../../shared/fields/field';
import { switchField } from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';
import type { Creation } from './createOptions';
import { executionMemoOf } from './createOptions';
import type { ItemDrafts, PlannedTask } from './pairing';
import { planBroadcast } from './pairing';
import { readRecipients } from './sendTo';

export const allowSelectOption = optional(
	switchField({
		displayName: 'Let Member Change Recipients',
		name: 'allowSelect',
		description:
			'Whether the member can take customers off the list before confirming. Does not apply to customer groups.',
	}),
	false,
);

/** A task, and the attempt at which its items were read. */
type TaskOfAttempt = PlannedTask & { readonly attempt: number };

export interface Plan {
	readonly tasks: readonly TaskOfAttempt[];
	readonly failures: Array<{ error: unknown; item: number }>;
	/** The tasks where these customers take up no place in one. */
	tasksWithout(leftOut: ReadonlySet<string>): TaskOfAttempt[];
}

/**
 * The tasks of a plan. Where a message is cut, whoever is left out must not make one more of it, so the tags are read
 * before the cut: all at once, as the first task would. Tags that do not exist end the run here.
 */
export async function fewestTasks(
	{ tasks, tasksWithout }: Plan,
	{ leaveOut }: Pick<Creation, 'leaveOut'>,
): Promise<readonly TaskOfAttempt[]> {
	await leaveOut?.check.expect(tasks.map(({ draft }) => draft));
	const isCut = tasks.some(({ batch_count }) => batch_count > 1);
	if (!leaveOut || !isCut) return tasks;
	const customers = tasks.flatMap(({ draft }) => recipientsOf(draft));
	return tasksWithout(await leaveOut.check.leftOutOf(customers));
}

/**
 * What all items ask for, checked before the first request that creates something. What an earlier try of this run
 * planned stays as it was planned: other batches would be other tasks.
 */
export async function readPlan(
	context: OperationContext,
	{ check, leaveOut }: Creation,
	library: () => Promise<TagLibrary>,
): Promise<Plan> {
	const { items, run } = context;
	const memo = executionMemoOf(context);
	const contents = new Contents(context.uploads);
	const failures: Plan['failures'] = [];
	/** By the position of the item. */
	const named: Array<MessageDraft[] | undefined> = [];
	for (const item of items) {
		try {
			const content = contents.of(item);
			// Of 100,000 rows with the same message, only one has something to wait for.
			const known = 'text' in content ? content : await content;
			const drafts = readDrafts(item, known, context);
			for (const draft of drafts) check(draft);
			named[item.index] = drafts;
		} catch (error) {
			if (!memo.keeps(item.index)) failures.push({ error, item: item.index });
		}
	}
	const byAttempt = new Map<number, ItemDrafts[]>();
	for (const { index: item } of items) {
		const drafts = named[item];
		if (!drafts && !memo.keeps(item)) continue;
		try {
			const kept =
				drafts && isReady(drafts) && !memo.keeps(item)
					? memo.remember(item, run.attempt, drafts)
					: await memo.keep(item, run.attempt, async () => await resolved(drafts ?? []));
			const planned = byAttempt.get(kept.attempt);
			if (planned) planned.push(kept);
			else byAttempt.set(kept.attempt, [kept]);
		} catch (error) {
			failures.push({ error, item });
		}
	}
	return { tasks: cutWithout(), failures, tasksWithout: cutWithout };

	function cutWithout(leftOut?: ReadonlySet<string>): TaskOfAttempt[] {
		const isLeftOut = leftOut && ((id: string) => leftOut.has(id));
		return [...byAttempt].flatMap(([attempt, ofAttempt]) =>
			planBroadcast(ofAttempt, isLeftOut).map((task) => ({ ...task, attempt })),
		);
	}

	/** Whether the drafts name their recipients, as nearly all do, or leave them to WeCom. */
	function isReady(drafts: readonly MessageDraft[]): boolean {
		return !leaveOut && drafts.every(({ recipients }) => recipients.kind !== 'tags');
	}

	async function resolved(drafts: readonly MessageDraft[]): Promise<MessageDraft[]> {
		return await mapConcurrently(drafts, MAX_CONCURRENT_REQUESTS, async (draft) => {
			const withIds = draft.recipients.kind === 'tags' ? withTagIds(draft, await library()) : draft;
			return leaveOut ? await leaveOut.named(withIds) : withIds;
		});
	}
}

/** The messages an item asks for: one, or one per member for all customers of several members. */
function readDrafts(
	item: ItemInput,
	{ text, attachments }: Content,
	{ calledByAgent }: OperationContext,
): MessageDraft[] {
	const allowSelect = readOption(item, allowSelectOption);
	return readRecipients(item, calledByAgent).map(({ recipients, sender }) => ({
		recipients,
		sender,
		text,
		attachments,
		allowSelect,
	}));
}
