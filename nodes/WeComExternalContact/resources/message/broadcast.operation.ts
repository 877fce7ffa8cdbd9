import type { IDataObject } from 'n8n-workflow';

import { lazily } from '../../../shared/client/core/utils';
import { countRecipients, recipientsOf } from '../../../shared/client/massMessages/plan';
import { TagLibrary } from '../../../shared/client/tags/tags';
import type { CreatedTask } from '../../../shared/client/massMessages/executionMemo';
import type { AddMsgTemplateRequest } from '../../../shared/client/massMessages/types';
import { counted } from '../../../shared/operation/format';
import { contentFields, readContent } from '../../../shared/fields/content';
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
import { checkAgentLimit, maxRecipientsField } from './agentLimit';
import type { Creation } from './createOptions';
import {
	ifUnknownOption,
	readCreation,
	skipAtLimitOption,
	skipCreatedOption,
} from './createOptions';
import type { Draft, PlannedTask } from './pairing';
import { planBroadcast } from './pairing';
import { readRecipients, sendToFields, withTagIds } from './sendTo';
import { taskRow } from './taskRow';

const dryRunOption = optional(
	switchField({
		displayName: 'Dry Run',
		name: 'dryRun',
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
	action: 'Ask members to broadcast a message to many customers',
	description:
		'Create tasks that ask members to message many customers. Nothing is delivered before the members confirm in WeCom, and delivered messages cannot be recalled. One task per member and 10,000 customers or 2,000 customer groups. Returns one item per task with its msgid; fail_list names who cannot be reached.',
	creates: true,
	fields: [
		...sendToFields,
		maxRecipientsField,
		...contentFields,
		optionsField([
			dryRunOption,
			ifUnknownOption,
			allowSelectOption,
			requestTimeoutOption,
			skipAtLimitOption,
			skipCreatedOption,
		]),
	],
	async *execute(context) {
		// Everything is read and checked before the first request.
		const dryRun = readForRun(context.items, dryRunOption);
		const creation = readCreation(context);
		const named: Draft[] = [];
		for (const item of context.items) {
			try {
				const messages = await readMessages(item, context);
				for (const message of messages) creation.check(message);
				named.push(...messages.map((message) => ({ message, item: item.index })));
			} catch (error) {
				yield { error, items: [item.index] };
			}
		}
		const library = lazily(async () => await TagLibrary.read(context.client));
		const drafts: Draft[] = [];
		for (const { message, item } of named) {
			try {
				drafts.push({ message: await withTagIds(message, library), item });
			} catch (error) {
				yield { error, items: [item] };
			}
		}
		const tasks = planBroadcast(drafts);
		if (dryRun) {
			context.hint(
				`${counted(tasks.length, 'task')} planned, none created. Members and customers were not checked with WeCom.`,
				'info',
			);
			for (const task of tasks) yield { json: dryRunRow(task), items: task.items };
			warnOfRepeated(tasks, context);
			return;
		}
		try {
			await checkAgentLimit(tasks, context);
		} catch (error) {
			yield { error, items: context.items.map(({ index }) => index) };
			return;
		}
		yield* createAll(tasks, creation, context);
	},
};

async function* createAll(
	tasks: readonly PlannedTask[],
	{ creator, report }: Creation,
	context: OperationContext,
): AsyncGenerator<Result, void> {
	const results: CreatedTask[] = [];
	for (const task of tasks) {
		const { items } = task;
		try {
			const result = await creator.create(await context.uploads.fill(task.body), items);
			results.push(result);
			yield { json: taskRow(task.body, result, task), items };
		} catch (error) {
			yield { error, items, about: `Task ${taskName(task)}` };
		}
	}
	report(results);
	warnOfRepeated(tasks, context);
}

function warnOfRepeated(tasks: readonly PlannedTask[], { hint }: OperationContext): void {
	const repeated = namedInSeveral(tasks);
	if (repeated > 0) {
		hint(
			`${counted(repeated, 'recipient')} in more than one task, for example of two members, may get more than one message.`,
			'warning',
		);
	}
	const unnamed = tasks.filter(({ body }) => recipientsOf(body).length === 0).length;
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
	for (const id of tasks.flatMap(({ body }) => recipientsOf(body))) {
		if (seen.has(id)) repeated.add(id);
		seen.add(id);
	}
	return repeated.size;
}

/** The messages an item asks for: one, or one per member for all customers of several members. */
async function readMessages(
	item: ItemInput,
	{ uploads, calledByAgent }: OperationContext,
): Promise<AddMsgTemplateRequest[]> {
	const content = await readContent(item, uploads);
	const allow_select = readOption(item, allowSelectOption);
	return readRecipients(item, calledByAgent).map((recipients) => ({
		...recipients,
		...content,
		...(allow_select && recipients.chat_type === 'single' && { allow_select }),
	}));
}

/** Names a task that has no msgid. */
function taskName({ body, batch, batch_count }: PlannedTask): string {
	const sender = body.sender === undefined ? '' : ` of member ${body.sender}`;
	return `${batch} of ${batch_count}${sender} (${counted(recipientsOf(body).length, 'recipient')} named)`;
}

function dryRunRow({ body, batch, batch_count }: PlannedTask): IDataObject {
	const planned = { msgid: '', fail_list: [], skipped: [], state: 'planned' } as const;
	const recipient_count = countRecipients(body);
	return {
		...taskRow(body, { ...planned, recipient_count }, { batch, batch_count }),
		text_bytes: bytesOf(body.text?.content ?? ''),
		attachment_count: body.attachments?.length ?? 0,
	};
}
