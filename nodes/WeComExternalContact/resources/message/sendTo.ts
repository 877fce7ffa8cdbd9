import type { IDisplayOptions } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { MAX_TAGS_PER_GROUP } from '../../../shared/client/massMessages/limits';
import type { Field } from '../../../shared/fields/field';
import { read, readEntry, requiredWhen, shownWhen, variant } from '../../../shared/fields/field';
import { choiceField, entriesField, filled, idListField } from '../../../shared/fields/kinds';
import { ownedCustomerGroupsField } from '../../../shared/fields/customerGroup';
import { memberField, membersField } from '../../../shared/fields/member';
import { tagNamesField } from '../../../shared/fields/tag';
import type { ItemInput } from '../../../shared/operation/operation';
import { customersOfItem, inputFieldName, memberFieldName, memberOfItem } from './itemFields';

/** An empty choice of recipients never means everybody. */
const FOR_NOBODY = { so: 'so nobody would get the message' };

export const sendToField = choiceField({
	displayName: 'Send To',
	name: 'sendTo',
	options: [
		{
			name: 'All Customers of Members',
			value: 'allOfMembers',
			description: 'Everybody the members have as a customer',
			displayOptions: { hide: { '@tool': [true] } },
		},
		{
			name: 'Customer Groups',
			value: 'groups',
			description: 'Customer groups that the member owns',
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
			// An AI agent passes a single item of its own.
			displayOptions: { hide: { '@tool': [true] } },
		},
		{
			name: 'Customers With Tags',
			value: 'tags',
			description: 'Customers who have the tags at the moment WeCom creates the task',
		},
	],
	default: 'customers',
	description: 'Who gets the message. An empty list is an error and never means everybody.',
});

const customersField = filled(
	idListField({
		displayName: 'Customers',
		name: 'externalUserIds',
		kind: 'customer',
		rows: 2,
		placeholder: 'e.g. wmAAAA1, wmAAAA2',
		description:
			'External user IDs separated by commas, spaces or line breaks, or an expression that returns an array. The IDs of all input items are combined.',
	}),
	FOR_NOBODY,
);

const conditionTags = filled(tagNamesField, FOR_NOBODY);

/**
 * Where Send To is an expression, n8n takes the fields of every choice for shown. Required tags would then keep
 * broadcasts to anybody else from running.
 */
const whereSendToIsAnExpression: IDisplayOptions['show'] = {
	'/sendTo': [{ _cnd: { startsWith: '=' } }],
};

const conditionFields = [
	withDisplayOptions(variant(conditionTags, { required: true }), {
		hide: whereSendToIsAnExpression,
	}),
	withDisplayOptions(variant(conditionTags, { hint: undefined }), {
		show: whereSendToIsAnExpression,
	}),
];

function withDisplayOptions<F extends Field<unknown>>(field: F, options: IDisplayOptions): F {
	return { ...field, property: { ...field.property, displayOptions: options } };
}

const tagsField = filled(
	entriesField({
		displayName: 'Tags',
		name: 'tagGroups',
		required: true,
		placeholder: 'Add Condition',
		atLeastOne: true,
		description: 'A customer needs at least one tag of every condition',
		entry: { displayName: 'Condition', name: 'group', fields: conditionFields },
	}),
	FOR_NOBODY,
);

const allOfMembersField = variant(filled(membersField, FOR_NOBODY), { required: undefined });

const customerGroupsField = filled(
	idListField({
		displayName: 'Customer Groups',
		name: 'chatIds',
		kind: 'chat',
		rows: 2,
		placeholder: 'e.g. wrCCCC1, wrCCCC2',
		description:
			'Chat IDs of customer groups that the member owns, separated by commas, spaces or line breaks, or an expression that returns an array',
	}),
	FOR_NOBODY,
);

/** Stored workflows leave the default out, and those of the first version have IDs. */
const groupsByField = choiceField({
	displayName: 'Customer Groups By',
	name: 'groupsBy',
	options: [
		{ name: 'ID', value: 'ids', description: 'Chat IDs, for example from Customer Group > List' },
		{ name: 'List', value: 'list', description: 'Choose from the customer groups of the member' },
	],
	default: 'ids',
	description: 'How to name the customer groups',
});

const listedGroupsField = filled(ownedCustomerGroupsField, FOR_NOBODY);

const sentByField = choiceField({
	displayName: 'Sent By',
	name: 'sentBy',
	options: [
		{
			name: 'One Member',
			value: 'member',
			description: 'Customers who are not contacts of the member are reported in fail_list',
		},
		{
			name: 'Member in a Field of the Item',
			value: 'itemField',
			description: 'Each input item names its member, for example in userid from Customer > List',
			// An AI agent passes a single item of its own.
			displayOptions: { hide: { '@tool': [true] } },
		},
		{
			name: 'Member Who Last Talked With Each Customer',
			value: 'lastContact',
			description: 'WeCom chooses, and may hand the task to many members',
		},
	],
	default: 'member',
	description: 'Who is asked to send the message',
});

const ownerField = variant(memberField, {
	description: 'The owner of the customer groups, who is asked to send the message',
});

/** Who a broadcast is for, and who is asked to send it. */
export const sendToFields = [
	sendToField,
	...requiredWhen(sendToField, ['customers'], customersField),
	shownWhen(sendToField, ['inputItems'], inputFieldName),
	shownWhen(sendToField, ['tags'], tagsField),
	...requiredWhen(sendToField, ['allOfMembers'], allOfMembersField),
	shownWhen(sendToField, ['groups'], ownerField),
	shownWhen(sendToField, ['groups'], groupsByField),
	...requiredWhen(sendToField, ['groups'], shownWhen(groupsByField, ['ids'], customerGroupsField)),
	// The other way round: where Send To is an expression, n8n would else require this one beside the IDs.
	shownWhen(groupsByField, ['list'], shownWhen(sendToField, ['groups'], listedGroupsField)),
	shownWhen(sendToField, ['customers', 'inputItems', 'tags'], sentByField),
	shownWhen(
		sendToField,
		['customers', 'inputItems', 'tags'],
		shownWhen(sentByField, ['member'], memberField),
	),
	shownWhen(
		sendToField,
		['customers', 'inputItems', 'tags'],
		shownWhen(sentByField, ['itemField'], memberFieldName),
	),
];

/**
 * Who an item's message is for, and who sends it: once, or once per member for all customers of several members.
 *
 * @throws WeComInputError when that would be nobody, or is unclear
 */
export function readRecipients(
	item: ItemInput,
	calledByAgent: boolean,
): Array<Pick<MessageDraft, 'recipients' | 'sender'>> {
	switch (read(item, sendToField)) {
		case 'customers': {
			const recipients = { kind: 'customers', ids: read(item, customersField) } as const;
			return [{ recipients, sender: readSender(item) }];
		}
		case 'inputItems': {
			const recipients = { kind: 'customers', ids: customersOfItem(item) } as const;
			return [{ recipients, sender: readSender(item) }];
		}
		case 'tags': {
			const recipients = { kind: 'tags', conditions: readConditions(item) } as const;
			return [{ recipients, sender: readSender(item) }];
		}
		case 'groups': {
			const byList = read(item, groupsByField) === 'list';
			const ids = read(item, byList ? listedGroupsField : customerGroupsField);
			const recipients = { kind: 'customerGroups', ids } as const;
			return [{ recipients, sender: read(item, ownerField) }];
		}
		case 'allOfMembers':
			if (calledByAgent) {
				throw new WeComInputError(
					'An AI agent may not send to all customers of a member',
					'Let the agent name the customers or tags, or run this broadcast in a separate workflow.',
				);
			}
			return read(item, allOfMembersField).map((sender) => ({
				recipients: { kind: 'allOfSender' },
				sender,
			}));
	}
}

/** Undefined where WeCom chooses. */
function readSender(item: ItemInput): string | undefined {
	switch (read(item, sentByField)) {
		case 'lastContact':
			return undefined;
		case 'itemField':
			return memberOfItem(item);
		case 'member':
			return read(item, memberField);
	}
}

/** The tags as the builder names them. */
function readConditions(item: ItemInput): string[][] {
	// A condition whose expression resolved to nothing would silently widen the choice, so it is an error.
	const conditions = read(item, tagsField).map((condition, index) =>
		readEntry(condition, conditionTags, ` in condition ${index + 1}`),
	);
	const largest = Math.max(...conditions.map((tags) => tags.length));
	if (largest > MAX_TAGS_PER_GROUP) {
		throw new WeComInputError(
			`A condition has ${largest} tags`,
			`WeCom allows ${MAX_TAGS_PER_GROUP} tags in one condition.`,
		);
	}
	return conditions;
}
