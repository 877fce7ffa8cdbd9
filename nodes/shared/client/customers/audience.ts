import type { CustomerOfMember } from './types';

/** How a channel is compared: `state` is case-sensitive (doc 92114). */
export type ChannelMatch = 'equals' | 'startsWith';

/**
 * Whom a list or a campaign concerns. All conditions must hold; one that is missing lets everybody pass. Sets are of
 * external user IDs.
 */
export interface AudienceFilter {
	/** Became a contact of the member at this time or later; Unix seconds. */
	readonly addedFrom?: number;
	/** Became a contact of the member before this time; Unix seconds. */
	readonly addedBefore?: number;
	/** 1 WeChat user, 2 WeCom user. */
	readonly type?: number;
	readonly genders?: readonly number[];
	readonly addWays?: readonly number[];
	/** Part of the customer's name or of the member's remark; case does not matter. */
	readonly name?: string;
	readonly channel?: { readonly values: readonly string[]; readonly match: ChannelMatch };
	/** Tags that the member gave. */
	readonly tags?: { readonly ids: readonly string[]; readonly match: 'any' | 'all' };
	/** Tags that the customer must not have. */
	readonly withoutTags?: readonly string[];
	/** The customer must have no corp tag and no strategy tag. WeCom's lists leave personal tags out. */
	readonly untagged?: boolean;
	/** `withoutTags` and `untagged` look at the tags of the row's own member only, not at those of all members. */
	readonly onlyAsMemberSeesIt?: boolean;
	readonly within?: ReadonlySet<string>;
	readonly outside?: ReadonlySet<string>;
	readonly except?: ReadonlySet<string>;
}

/** A filter by what each of its conditions needs. Undefined where nothing needs it. */
export interface Audience {
	/** Needs the customer's ID only. */
	readonly byId?: (external_userid: string) => boolean;
	/** Needs a row of `batch/get_by_user`; includes `byId`. */
	readonly byRow?: (row: CustomerOfMember) => boolean;
	/** Needs the tags of all members of the customer; `'any'` stands for every tag. */
	readonly excludedTags?: readonly string[] | 'any';
}

export function audienceOf(filter: AudienceFilter): Audience {
	const byId = all([...idConditions(filter)]);
	const rowConditions = [...conditions(filter)];
	const ofId =
		byId && (({ external_contact }: CustomerOfMember) => byId(external_contact.external_userid));
	return {
		byId,
		byRow:
			rowConditions.length === 0 ? undefined : all(ofId ? [ofId, ...rowConditions] : rowConditions),
		excludedTags: filter.onlyAsMemberSeesIt ? undefined : unwantedTags(filter),
	};
}

function unwantedTags({
	untagged,
	withoutTags,
}: AudienceFilter): readonly string[] | 'any' | undefined {
	return untagged ? 'any' : withoutTags;
}

function all<T>(tests: ReadonlyArray<(value: T) => boolean>): ((value: T) => boolean) | undefined {
	return tests.length === 0 ? undefined : (value) => tests.every((test) => test(value));
}

function* idConditions(filter: AudienceFilter): Generator<(external_userid: string) => boolean> {
	const { within, outside, except } = filter;
	if (within) yield (id) => within.has(id);
	if (outside) yield (id) => !outside.has(id);
	if (except) yield (id) => !except.has(id);
}

function* conditions(filter: AudienceFilter): Generator<(row: CustomerOfMember) => boolean> {
	const { addedFrom, addedBefore, type, genders, addWays, name, channel, tags } = filter;
	// A time that WeCom does not know is in no period.
	if (addedFrom !== undefined) {
		yield ({ follow_info }) => (follow_info.createtime ?? -Infinity) >= addedFrom;
	}
	if (addedBefore !== undefined) {
		yield ({ follow_info }) => (follow_info.createtime ?? Infinity) < addedBefore;
	}
	if (type !== undefined) yield ({ external_contact }) => external_contact.type === type;
	if (genders) yield ({ external_contact }) => genders.includes(external_contact.gender ?? 0);
	if (addWays) yield ({ follow_info }) => addWays.includes(follow_info.add_way ?? 0);
	if (name !== undefined) yield nameContains(name);
	if (channel) yield cameBy(channel);
	if (tags) yield hasTags(tags);
	const unwanted = unwantedTags(filter);
	if (filter.onlyAsMemberSeesIt && unwanted) {
		yield ({ follow_info: { tag_id = [] } }) =>
			unwanted === 'any' ? tag_id.length === 0 : !tag_id.some((tag) => unwanted.includes(tag));
	}
}

function nameContains(text: string) {
	const part = text.toLowerCase();
	return ({ external_contact, follow_info }: CustomerOfMember) =>
		[external_contact.name, follow_info.remark].some((name) => name?.toLowerCase().includes(part));
}

function cameBy({ values, match }: NonNullable<AudienceFilter['channel']>) {
	return ({ follow_info: { state = '' } }: CustomerOfMember) =>
		values.some((value) => (match === 'equals' ? state === value : state.startsWith(value)));
}

function hasTags({ ids, match }: NonNullable<AudienceFilter['tags']>) {
	return ({ follow_info }: CustomerOfMember) => {
		const own = new Set(follow_info.tag_id);
		return match === 'all' ? ids.every((tag) => own.has(tag)) : ids.some((tag) => own.has(tag));
	};
}
