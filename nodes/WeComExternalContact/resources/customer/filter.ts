import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { CustomerFilter } from '../../../shared/client/customers/customerQuery';
import { asChoice } from '../../../shared/fields/choice';
import { hasBlankEntry, readIds, readNames } from '../../../shared/fields/lists';
import { tagNamesField } from '../../../shared/fields/tag';
import { nothingIn } from '../../../shared/fields/read';
import type { ItemInput } from '../../../shared/operation/operation';
import { readTime } from '../../../shared/operation/time';
import { ADD_WAYS } from './row';

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
		tagNamesField,
	],
};

/**
 * The filters that were added, as one; undefined when there is none.
 *
 * @param library asked for only when a filter names tags
 * @throws WeComInputError when one was added and resolved to nothing or to nonsense: ignoring it would widen the
 * list, and a tag that does not exist would empty it in silence
 */
export async function readFilter(
	item: ItemInput,
	timezone: string,
	library: () => Promise<TagLibrary>,
): Promise<CustomerFilter | undefined> {
	// A filter whose expression resolved to nothing is there, with nothing in it.
	const values = (item.parameter('filters') ?? {}) as IDataObject;
	const filters: CustomerFilter[] = [...readPeriod(values, timezone)];
	if ('addWay' in values) {
		const ways = filled(readIds(values.addWay, 'How Added'), 'How Added').map((way) =>
			asChoice(way, 'The filter How Added', Object.keys(ADD_WAYS)),
		);
		const wanted = new Set(ways.map(Number));
		filters.push(({ follow_info }) => wanted.has(follow_info.add_way ?? 0));
	}
	if ('type' in values) {
		const type = asChoice(values.type, 'The filter Customer Type', [1, 2]);
		filters.push(({ external_contact }) => external_contact.type === type);
	}
	if ('name' in values) filters.push(nameContains(String(values.name ?? '')));
	if ('tagMatch' in values && !('tags' in values)) {
		throw new WeComInputError(
			'The filter Tag Match is there without Tag Names or IDs',
			'Add Tag Names or IDs, or remove Tag Match: alone it would let everybody pass.',
		);
	}
	if ('tags' in values) {
		const match = asChoice('tagMatch' in values ? values.tagMatch : 'any', 'The filter Tag Match', [
			'all',
			'any',
		]);
		const names = filled(readNames(values.tags, 'Tags'), 'Tags');
		if (match === 'all' && hasBlankEntry(values.tags)) {
			throw nothingIn('The filter Tags has an empty entry', 'Fill it in or remove it.');
		}
		const known = await library();
		const tags = names.map((name) => known.idOf(name));
		filters.push(hasTags(tags, match === 'all'));
	}
	return filters.length === 0 ? undefined : (row) => filters.every((filter) => filter(row));
}

function* readPeriod(values: IDataObject, timezone: string): Generator<CustomerFilter> {
	let from = -Infinity;
	let to = Infinity;
	if ('addedAfter' in values) {
		from = readTime(values.addedAfter, 'The filter Added After', timezone);
		yield ({ follow_info }) => (follow_info.createtime ?? 0) >= from;
	}
	if ('addedBefore' in values) {
		to = readTime(values.addedBefore, 'The filter Added Before', timezone);
		yield ({ follow_info }) => (follow_info.createtime ?? Infinity) < to;
	}
	if (from >= to) {
		throw new WeComInputError(
			'Added After is not before Added Before',
			'No customer can pass both. Swap the two times.',
		);
	}
}

function hasTags(tags: readonly string[], all: boolean): CustomerFilter {
	return ({ follow_info }) => {
		const own = new Set(follow_info.tag_id);
		return all ? tags.every((tag) => own.has(tag)) : tags.some((tag) => own.has(tag));
	};
}

function nameContains(value: string): CustomerFilter {
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
	throw nothingIn(`The filter ${field} is empty`, 'Fill it in or remove it.');
}
