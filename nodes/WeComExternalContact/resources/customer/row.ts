import type { IDataObject } from 'n8n-workflow';

import type { CustomerWithMembers } from '../../../shared/client/customers/customers';
import type {
	CustomerOfMember,
	CustomerTag,
	ExternalContact,
	FollowCore,
	FollowInfo,
	FollowUser,
} from '../../../shared/client/customers/types';
import {
	ADD_WAYS,
	CHANNELS_SOURCES,
	CUSTOMER_TAG_TYPES,
	CUSTOMER_TYPES,
	GENDERS,
	PROFILE_ATTRIBUTE_TYPES,
} from '../../../shared/client/customers/names';
import { nameOf, pick } from '../../../shared/operation/format';
import { toIso } from '../../../shared/operation/time';

/** How rows are shown. */
export interface RowStyle {
	readonly timezone: string;
	/** Only the fields that most workflows use. */
	readonly simple: boolean;
	/** Undefined for a tag that is not in the corp's library, such as a strategy tag. */
	tagName(tagId: string): string | undefined;
}

/** A tag of a member's own (doc 92114). */
const PERSONAL_TAG = 2;

const SIMPLE_CONTACT = ['external_userid', 'name', 'type_name'];
const SIMPLE_FOLLOW = [
	'userid',
	'remark',
	'createtime',
	'created_at',
	'add_way_name',
	'state',
	'tag_id',
	'tag_name',
];

/** One customer of one member as a flat item; WeCom's fields keep their names, ours stand beside them. */
export function customerRow(
	{ external_contact, follow_info }: CustomerOfMember,
	style: RowStyle,
): IDataObject {
	const row = { ...contactFields(external_contact), ...followInfoFields(follow_info, style) };
	return style.simple ? pick(row, [...SIMPLE_CONTACT, ...SIMPLE_FOLLOW]) : row;
}

/**
 * One customer with the member who should write, and all members who have them as a contact; simplified with their IDs
 * and the tags of them all.
 */
export function onceCustomerRow(
	contact: ExternalContact,
	sender: string | null,
	follows: readonly FollowInfo[],
	style: RowStyle,
): IDataObject {
	const fields = contactFields(contact);
	const members = follows.map((follow) => followInfoFields(follow, style));
	if (!style.simple) return { ...fields, userid: sender, member_count: members.length, members };
	const tag_id = [...new Set(follows.flatMap((follow) => follow.tag_id ?? []))];
	return {
		...pick(fields, SIMPLE_CONTACT),
		userid: sender,
		...membersOfCustomer(follows.map(({ userid }) => userid)),
		tag_id,
		tag_name: tag_id.map((id) => style.tagName(id) ?? null),
	};
}

/** The members of a customer by their IDs; one whom WeCom did not name is counted all the same. */
export function membersOfCustomer(userids: ReadonlyArray<string | null | undefined>): {
	member_count: number;
	members: string[];
} {
	return { member_count: userids.length, members: userids.flatMap((userid) => userid ?? []) };
}

/** One customer as `externalcontact/get` knows it. */
export function singleCustomerRow(
	{ external_contact, follow_user }: CustomerWithMembers,
	style: Pick<RowStyle, 'simple' | 'timezone'>,
): IDataObject {
	const contact = contactFields(external_contact);
	const member_count = follow_user.length;
	if (!style.simple) {
		const members = follow_user.map((follow) => rawFollowUser(follow, style.timezone));
		return { ...contact, member_count, follow_user: members };
	}
	return {
		...pick(contact, [...SIMPLE_CONTACT, 'unionid', 'corp_name', 'position']),
		member_count,
		members: follow_user.map((follow) => simpleFollowUser(follow, style.timezone)),
	};
}

function rawFollowUser(follow: FollowUser, timezone: string): IDataObject {
	const fields = followFields(follow, timezone);
	if (!follow.tags) return fields;
	const tags = follow.tags.map((tag) => ({
		...tag,
		type_name: nameOf(CUSTOMER_TAG_TYPES, tag.type),
	}));
	return { ...fields, tags };
}

function simpleFollowUser(follow: FollowUser, timezone: string): IDataObject {
	const tags = follow.tags ?? [];
	const corpTags = tags.filter((tag) => !isPersonal(tag));
	const fields = {
		...followFields(follow, timezone),
		description: follow.description || null,
		tag_id: corpTags.map((tag) => tag.tag_id ?? null),
		tag_name: corpTags.map((tag) => tag.tag_name ?? null),
		personal_tag_name: tags.filter(isPersonal).map((tag) => tag.tag_name ?? null),
	} as IDataObject;
	return pick(fields, [...SIMPLE_FOLLOW, 'personal_tag_name', 'description', 'remark_mobiles']);
}

/** A member's personal tags have no ID (doc 92114); where WeCom leaves out the ID of another tag, its type tells. */
function isPersonal({ type, tag_id }: CustomerTag): boolean {
	return type === undefined ? tag_id === undefined : type === PERSONAL_TAG;
}

function contactFields(contact: ExternalContact): IDataObject {
	const attributes = contact.external_profile?.external_attr;
	return {
		...contact,
		type_name: nameOf(CUSTOMER_TYPES, contact.type),
		gender_name: nameOf(GENDERS, contact.gender),
		...(attributes && {
			external_profile: {
				...contact.external_profile,
				external_attr: attributes.map((attribute) => ({
					...attribute,
					type_name: nameOf(PROFILE_ATTRIBUTE_TYPES, attribute.type),
				})),
			},
		}),
	} as IDataObject;
}

function followInfoFields(follow: FollowInfo, { timezone, tagName }: RowStyle): IDataObject {
	const tag_id = follow.tag_id ?? [];
	return {
		...followFields(follow, timezone),
		tag_id,
		tag_name: tag_id.map((id) => tagName(id) ?? null),
	};
}

function followFields(follow: FollowCore, timezone: string): IDataObject {
	const { wechat_channels: channels } = follow;
	return {
		...follow,
		userid: follow.userid ?? null,
		createtime: follow.createtime ?? null,
		created_at: toIso(follow.createtime, timezone),
		add_way_name: nameOf(ADD_WAYS, follow.add_way),
		...(channels && {
			wechat_channels: { ...channels, source_name: nameOf(CHANNELS_SOURCES, channels.source) },
		}),
	} as IDataObject;
}
