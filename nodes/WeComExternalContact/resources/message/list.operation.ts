import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import {
	createTimeOf,
	listMassMessagesNewestFirst,
} from '../../../shared/client/massMessages/records';
import type {
	ChatType,
	MassMessage,
	MassMessageListRequest,
} from '../../../shared/client/massMessages/types';
import { asChoice, readChoice } from '../../../shared/fields/choice';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { requestOptions } from '../../../shared/fields/options';
import { nothingIn } from '../../../shared/fields/read';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { readTime, toIso } from '../../../shared/operation/time';

type Filter = Pick<MassMessageListRequest, 'chat_type' | 'creator' | 'filter_type'>;

interface Query {
	readonly filter: Filter;
	/** Unix seconds; `to` itself is not in it. */
	readonly from: number;
	readonly to: number;
}

const DEFAULT_DAYS = 30;
const DAY_SECONDS = 24 * 60 * 60;

/** Who made a message (doc 93338, `filter_type`). */
const CREATED_BY = { company: 0, members: 1, anyone: 2 } as const;

const fields: INodeProperties[] = [
	{
		displayName: 'Sent To',
		name: 'chatType',
		type: 'options',
		options: [
			{ name: 'Customer Groups', value: 'group' },
			{ name: 'Customers', value: 'single' },
		],
		default: 'single',
		description: 'Whether to list messages to customers or messages to customer groups',
	},
	...listFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: `Without dates, the messages of the last ${DEFAULT_DAYS} days`,
		options: [
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
				description: `Messages created at this time or later. Default: ${DEFAULT_DAYS} days before the end.`,
			},
			{
				displayName: 'Created Before',
				name: 'createdBefore',
				type: 'dateTime',
				default: '',
				description: 'Messages created before this time. Default: now.',
			},
			{
				displayName: 'Created By',
				name: 'createdBy',
				type: 'options',
				options: [
					{ name: 'Anyone', value: 'anyone' },
					{
						name: 'Company',
						value: 'company',
						description: 'Tasks of this API and of the admin console',
					},
					{
						name: 'Members',
						value: 'members',
						description: 'Messages that members wrote on their own',
					},
				],
				default: 'anyone',
			},
			{
				displayName: 'Creator Name or ID',
				name: 'creator',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getMembers' },
				default: '',
				description:
					'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: 'Messages created through the API have no creator, so this finds what members wrote themselves',
			},
		],
	},
	requestOptions,
];

/** Mass messages of a period, newest first. Doc 93338. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List mass messages',
	description:
		'List the mass messages of a period with their msgid and content, newest first. Whether they were sent is told by Get Task Status.',
	fields,
	execute: perItem(async function* (item, { client, timezone }) {
		const limit = readLimit(item);
		const { filter, from, to } = readQuery(item, timezone, Math.floor(client.clock.now() / 1_000));
		for await (const message of take(
			listMassMessagesNewestFirst(client, filter, from, to),
			limit,
		)) {
			yield messageRow(message, filter.chat_type, timezone);
		}
	}),
};

function readQuery(item: ItemInput, timezone: string, now: number): Query {
	const chat_type = readChoice(item, 'chatType', 'Sent To', ['single', 'group']);
	const values = (item.parameter('filters') ?? {}) as IDataObject;
	const time = (name: string, field: string) =>
		name in values ? readTime(values[name], `The filter ${field}`, timezone) : undefined;
	const before = time('createdBefore', 'Created Before');
	const from =
		time('createdAfter', 'Created After') ?? (before ?? now) - DEFAULT_DAYS * DAY_SECONDS;
	// A second more, so that what was created just now is in it.
	const to = before ?? now + 1;
	if (from >= to) {
		throw new WeComInputError(
			'The period is empty: Created After is not before Created Before',
			`Exchange the dates. Without Created Before it ends now; both are times of the workflow's zone, ${timezone}.`,
		);
	}
	const createdBy = asChoice(
		'createdBy' in values ? values.createdBy : 'anyone',
		'The filter Created By',
		['anyone', 'company', 'members'],
	);
	return {
		filter: { chat_type, filter_type: CREATED_BY[createdBy], ...readCreator(values) },
		from,
		to,
	};
}

function readCreator(values: IDataObject): { creator?: string } {
	if (!('creator' in values)) return {};
	const creator = String(values.creator ?? '').trim();
	if (creator !== '') return { creator };
	throw nothingIn('The filter Creator is empty', 'Fill it in or remove it.');
}

function messageRow(message: MassMessage, chat_type: ChatType, timezone: string): IDataObject {
	const create_time = createTimeOf(message);
	return {
		...message,
		chat_type,
		// Absent for messages created by API (doc 93338).
		creator: message.creator ?? null,
		create_time,
		created_at: toIso(create_time, timezone),
		create_type_name: message.create_type === 1 ? 'member' : 'company',
	} as unknown as IDataObject;
}
