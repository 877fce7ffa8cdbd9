import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import type { ADD_WAYS, CUSTOMER_TYPES } from '../../../shared/client/customers/names';
import type { CustomerFilter } from '../../../shared/client/customers/customerQuery';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import { labelOf, optional, read, readWithin } from '../../../shared/fields/field';
import {
	choiceField,
	choicesField,
	collectionField,
	filledFilter,
	textField,
	timeField,
} from '../../../shared/fields/kinds';
import { hasBlankEntry } from '../../../shared/fields/lists';
import { nothingIn } from '../../../shared/fields/read';
import { tagNamesField } from '../../../shared/fields/tag';
import type { ItemInput } from '../../../shared/operation/operation';

/** What the panel calls the numbers that output rows name in snake_case. */
const CUSTOMER_TYPE_LABELS: Readonly<Record<keyof typeof CUSTOMER_TYPES, string>> = {
	1: 'WeChat User',
	2: 'WeCom User',
};
const ADD_WAY_LABELS: Readonly<Record<keyof typeof ADD_WAYS, string>> = {
	0: 'Unknown',
	1: 'QR Code Scan',
	2: 'Phone Number Search',
	3: 'Name Card',
	4: 'Group Chat',
	5: 'Phone Contacts',
	6: 'WeChat Contacts',
	8: 'Added by a Third-Party App',
	9: 'Email Search',
	10: 'Channels',
	11: 'Calendar Participant',
	12: 'Meeting Participant',
	13: 'WeCom of a WeChat Friend',
	14: 'Smart Hardware Service',
	15: 'On-Site Service',
	16: 'Customer Acquisition Link',
	17: 'Custom Development',
	18: 'Reply to a Demand',
	21: 'Third-Party Pre-Sales',
	22: 'Possible Business Partner',
	24: 'Friend Request Accepted on WeChat',
	201: 'Shared by a Colleague',
	202: 'Assigned by an Administrator',
};

const addedAfterFilter = optional(
	timeField({
		displayName: 'Added After',
		name: 'addedAfter',
		description: 'Customers who became a contact of the member at this time or later',
	}),
);

const addedBeforeFilter = optional(
	timeField({
		displayName: 'Added Before',
		name: 'addedBefore',
		description: 'Customers who became a contact of the member before this time',
	}),
);

const typeFilter = optional(
	choiceField({
		displayName: 'Customer Type',
		name: 'type',
		options: optionsOf(CUSTOMER_TYPE_LABELS),
		default: 1,
	}),
);

const addWayFilter = filledFilter(
	choicesField({
		displayName: 'How Added',
		name: 'addWay',
		options: optionsOf(ADD_WAY_LABELS),
		description: 'Any of these',
	}),
);

const nameFilter = filledFilter(
	textField({
		displayName: 'Name Contains',
		name: 'name',
		description: "Part of the customer's name or of the member's remark. Not case-sensitive.",
	}),
);

const tagMatchFilter = optional(
	choiceField({
		displayName: 'Tag Match',
		name: 'tagMatch',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'Any', value: 'any' },
		],
		default: 'any',
		description: 'Whether a customer needs one of the tags or all of them',
	}),
);

const tagsFilter = filledFilter(tagNamesField);

export const filtersField = collectionField({
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	description: 'Customers must match all filters',
	fields: [
		addedAfterFilter,
		addedBeforeFilter,
		typeFilter,
		addWayFilter,
		nameFilter,
		tagMatchFilter,
		tagsFilter,
	],
});

/**
 * The filters that were added, as one; undefined when there is none.
 *
 * @param library read only when a filter names tags
 * @throws WeComInputError when a filter was added and resolved to nothing or to nonsense: ignoring it would widen
 * the list, and a tag that does not exist would silently empty it
 */
export async function readFilter(
	item: ItemInput,
	timezone: string,
	library: () => Promise<TagLibrary>,
): Promise<CustomerFilter | undefined> {
	const values = read(item, filtersField);
	const filters: CustomerFilter[] = [...readPeriod(values, timezone)];
	const addWays = readWithin(values, addWayFilter);
	if (addWays) {
		const wanted = new Set<number>(addWays);
		filters.push(({ follow_info }) => wanted.has(follow_info.add_way ?? 0));
	}
	const type = readWithin(values, typeFilter);
	if (type !== undefined) {
		filters.push(({ external_contact }) => external_contact.type === type);
	}
	const name = readWithin(values, nameFilter);
	if (name !== undefined) filters.push(nameContains(name));
	const match = readWithin(values, tagMatchFilter);
	const tags = readWithin(values, tagsFilter);
	if (match !== undefined && !tags) {
		throw new WeComInputError(
			`${labelOf(tagMatchFilter)} needs the filter ${labelOf(tagsFilter)}`,
			'Add that filter, or remove this one: on its own it would let every customer pass.',
		);
	}
	if (tags) {
		if (match === 'all' && hasBlankEntry(values[tagsFilter.property.name])) {
			throw nothingIn(`${labelOf(tagsFilter)} has an empty entry`, 'Fill it in or remove it.');
		}
		const known = await library();
		const ids = tags.map((tag) => known.idOf(tag));
		filters.push(hasTags(ids, match === 'all'));
	}
	return filters.length === 0 ? undefined : (row) => filters.every((filter) => filter(row));
}

function* readPeriod(values: IDataObject, timezone: string): Generator<CustomerFilter> {
	const from = readWithin(values, addedAfterFilter)?.(timezone) ?? -Infinity;
	const to = readWithin(values, addedBeforeFilter)?.(timezone) ?? Infinity;
	// A time that WeCom does not know is in no period.
	if (from > -Infinity) yield ({ follow_info }) => (follow_info.createtime ?? -Infinity) >= from;
	if (to < Infinity) yield ({ follow_info }) => (follow_info.createtime ?? Infinity) < to;
	if (from >= to) {
		throw new WeComInputError(
			`${labelOf(addedAfterFilter)} must be before ${labelOf(addedBeforeFilter)}`,
			'No customer can match both. Swap the two times.',
		);
	}
}

function hasTags(tags: readonly string[], all: boolean): CustomerFilter {
	return ({ follow_info }) => {
		const own = new Set(follow_info.tag_id);
		return all ? tags.every((tag) => own.has(tag)) : tags.some((tag) => own.has(tag));
	};
}

function nameContains(text: string): CustomerFilter {
	const part = text.toLowerCase();
	return ({ external_contact, follow_info }) =>
		[external_contact.name, follow_info.remark].some((name) => name?.toLowerCase().includes(part));
}

function optionsOf<Code extends number>(labels: Readonly<Record<Code, string>>) {
	return Object.entries<string>(labels)
		.map(([code, name]) => ({ name, value: Number(code) as Code }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
