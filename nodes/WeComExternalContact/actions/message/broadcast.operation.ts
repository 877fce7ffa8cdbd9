import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import { MAX_TAGS_PER_GROUP } from '../../client/limits';
import { recipientsOf } from '../../client/massMessage';
import type { CreatedTask } from '../../client/taskMemo';
import type { AddMsgTemplateRequest, TagFilter } from '../../client/types';
import { bytesOf, contentFields, readContent } from '../fields/content';
import { memberField, readMember } from '../fields/member';
import { readIds } from '../fields/recipients';
import {
	ifUnknownOption,
	optionsField,
	readCreation,
	requestTimeoutOption,
	skipAtLimitOption,
	skipCreatedOption,
} from '../fields/sendOptions';
import type { ItemInput, Operation, OperationContext, Result } from '../operation';
import { checkAgentLimit, maxRecipientsField } from './agentLimit';
import type { Draft, PlannedTask } from './plan';
import { planBroadcast } from './plan';
import { taskRow } from './taskRow';

type SendTo = 'customers' | 'inputItems' | 'tags' | 'allOfMembers' | 'groups';

const ALL_OF_MEMBERS: SendTo = 'allOfMembers';

const fields: INodeProperties[] = [
	{
		displayName: 'Send To',
		name: 'sendTo',
		type: 'options',
		options: [
			{
				name: 'All Customers of Members',
				value: ALL_OF_MEMBERS,
				description: 'Everybody the members have as a customer',
				displayOptions: { hide: { '@tool': [true] } },
			},
			{
				name: 'Customer Groups',
				value: 'groups',
				description: 'Group chats that the member owns',
			},
			{
				name: 'Customers',
				value: 'customers',
				description: 'A list of external user IDs',
			},
			{
				name: 'Customers From Input Items',
				value: 'inputItems',
				description: 'The external user ID in a field of every input item',
			},
			{
				name: 'Customers With Tags',
				value: 'tags',
				description:
					'Customers who carry the tags, also those who get them until WeCom creates the task',
			},
		],
		default: 'customers',
		description: 'Who gets the message. An empty list is an error and never means everybody.',
	},
	{
		displayName: 'Customers',
		name: 'externalUserIds',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		placeholder: 'e.g. wmAAAA1, wmAAAA2',
		description:
			'External user IDs with commas or line breaks between them, or an expression that gives an array. The IDs of all input items are put together.',
		displayOptions: { show: { sendTo: ['customers'] } },
	},
	{
		displayName: 'Input Field Name',
		name: 'idField',
		type: 'string',
		default: 'external_userid',
		required: true,
		description:
			'Name of the field of the input items that holds the external user ID. Items with the same member and message become one task.',
		displayOptions: { show: { sendTo: ['inputItems'] } },
	},
	{
		displayName: 'Tags',
		name: 'tagGroups',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		required: true,
		placeholder: 'Add Tag Group',
		description: 'A customer needs one tag of every group: any within a group, all across groups',
		displayOptions: { show: { sendTo: ['tags'] } },
		options: [
			{
				displayName: 'Group',
				name: 'group',
				values: [
					{
						displayName: 'Tag Names or IDs',
						name: 'tags',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'getTags' },
						default: [],
						description:
							'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
					},
				],
			},
		],
	},
	{
		displayName: 'Member Names or IDs',
		name: 'members',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getMembers' },
		default: [],
		required: true,
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		displayOptions: { show: { sendTo: [ALL_OF_MEMBERS] } },
	},
	{
		displayName: 'Customer Groups',
		name: 'chatIds',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		placeholder: 'e.g. wrCCCC1, wrCCCC2',
		description:
			'Chat IDs of groups the member owns, with commas or line breaks between them, or an expression that gives an array',
		displayOptions: { show: { sendTo: ['groups'] } },
	},
	{
		displayName: 'Sent By',
		name: 'sentBy',
		type: 'options',
		options: [
			{
				name: 'A Member',
				value: 'member',
				description: 'Customers who are not contacts of the member are reported in fail_list',
			},
			{
				name: 'Member Who Last Talked With Each Customer',
				value: 'lastContact',
				description: 'WeCom chooses, and may hand the task to many members',
			},
		],
		default: 'member',
		description: 'Who is asked to send the message',
		displayOptions: { show: { sendTo: ['customers', 'inputItems', 'tags'] } },
	},
	{
		...memberField,
		displayOptions: { show: { sendTo: ['customers', 'inputItems', 'tags'], sentBy: ['member'] } },
	},
	{
		...memberField,
		description: 'The owner of the groups, who is asked to send the message',
		displayOptions: { show: { sendTo: ['groups'] } },
	},
	...contentFields,
	maxRecipientsField,
	optionsField([
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to only show the tasks that would be created, without creating any',
		},
		ifUnknownOption,
		{
			displayName: 'Let Member Change Recipients',
			name: 'allowSelect',
			type: 'boolean',
			default: false,
			description:
				'Whether the member may take customers off the list before confirming. Not for customer groups.',
		},
		requestTimeoutOption,
		skipAtLimitOption,
		skipCreatedOption,
	]),
];

/** One message to many customers or groups, in the fewest tasks. Doc 92135. */
export const broadcast: Operation = {
	name: 'Broadcast',
	value: 'broadcast',
	action: 'Ask members to broadcast a message to many customers',
	description:
		'Ask members to send one message to many customers or groups. Creates one task per member and 10,000 customers; nothing is delivered before the member confirms it in WeCom. What was delivered cannot be recalled. Returns one item per task with its msgid; fail_list names who cannot be reached.',
	creates: true,
	fields,
	async *execute(context) {
		// Everything is read and checked before the first request.
		const drafts: Draft[] = [];
		for (const item of context.items) {
			try {
				const messages = await readMessages(item, context);
				drafts.push(...messages.map((message) => ({ message, item: item.index })));
			} catch (error) {
				yield { error, items: [item.index] };
			}
		}
		const tasks = planBroadcast(drafts);
		const [first] = context.items;
		if (first?.option('dryRun') === true) {
			for (const task of tasks) yield { json: dryRunRow(task), items: task.items };
			return;
		}
		try {
			await checkAgentLimit(tasks, context);
		} catch (error) {
			yield { error, items: context.items.map(({ index }) => index) };
			return;
		}
		yield* createAll(tasks, context);
	},
};

async function* createAll(
	tasks: readonly PlannedTask[],
	context: OperationContext,
): AsyncGenerator<Result, void> {
	const { creator, report } = readCreation(context);
	const results: CreatedTask[] = [];
	for (const task of tasks) {
		const { items } = task;
		try {
			const result = await creator.create(await context.uploads.fill(task.body));
			results.push(result);
			yield { json: taskRow(task.body, result, task), items };
		} catch (error) {
			yield { error, items, about: `Task ${taskName(task)}` };
		}
	}
	report(results);
	giveHints(tasks, results, context);
}

function giveHints(
	tasks: readonly PlannedTask[],
	results: readonly CreatedTask[],
	{ hint }: OperationContext,
): void {
	const created = results.filter(
		({ state }) => state === 'created' || state === 'recovered',
	).length;
	if (created > 0) {
		hint(
			`${created} ${created === 1 ? 'task' : 'tasks'} created. Nothing is delivered before the members confirm in WeCom.`,
			'info',
		);
	}
	const unreachable = results.flatMap((result) => result.fail_list).length;
	if (unreachable > 0)
		hint(`${unreachable} recipients cannot be reached; see fail_list.`, 'warning');
	const repeated = namedInSeveral(tasks);
	if (repeated > 0) {
		hint(
			`${repeated} recipients are in more than one task, for example of two members, and may get more than one message.`,
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
	const sendTo = item.parameter('sendTo') as SendTo;
	const allowSelect = item.option('allowSelect') === true ? { allow_select: true } : {};
	const single = { chat_type: 'single', ...content, ...allowSelect } as const;
	switch (sendTo) {
		case 'customers':
			return [{ ...single, ...readSender(item), external_userid: readCustomers(item) }];
		case 'inputItems':
			return [{ ...single, ...readSender(item), external_userid: [readCustomerOfItem(item)] }];
		case 'tags':
			return [{ ...single, ...readSender(item), tag_filter: readTagFilter(item) }];
		case 'groups':
			return [
				{
					chat_type: 'group',
					...content,
					sender: readMember(item),
					chat_id_list: readGroups(item),
				},
			];
		case ALL_OF_MEMBERS:
			if (calledByAgent) {
				throw new WeComInputError(
					'An AI agent may not send to all customers of a member',
					'Let the agent name the customers or tags, or run this broadcast in a workflow of its own.',
				);
			}
			return readMembers(item).map((sender) => ({ ...single, sender }));
		default:
			throw new WeComInputError('Send To is not chosen', 'Choose who gets the message.');
	}
}

function readSender(item: ItemInput): { sender?: string } {
	return item.parameter('sentBy') === 'lastContact' ? {} : { sender: readMember(item) };
}

function readCustomers(item: ItemInput): string[] {
	const ids = readIds(item.parameter('externalUserIds'), 'Customers');
	if (ids.length === 0) throw noRecipients('Customers');
	return ids;
}

function readCustomerOfItem(item: ItemInput): string {
	const name = String(item.parameter('idField') ?? '').trim();
	const value = item.json[name];
	const id = typeof value === 'string' ? value.trim() : '';
	if (id === '') {
		throw new WeComInputError(
			`The item has no external user ID in the field "${name}"`,
			'Check Input Field Name, and remove items without an ID before this node.',
		);
	}
	return id;
}

function readTagFilter(item: ItemInput): TagFilter {
	const { group = [] } = (item.parameter('tagGroups') ?? {}) as { group?: IDataObject[] };
	const groups = group.map(({ tags }) => readIds(tags, 'Tags'));
	// A group whose expression resolved to nothing would silently widen the choice.
	if (groups.length === 0 || groups.some((tags) => tags.length === 0)) throw noRecipients('Tags');
	const largest = Math.max(...groups.map((tags) => tags.length));
	if (largest > MAX_TAGS_PER_GROUP) {
		throw new WeComInputError(
			`A group has ${largest} tags`,
			`WeCom allows ${MAX_TAGS_PER_GROUP} tags in a group.`,
		);
	}
	return { group_list: groups.map((tag_list) => ({ tag_list })) };
}

function readGroups(item: ItemInput): string[] {
	const ids = readIds(item.parameter('chatIds'), 'Customer Groups');
	if (ids.length === 0) throw noRecipients('Customer Groups');
	return ids;
}

function readMembers(item: ItemInput): string[] {
	const members = readIds(item.parameter('members'), 'Members');
	if (members.length === 0) throw noRecipients('Members');
	return members;
}

function noRecipients(field: string): WeComInputError {
	return new WeComInputError(
		`${field} is empty, so nobody would get the message`,
		`Fill in ${field}. If it is an expression, it resolved to nothing for this item.`,
	);
}

/** Names a task that has no msgid. */
function taskName({ body, batch, batch_count }: PlannedTask): string {
	const sender = body.sender === undefined ? '' : ` of member ${body.sender}`;
	return `${batch} of ${batch_count}${sender} (${recipientsOf(body).length} recipients named)`;
}

function dryRunRow({ body, batch, batch_count }: PlannedTask): IDataObject {
	const planned = { msgid: '', fail_list: [], skipped: [], state: 'planned' } as const;
	return {
		...taskRow(body, planned, { batch, batch_count }),
		text_bytes: bytesOf(body.text?.content ?? ''),
		attachment_count: body.attachments?.length ?? 0,
	};
}
