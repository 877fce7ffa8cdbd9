import { namingOwners } from '../../../shared/client/customers/customers';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { recipientsOf } from '../../../shared/client/massMessages/draft';
import { senderAndMessageKey, taskKey } from '../../../shared/client/massMessages/taskKey';
import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import { confirmationNotice, contentFields, readContent } from '../../../shared/fields/content';
import { customerField } from '../../../shared/fields/customer';
import { read } from '../../../shared/fields/field';
import { memberField } from '../../../shared/fields/member';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import type { ItemInput, Operation, OperationContext } from '../../../shared/operation/operation';
import type { Creation } from './createOptions';
import {
	executionMemoOf,
	ifUnknownOption,
	readCreation,
	skipAtLimitOption,
	skipCreatedOption,
} from './createOptions';
import { sendRow } from './taskRow';

/** From this many tasks with one member and content, a broadcast saves the member a noticeable number of clicks. */
const MANY_SENDS = 5;

/** One message from one member to one customer, per input item. Doc 92135. */
export const send: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Ask a member to send a message',
	description:
		'Create a task that asks a member to message one customer. Nothing is delivered before the member confirms in WeCom, and a delivered message cannot be recalled. Returns the msgid of the task.',
	retryCreatesRest: true,
	fields: [
		memberField,
		customerField,
		confirmationNotice('While you build, pin the output.'),
		...contentFields,
		optionsField([ifUnknownOption, requestTimeoutOption, skipAtLimitOption, skipCreatedOption]),
	],
	async *execute(context) {
		const { creator, check, report } = readCreation(context);
		const memo = executionMemoOf(context);
		const firstOf = new Map<string, CreatedTask>();
		const sameContent = new Map<string, number>();
		for (const item of context.items) {
			const items = [item.index];
			let about: string | undefined;
			try {
				const read = async () => [await readDraft(item, context)];
				const { attempt, drafts } = await memo.keep(item.index, context.run.attempt, read);
				const [draft] = drafts;
				if (!draft) continue;
				check(draft);
				about = `Customer ${recipientsOf(draft).join()} of member ${draft.sender}`;
				const key = taskKey(draft);
				const first = firstOf.get(key);
				if (first !== undefined) {
					yield { json: sendRow(draft, repeated(first)), items };
					continue;
				}
				const task = await create(draft, attempt, creator, context);
				firstOf.set(key, task);
				if (task.msgid !== '') countSameContent(sameContent, draft);
				yield { json: sendRow(draft, task), items, created: task.msgid || undefined };
			} catch (error) {
				yield { error, items, about };
			}
		}
		report([...firstOf.values()]);
		const most = Math.max(0, ...sameContent.values());
		if (most >= MANY_SENDS) {
			context.hint(
				`${most} tasks carry the same message from the same member, who must confirm each of them. Broadcast turns them into one task with one confirmation.`,
				'warning',
			);
		}
	},
};

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

async function readDraft(item: ItemInput, { uploads }: OperationContext): Promise<MessageDraft> {
	return {
		recipients: { kind: 'customers', ids: [read(item, customerField)] },
		sender: read(item, memberField),
		...(await readContent(item, uploads)),
	};
}

/** What a second item that asks for the same gets: the task of the first one, if there is one. */
function repeated(first: CreatedTask): CreatedTask {
	return first.msgid === '' ? first : { ...first, state: 'duplicate', recipient_count: 0 };
}

function countSameContent(counts: Map<string, number>, draft: MessageDraft): void {
	const key = senderAndMessageKey(draft);
	counts.set(key, (counts.get(key) ?? 0) + 1);
}
