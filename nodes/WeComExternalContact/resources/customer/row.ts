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
import { joined, nameOf } from '../../../shared/operation/format';
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

/** One customer of one member as a flat item; WeCom's fields keep their names, ours stand beside them. */
export function customerRow(
	{ external_contact, follow_info }: CustomerOfMember,
	style: RowStyle,
): IDataObject {
	const tags = tagFields(follow_info.tag_id ?? [], style);
	return style.simple
		? joined(simpleContact(external_contact), simpleFollow(follow_info, style.timezone), tags)
		: joined(contactFields(external_contact), followFields(follow_info, style.timezone), tags);
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
	if (!style.simple) {
		const members = follows.map((follow) =>
			joined(followFields(follow, style.timezone), tagFields(follow.tag_id ?? [], style)),
		);
		return joined(contactFields(contact), {
			userid: sender,
			member_count: members.length,
			members,
		});
	}
	const tagIds = [...new Set(follows.flatMap(({ tag_id = [] }) => tag_id))];
	return joined(
		simpleContact(contact),
		{ userid: sender },
		membersOfCustomer(follows.map(({ userid }) => userid)),
		tagFields(tagIds, style),
	);
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
	const member_count = follow_user.length;
	if (!style.simple) {
		const members = follow_user.map((follow) => rawFollowUser(follow, style.timezone));
		return joined(contactFields(external_contact), { member_count, follow_user: members });
	}
	const { unionid = null, corp_name = null, position = null } = external_contact;
	return joined(simpleContact(external_contact), {
		unionid,
		corp_name,
		position,
		member_count,
		members: follow_user.map((follow) => simpleFollowUser(follow, style.timezone)),
	});
}

function rawFollowUser(follow: FollowUser, timezone: string): IDataObject {
	const fields = followFields(follow, timezone);
	if (!follow.tags) return fields;
	const tags = follow.tags.map((tag) =>
		joined(tag, { type_name: nameOf(CUSTOMER_TAG_TYPES, tag.type) }),
	);
	return joined(fields, { tags });
}

function simpleFollowUser(follow: FollowUser, timezone: string): IDataObject {
	const tags = follow.tags ?? [];
	const corpTags = tags.filter((tag) => !isPersonal(tag));
	return joined(simpleFollow(follow, timezone), {
		tag_id: corpTags.map((tag) => tag.tag_id ?? null),
		tag_name: corpTags.map((tag) => tag.tag_name ?? null),
		personal_tag_name: tags.filter(isPersonal).map((tag) => tag.tag_name ?? null),
		description: follow.description || null,
		remark_mobiles: follow.remark_mobiles ?? null,
	});
}

/** A member's personal tags have no ID (doc 92114); where WeCom leaves out the ID of another tag, its type tells. */
function isPersonal({ type, tag_id }: CustomerTag): boolean {
	return type === undefined ? tag_id === undefined : type === PERSONAL_TAG;
}

function simpleContact({ external_userid, name, type }: ExternalContact) {
	return { external_userid, name: name ?? null, type_name: nameOf(CUSTOMER_TYPES, type) };
}

function contactFields(contact: ExternalContact): IDataObject {
	const attributes = contact.external_profile?.external_attr;
	return joined(contact, {
		type_name: nameOf(CUSTOMER_TYPES, contact.type),
		gender_name: nameOf(GENDERS, contact.gender),
		...(attributes && {
			external_profile: {
				...contact.external_profile,
				external_attr: attributes.map((attribute) =>
					joined(attribute, { type_name: nameOf(PROFILE_ATTRIBUTE_TYPES, attribute.type) }),
				),
			},
		}),
	});
}

function simpleFollow(follow: FollowCore, timezone: string) {
	return {
		userid: follow.userid ?? null,
		remark: follow.remark ?? null,
		createtime: follow.createtime ?? null,
		created_at: toIso(follow.createtime, timezone),
		add_way_name: nameOf(ADD_WAYS, follow.add_way),
		state: follow.state ?? null,
	};
}

function followFields(follow: FollowCore, timezone: string): IDataObject {
	const { wechat_channels: channels } = follow;
	return joined(follow, {
		userid: follow.userid ?? null,
		createtime: follow.createtime ?? null,
		created_at: toIso(follow.createtime, timezone),
		add_way_name: nameOf(ADD_WAYS, follow.add_way),
		...(channels && {
			wechat_channels: { ...channels, source_name: nameOf(CHANNELS_SOURCES, channels.source) },
		}),
	});
}

function tagFields(tag_id: readonly string[], { tagName }: Pick<RowStyle, 'tagName'>) {
	return { tag_id, tag_name: tag_id.map((id) => tagName(id) ?? null) };
}
