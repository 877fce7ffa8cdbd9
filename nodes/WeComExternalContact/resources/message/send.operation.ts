import { lazily } from '../../../shared/client/core/utils';
import { namingOwners } from '../../../shared/client/customers/customers';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { recipientsOf } from '../../../shared/client/massMessages/draft';
import { senderAndMessageKey, taskKey } from '../../../shared/client/massMessages/taskKey';
import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import { TagLibrary } from '../../../shared/client/tags/tags';
import { contentFields, Contents } from '../../../shared/fields/content';
import { customerField } from '../../../shared/fields/customer';
import { read } from '../../../shared/fields/field';
import { memberField } from '../../../shared/fields/member';
import { confirmationNotice } from '../../../shared/fields/notice';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import type {
	ItemInput,
	Operation,
	OperationContext,
	Result,
} from '../../../shared/operation/operation';
import type { Creation } from './createOptions';
import {
	executionMemoOf,
	ifUnknownOption,
	readCreation,
	skipAtLimitOption,
	skipCreatedOption,
} from './createOptions';
import { leaveOutOption } from './leaveOut';
import {
	checkRunLimits,
	FEWER_CONFIRMATIONS,
	maxRecipientsOption,
	maxTasksOption,
	readRunLimits,
} from './runLimits';
import { sendRow } from './taskRow';

/** From this many tasks with one member and content, a broadcast saves the member a noticeable number of clicks. */
const MANY_SENDS = 5;

/** One message from one member to one customer, per input item. Doc 92135. */
export const send: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Ask a member to send a message',
	description:
		'Ask a member to message one customer. They confirm; it cannot be recalled. Returns the msgid.',
	retryCreatesRest: true,
	fields: [
		memberField,
		customerField,
		confirmationNotice(
			'Creates a task for the member to confirm. The customer gets the message only after that. While you build, pin the output.',
		),
		...contentFields,
		optionsField([
			ifUnknownOption,
			leaveOutOption,
			maxRecipientsOption,
			maxTasksOption,
			requestTimeoutOption,
			skipAtLimitOption,
			skipCreatedOption,
		]),
	],
	async *execute(context) {
		const library = lazily(async () => await TagLibrary.read(context.client));
		const creation = readCreation(context, library);
		const limits = readRunLimits(context, { perCall: false });
		// All items are read before the first task is created: together they may be too many for a member.
		const wanted = await readItems(context, creation);
		const keys = new Map(wanted.flatMap(({ draft }) => (draft ? [[taskKey(draft), draft]] : [])));
		try {
			const drafts = [...keys.values()];
			await checkRunLimits(drafts, limits, FEWER_CONFIRMATIONS.send, context);
			await creation.leaveOut?.check.expect(drafts);
		} catch (error) {
			yield { error, items: context.items.map(({ index }) => index) };
			return;
		}
		yield* createAll(wanted, creation, context);
	},
};

/** What an item asks for, or why it cannot be read. */
type Wanted = { readonly item: number } & (
	| { readonly draft: MessageDraft; readonly attempt: number }
	| { readonly draft?: undefined; readonly error: unknown }
);

async function readItems(context: OperationContext, { check }: Creation): Promise<Wanted[]> {
	const memo = executionMemoOf(context);
	const contents = new Contents(context.uploads);
	const wanted: Wanted[] = [];
	for (const item of context.items) {
		try {
			const read = async () => [await readDraft(item, contents)];
			const { attempt, drafts } = await memo.keep(item.index, context.run.attempt, read);
			const [draft] = drafts;
			if (!draft) continue;
			check(draft);
			wanted.push({ item: item.index, draft, attempt });
		} catch (error) {
			wanted.push({ item: item.index, error });
		}
	}
	return wanted;
}

async function* createAll(
	wanted: readonly Wanted[],
	{ creator, report }: Creation,
	context: OperationContext,
): AsyncGenerator<Result, void> {
	const firstOf = new Map<string, CreatedTask>();
	const created: MessageDraft[] = [];
	for (const each of wanted) {
		const items = [each.item];
		if (!each.draft) {
			yield { error: each.error, items };
			continue;
		}
		const { draft, attempt } = each;
		try {
			const key = taskKey(draft);
			const first = firstOf.get(key);
			if (first !== undefined) {
				yield { json: sendRow(draft, repeated(first)), items };
				continue;
			}
			const task = await create(draft, attempt, creator, context);
			firstOf.set(key, task);
			if (task.msgid !== '') created.push(draft);
			yield { json: sendRow(draft, task), items, created: task.msgid || undefined };
		} catch (error) {
			const about = `Customer ${recipientsOf(draft).join()} of member ${draft.sender}`;
			yield { error, items, about };
		}
	}
	report([...firstOf.values()]);
	adviseBroadcast(created, context);
}

function adviseBroadcast(created: readonly MessageDraft[], { hint }: OperationContext): void {
	const counts = new Map<string, number>();
	for (const draft of created) {
		const key = senderAndMessageKey(draft);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	const most = Math.max(0, ...counts.values());
	if (most < MANY_SENDS) return;
	hint(
		`${most} tasks carry the same message from the same member, who must confirm each of them. Broadcast turns them into one task with one confirmation.`,
		'warning',
	);
}

/** Creates the task. If the customer is none of the member's, the error says who has the customer. */
async function create(
	draft: MessageDraft,
	attempt: number,
	creator: Creation['creator'],
	{ client }: OperationContext,
): Promise<CreatedTask> {
	try {
		return await creator.create(draft, attempt);
	} catch (error) {
		const [external_userid = ''] = recipientsOf(draft);
		throw await namingOwners(client, { userid: draft.sender ?? '', external_userid }, error);
	}
}

async function readDraft(item: ItemInput, contents: Contents): Promise<MessageDraft> {
	return {
		recipients: { kind: 'customers', ids: [read(item, customerField)] },
		sender: read(item, memberField),
		...(await contents.of(item)),
	};
}

/** What a second item that asks for the same gets: the task of the first one, if there is one. */
function repeated(first: CreatedTask): CreatedTask {
	return first.msgid === '' ? first : { ...first, state: 'duplicate', recipient_count: 0 };
}
