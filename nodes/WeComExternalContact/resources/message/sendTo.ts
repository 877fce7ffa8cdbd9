import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import { MAX_TAGS_PER_GROUP } from '../../../shared/client/massMessages/limits';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { AddMsgTemplateRequest, TagFilter } from '../../../shared/client/massMessages/types';
import { readChoice } from '../../../shared/fields/choice';
import { memberField, readMember } from '../../../shared/fields/member';
import { membersField } from '../../../shared/fields/members';
import { readIds, readNames } from '../../../shared/fields/lists';
import { tagNamesField } from '../../../shared/fields/tag';
import { asEntries, nothingIn } from '../../../shared/fields/read';
import type { ItemInput } from '../../../shared/operation/operation';

const ALL_OF_MEMBERS = 'allOfMembers';
const SEND_TO = ['customers', 'inputItems', 'tags', ALL_OF_MEMBERS, 'groups'] as const;

/** Whom a broadcast is for, and who is asked to send it. */
export const sendToFields: INodeProperties[] = [
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
				// An AI agent gives one item of its own.
				displayOptions: { hide: { '@tool': [true] } },
			},
			{
				name: 'Customers With Tags',
				value: 'tags',
				description: 'Customers who carry the tags at the moment WeCom creates the task',
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
			'External user IDs with commas, blanks or line breaks between them, or an expression that gives an array. The IDs of all input items are put together.',
		displayOptions: { show: { sendTo: ['customers'] } },
	},
	{
		displayName: 'Input Field Name',
		name: 'idField',
		type: 'string',
		default: 'external_userid',
		required: true,
		description:
			'Name of the field of the input items that holds the external user ID; with dots for a field within another, such as customer.external_userid. Items with the same member and message become one task.',
		displayOptions: { show: { sendTo: ['inputItems'] } },
	},
	{
		displayName: 'Tags',
		name: 'tagGroups',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		required: true,
		placeholder: 'Add Condition',
		description:
			'A customer needs one tag of every condition; within a condition each of its tags will do',
		displayOptions: { show: { sendTo: ['tags'] } },
		options: [
			{
				displayName: 'Condition',
				name: 'group',
				values: [tagNamesField],
			},
		],
	},
	{ ...membersField, displayOptions: { show: { sendTo: [ALL_OF_MEMBERS] } } },
	{
		displayName: 'Customer Groups',
		name: 'chatIds',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		placeholder: 'e.g. wrCCCC1, wrCCCC2',
		description:
			'Chat IDs of groups the member owns, with commas, blanks or line breaks between them, or an expression that gives an array',
		displayOptions: { show: { sendTo: ['groups'] } },
	},
	{
		displayName: 'Sent By',
		name: 'sentBy',
		type: 'options',
		options: [
			{
				name: 'One Member',
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
];

type Recipients = Omit<AddMsgTemplateRequest, 'text' | 'attachments' | 'allow_select'>;

/**
 * Whom an item's message is for: once, or once per member for all customers of several members.
 *
 * @throws WeComInputError when that would be nobody, or is not said clearly
 */
export function readRecipients(item: ItemInput, calledByAgent: boolean): Recipients[] {
	const chat_type = 'single';
	switch (readChoice(item, 'sendTo', 'Send To', SEND_TO)) {
		case 'customers': {
			const external_userid = requiredIds(item, 'externalUserIds', 'Customers');
			return [{ chat_type, ...readSender(item), external_userid }];
		}
		case 'inputItems':
			return [{ chat_type, ...readSender(item), external_userid: [readCustomerOfItem(item)] }];
		case 'tags':
			return [{ chat_type, ...readSender(item), tag_filter: readTagFilter(item) }];
		case 'groups': {
			const chat_id_list = requiredIds(item, 'chatIds', 'Customer Groups');
			return [{ chat_type: 'group', sender: readMember(item), chat_id_list }];
		}
		case ALL_OF_MEMBERS:
			if (calledByAgent) {
				throw new WeComInputError(
					'An AI agent may not send to all customers of a member',
					'Let the agent name the customers or tags, or run this broadcast in a workflow of its own.',
				);
			}
			return requiredIds(item, 'members', 'Members').map((sender) => ({ chat_type, sender }));
	}
}

function readSender(item: ItemInput): { sender?: string } {
	const sentBy = readChoice(item, 'sentBy', 'Sent By', ['member', 'lastContact']);
	return sentBy === 'lastContact' ? {} : { sender: readMember(item) };
}

function readCustomerOfItem(item: ItemInput): string {
	const name = String(item.parameter('idField') ?? '').trim();
	if (name === '') throw nothingIn('Input Field Name is empty', 'Fill in Input Field Name.');
	const value = item.json[name] ?? valueAt(item.json, name);
	const id = typeof value === 'string' ? value.trim() : '';
	if (id === '') {
		throw new WeComInputError(
			`The item has no external user ID in the field "${name}"`,
			'Check Input Field Name, and remove items without an ID before this node.',
		);
	}
	return id;
}

/** The value at a path with dots. */
function valueAt(json: IDataObject, path: string): unknown {
	const within = (value: unknown, field: string) =>
		(value as IDataObject | null | undefined)?.[field];
	return path.split('.').reduce(within, json);
}

/** The tags as the user names them. */
function readTagFilter(item: ItemInput): TagFilter {
	const entries = asEntries(item.parameter('tagGroups'), 'group', 'Tags');
	const groups = entries.map(({ tags }) => readNames(tags, 'Tags'));
	// A condition whose expression resolved to nothing would silently widen the choice.
	if (groups.length === 0 || groups.some((tags) => tags.length === 0)) throw noRecipients('Tags');
	const largest = Math.max(...groups.map((tags) => tags.length));
	if (largest > MAX_TAGS_PER_GROUP) {
		throw new WeComInputError(
			`A condition has ${largest} tags`,
			`WeCom allows ${MAX_TAGS_PER_GROUP} tags in one.`,
		);
	}
	return { group_list: groups.map((tag_list) => ({ tag_list })) };
}

/**
 * The message with the IDs of the tags it names.
 *
 * @throws WeComInputError when there is no such tag, or several
 */
export async function withTagIds(
	message: AddMsgTemplateRequest,
	library: () => Promise<TagLibrary>,
): Promise<AddMsgTemplateRequest> {
	if (!message.tag_filter) return message;
	const known = await library();
	const group_list = message.tag_filter.group_list.map(({ tag_list }) => ({
		tag_list: [...new Set(tag_list.map((tag) => known.idOf(tag)))],
	}));
	return { ...message, tag_filter: { group_list } };
}

/** @throws WeComInputError when there is none: that never means everybody */
function requiredIds(item: ItemInput, name: string, label: string): string[] {
	const ids = readIds(item.parameter(name), label);
	if (ids.length === 0) throw noRecipients(label);
	return ids;
}

function noRecipients(field: string): WeComInputError {
	return nothingIn(`${field} is empty, so nobody would get the message`, `Fill in ${field}.`);
}
