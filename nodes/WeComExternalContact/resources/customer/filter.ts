import type { IDataObject } from 'n8n-workflow';

import type { GroupCustomers } from '../../../shared/client/customerGroups/groupCustomers';
import { WeComInputError } from '../../../shared/client/core/errors';
import type { Audience, AudienceFilter } from '../../../shared/client/customers/audience';
import { audienceOf } from '../../../shared/client/customers/audience';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { Field } from '../../../shared/fields/field';
import { labelOf, read, readWithin } from '../../../shared/fields/field';
import { collectionField } from '../../../shared/fields/kinds';
import { hasBlankEntry } from '../../../shared/fields/lists';
import { nothingIn } from '../../../shared/fields/read';
import type { ItemInput } from '../../../shared/operation/operation';
import * as filter from './filterFields';

export const filtersField = collectionField({
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	description: 'Customers must match all filters',
	fields: [
		filter.addedAfterFilter,
		filter.addedBeforeFilter,
		filter.channelFilter,
		filter.channelMatchFilter,
		filter.typeFilter,
		filter.exceptCustomersFilter,
		filter.genderFilter,
		filter.addWayFilter,
		filter.inGroupsFilter,
		filter.withoutTagsFilter,
		filter.nameFilter,
		filter.untaggedFilter,
		filter.notInGroupsFilter,
		filter.onlyAsMemberSeesItFilter,
		filter.tagMatchFilter,
		filter.tagsFilter,
	],
});

/** What the filters need besides the customers. Each is read only when a filter names tags or customer groups. */
export interface FilterSources {
	readonly library: () => Promise<TagLibrary>;
	readonly groups: GroupCustomers;
}

/**
 * The filters that were added, as one.
 *
 * @throws WeComInputError when a filter was added and resolved to nothing or to nonsense: ignoring it would widen
 * the list, and a tag that does not exist would silently empty it
 */
export async function readAudience(
	item: ItemInput,
	timezone: string,
	sources: FilterSources,
): Promise<Audience> {
	const values = read(item, filtersField);
	const tags = readTags(values);
	const except = readWithin(values, filter.exceptCustomersFilter);
	const inGroups = readGroups(values, filter.inGroupsFilter);
	const notInGroups = readGroups(values, filter.notInGroupsFilter);
	const plain: AudienceFilter = {
		...readPeriod(values, timezone),
		type: readWithin(values, filter.typeFilter),
		genders: readWithin(values, filter.genderFilter),
		addWays: readWithin(values, filter.addWayFilter),
		name: readWithin(values, filter.nameFilter),
		channel: readChannel(values),
		untagged: tags.untagged,
		onlyAsMemberSeesIt: tags.onlyAsMemberSeesIt,
		except: except && new Set(except),
	};
	const { library, groups } = sources;
	const idsOf = async (names: readonly string[]) => {
		const known = await library();
		return names.map((name) => known.idOf(name));
	};
	const tagIds = tags.wanted && (await idsOf(tags.wanted));
	const withoutTags = tags.unwanted && (await idsOf(tags.unwanted));
	await groups.read([...new Set([...(inGroups ?? []), ...(notInGroups ?? [])])]);
	return audienceOf({
		...plain,
		tags: tagIds && { ids: tagIds, match: tags.match },
		withoutTags,
		within: inGroups && (await groups.inAnyOf(inGroups)),
		outside: notInGroups && (await groups.inAnyOf(notInGroups)),
	});
}

function readPeriod(values: IDataObject, timezone: string) {
	const addedFrom = readWithin(values, filter.addedAfterFilter)?.(timezone);
	const addedBefore = readWithin(values, filter.addedBeforeFilter)?.(timezone);
	if (addedFrom !== undefined && addedBefore !== undefined && addedFrom >= addedBefore) {
		throw new WeComInputError(
			`${labelOf(filter.addedAfterFilter)} must be before ${labelOf(filter.addedBeforeFilter)}`,
			'No customer can match both. Swap the two times.',
		);
	}
	return { addedFrom, addedBefore };
}

function readChannel(values: IDataObject): AudienceFilter['channel'] {
	const match = readWithin(values, filter.channelMatchFilter);
	const channels = readWithin(values, filter.channelFilter);
	if (channels) return { values: channels, match: match ?? 'equals' };
	if (match !== undefined) throw needs(filter.channelMatchFilter, labelOf(filter.channelFilter));
	return undefined;
}

function readTags(values: IDataObject) {
	const match = readWithin(values, filter.tagMatchFilter);
	const wanted = readWithin(values, filter.tagsFilter);
	const unwanted = readWithin(values, filter.withoutTagsFilter);
	const untagged = readWithin(values, filter.untaggedFilter);
	const onlyAsMemberSeesIt = readWithin(values, filter.onlyAsMemberSeesItFilter);
	if (match !== undefined && !wanted)
		throw needs(filter.tagMatchFilter, labelOf(filter.tagsFilter));
	if (match === 'all') refuseBlank(values, filter.tagsFilter);
	refuseBlank(values, filter.withoutTagsFilter);
	if (onlyAsMemberSeesIt && !unwanted && !untagged) {
		const others = [filter.withoutTagsFilter, filter.untaggedFilter].map(labelOf);
		throw needs(filter.onlyAsMemberSeesItFilter, others.join(' or '));
	}
	if (untagged && wanted) {
		throw new WeComInputError(
			`${labelOf(filter.untaggedFilter)} and ${labelOf(filter.tagsFilter)} contradict each other`,
			'No customer can match both. Remove one of the two filters.',
		);
	}
	return { wanted, match: match ?? 'any', unwanted, untagged, onlyAsMemberSeesIt } as const;
}

function readGroups(values: IDataObject, field: typeof filter.inGroupsFilter) {
	const groups = readWithin(values, field);
	refuseBlank(values, field);
	return groups;
}

/** Where every entry is a condition, an expression that resolved to nothing must not drop one. */
function refuseBlank(values: IDataObject, field: Field<unknown>): void {
	if (!hasBlankEntry(values[field.property.name])) return;
	throw nothingIn(`${labelOf(field)} has an empty entry`, 'Fill it in or remove it.');
}

function needs(field: Field<unknown>, other: string): WeComInputError {
	return new WeComInputError(
		`${labelOf(field)} needs the filter ${other}`,
		'Add that filter, or remove this one: on its own it would let every customer pass.',
	);
}
