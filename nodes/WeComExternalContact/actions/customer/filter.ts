import { DateTime } from 'luxon';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import type { CustomerOfMember } from '../../client/types';
import { readIds } from '../fields/recipients';
import type { ItemInput } from '../operation';
import { ADD_WAYS } from './row';

export type Filter = (row: CustomerOfMember) => boolean;

export const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'A customer must pass all of them',
	options: [
		{
			displayName: 'Added After',
			name: 'addedAfter',
			type: 'dateTime',
			default: '',
			description: 'Customers who became a contact of the member at this time or later',
		},
		{
			displayName: 'Added Before',
			name: 'addedBefore',
			type: 'dateTime',
			default: '',
			description: 'Customers who became a contact of the member before this time',
		},
		{
			displayName: 'Customer Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'WeChat User', value: 1 },
				{ name: 'WeCom User', value: 2 },
			],
			default: 1,
		},
		{
			displayName: 'How Added',
			name: 'addWay',
			type: 'multiOptions',
			options: Object.entries(ADD_WAYS)
				.map(([value, name]) => ({ name, value: Number(value) }))
				.sort((a, b) => a.name.localeCompare(b.name)),
			default: [],
			description: 'Any of these',
		},
		{
			displayName: 'Name Contains',
			name: 'name',
			type: 'string',
			default: '',
			description:
				"Part of the customer's name or of the member's remark; upper and lower case are equal",
		},
		{
			displayName: 'Tag Match',
			name: 'tagMatch',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Any', value: 'any' },
			],
			default: 'any',
			description: 'Whether a customer needs one of the tags or every one',
		},
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
};

/**
 * The filters that were added, as one; undefined when there is none.
 *
 * @throws WeComInputError when one was added and resolved to nothing: ignoring it would widen the list
 */
export function readFilter(item: ItemInput, timezone: string): Filter | undefined {
	const values = (item.parameter('filters') ?? {}) as IDataObject;
	const filters: Filter[] = [];
	if (values.tags !== undefined) {
		filters.push(hasTags(filled(readIds(values.tags, 'Tags'), 'Tags'), values.tagMatch === 'all'));
	}
	if (values.addedAfter !== undefined) {
		const from = readTime(values.addedAfter, 'Added After', timezone);
		filters.push(({ follow_info }) => (follow_info.createtime ?? 0) >= from);
	}
	if (values.addedBefore !== undefined) {
		const to = readTime(values.addedBefore, 'Added Before', timezone);
		filters.push(({ follow_info }) => (follow_info.createtime ?? Infinity) < to);
	}
	if (values.addWay !== undefined) {
		const ways = new Set(filled(readIds(values.addWay, 'How Added'), 'How Added').map(Number));
		filters.push(({ follow_info }) => ways.has(follow_info.add_way ?? 0));
	}
	if (values.type !== undefined) {
		const type = Number(values.type);
		filters.push(({ external_contact }) => external_contact.type === type);
	}
	if (values.name !== undefined) {
		filters.push(nameContains(String(values.name ?? '')));
	}
	return filters.length === 0 ? undefined : (row) => filters.every((filter) => filter(row));
}

function hasTags(tags: readonly string[], all: boolean): Filter {
	return ({ follow_info }) => {
		const own = new Set(follow_info.tag_id);
		return all ? tags.every((tag) => own.has(tag)) : tags.some((tag) => own.has(tag));
	};
}

function nameContains(value: string): Filter {
	const [part] = filled(
		[value.trim().toLowerCase()].filter((text) => text !== ''),
		'Name Contains',
	);
	return ({ external_contact, follow_info }) =>
		[external_contact.name, follow_info.remark].some((name) =>
			name?.toLowerCase().includes(part as string),
		);
}

function filled<T>(values: T[], field: string): T[] {
	if (values.length > 0) return values;
	throw new WeComInputError(
		`The filter ${field} is empty`,
		'Fill it in or remove it. If it is an expression, it resolved to nothing for this item.',
	);
}

/** Unix seconds. A time without a zone is one of the workflow's zone. */
function readTime(value: unknown, field: string, zone: string): number {
	const time =
		value instanceof Date
			? DateTime.fromJSDate(value)
			: DateTime.isDateTime(value)
				? value
				: DateTime.fromISO(String(value), { zone });
	if (time.isValid) return Math.floor(time.toSeconds());
	throw new WeComInputError(
		`The filter ${field} is not a date and time`,
		'Use a date such as 2026-01-31T09:00:00.',
	);
}
