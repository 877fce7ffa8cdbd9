import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import { CREATE_TYPES } from '../../../shared/client/massMessages/names';
import type { Period, TaskListFilter } from '../../../shared/client/massMessages/records';
import {
	createTimeOf,
	listMassMessagesNewestFirst,
} from '../../../shared/client/massMessages/records';
import type { ChatType, MassMessage } from '../../../shared/client/massMessages/types';
import { labelOf, optional, read, readWithin } from '../../../shared/fields/field';
import type { Field } from '../../../shared/fields/field';
import {
	choiceField,
	collectionField,
	filledFilter,
	timeField,
} from '../../../shared/fields/kinds';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { requestOptions } from '../../../shared/fields/options';
import { readId } from '../../../shared/fields/locator';
import { simplifyField } from '../../../shared/fields/simplify';
import { nameOf, pick } from '../../../shared/operation/format';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { toIso } from '../../../shared/operation/time';

interface Query {
	readonly filter: TaskListFilter;
	readonly period: Period;
}

const DEFAULT_DAYS = 30;
const DAY_SECONDS = 24 * 60 * 60;

/** Whose messages to list (doc 93338, `filter_type`). */
const CREATED_BY = { company: 0, members: 1, anyone: 2 } as const;

const sentToField = choiceField({
	displayName: 'Sent To',
	name: 'chatType',
	options: [
		{ name: 'Customer Groups', value: 'group' },
		{ name: 'Customers', value: 'single' },
	],
	default: 'single',
	description: 'Whether to list messages to customers or to customer groups',
});

const createdAfterFilter = optional(
	timeField({
		displayName: 'Created After',
		name: 'createdAfter',
		description: `Messages created at this time or later. Default: ${DEFAULT_DAYS} days before the end.`,
	}),
);

const createdBeforeFilter = optional(
	timeField({
		displayName: 'Created Before',
		name: 'createdBefore',
		description: 'Messages created before this time. Default: now.',
	}),
);

const createdByFilter = optional(
	choiceField({
		displayName: 'Created By',
		name: 'createdBy',
		options: [
			{ name: 'Anyone', value: 'anyone' },
			{
				name: 'Company',
				value: 'company',
				description: 'Tasks created through the API or in the admin console',
			},
			{
				name: 'Members',
				value: 'members',
				description: 'Messages that members wrote on their own',
			},
		],
		default: 'anyone',
	}),
	'anyone',
);

const creatorField: Field<string> = {
	property: {
		displayName: 'Creator Name or ID',
		name: 'creator',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getMembers' },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'Messages created through the API have no creator, so this finds what members wrote themselves',
	},
	parse: (value, label) => readId(value ?? '', label, 'member'),
};

const creatorFilter = filledFilter(creatorField);

const filtersField = collectionField({
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	description: `Without dates, messages from the last ${DEFAULT_DAYS} days`,
	fields: [createdAfterFilter, createdBeforeFilter, createdByFilter, creatorFilter],
});

/** Mass messages of a period, newest first. Doc 93338. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List mass messages',
	description:
		'List the mass messages of a period, newest first. Get Task Status tells whether they were sent.',
	fields: [sentToField, ...listFields, simplifyField, filtersField, requestOptions],
	execute: perItem(async function* (item, { client, timezone }) {
		const limit = readLimit(item);
		const simple = read(item, simplifyField);
		const { filter, period } = readQuery(item, timezone, () => client.serverTime());
		for await (const message of take(listMassMessagesNewestFirst(client, filter, period), limit)) {
			const row = messageRow(message, filter.chat_type, timezone);
			yield simple ? simpleRow(message, row) : row;
		}
	}),
};

function readQuery(item: ItemInput, timezone: string, now: () => number): Query {
	const chat_type = read(item, sentToField);
	const values = read(item, filtersField);
	const before = readWithin(values, createdBeforeFilter)?.(timezone);
	const after = readWithin(values, createdAfterFilter)?.(timezone);
	const period = () => ({
		from: after ?? (before ?? now()) - DEFAULT_DAYS * DAY_SECONDS,
		// A second more, so that what was created just now is in it.
		to: before ?? now() + 1,
	});
	const { from, to } = period();
	if (from >= to) {
		const label = labelOf(createdBeforeFilter);
		throw new WeComInputError(
			`${labelOf(createdAfterFilter)} must be before ${label}`,
			`Swap the dates. Without ${label} the period ends now. Both are times in the workflow's time zone, ${timezone}.`,
		);
	}
	const filter_type = CREATED_BY[readWithin(values, createdByFilter)];
	const creator = readWithin(values, creatorFilter);
	return {
		filter: { chat_type, filter_type, ...(creator !== undefined && { creator }) },
		period,
	};
}

function messageRow(message: MassMessage, chat_type: ChatType, timezone: string): IDataObject {
	const create_time = createTimeOf(message);
	return {
		...message,
		// WeCom may leave out what is empty.
		text: { ...message.text, content: message.text?.content ?? '' },
		attachments: message.attachments ?? [],
		chat_type,
		// Absent for messages created by API (doc 93338).
		creator: message.creator ?? null,
		create_time,
		created_at: toIso(create_time, timezone),
		create_type_name: nameOf(CREATE_TYPES, message.create_type),
	} as unknown as IDataObject;
}

const SIMPLE_FIELDS = [
	'msgid',
	'created_at',
	'create_time',
	'text',
	'chat_type',
	'create_type_name',
	'creator',
	'attachment_types',
];

function simpleRow({ text, attachments = [] }: MassMessage, row: IDataObject): IDataObject {
	const attachment_types = attachments.map(({ msgtype }) => msgtype);
	return pick({ ...row, text: text?.content ?? '', attachment_types }, SIMPLE_FIELDS);
}
