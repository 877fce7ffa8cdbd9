import type { IDataObject } from 'n8n-workflow';

import type { CustomerWithMembers } from '../../../shared/client/customers/customers';
import type {
	CustomerOfMember,
	ExternalContact,
	FollowCore,
	FollowInfo,
	FollowUser,
} from '../../../shared/client/customers/types';
import { pick } from '../../../shared/fields/simplify';
import { nameOf } from '../../../shared/operation/names';
import { toIso } from '../../../shared/operation/time';

/** How a customer came to a member (doc 92114). */
export const ADD_WAYS: Readonly<Record<number, string>> = {
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

const CUSTOMER_TYPES: Readonly<Record<number, string>> = {
	1: 'WeChat User',
	2: 'WeCom User',
};

/** How rows are shown. */
export interface RowStyle {
	readonly timezone: string;
	/** Only the fields that most workflows use. */
	readonly simple: boolean;
	/** Undefined for a tag that is not in the corp's library, such as a strategy tag. */
	tagName(tagId: string): string | undefined;
}

const SIMPLE_CONTACT = ['external_userid', 'name', 'type_name'];
const SIMPLE_FOLLOW = [
	'userid',
	'remark',
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

/** One customer with all members who have it. */
export function uniqueCustomerRow(
	contact: ExternalContact,
	follows: readonly FollowInfo[],
	style: RowStyle,
): IDataObject {
	const members = follows.map((follow) => {
		const fields = followInfoFields(follow, style);
		return style.simple ? pick(fields, SIMPLE_FOLLOW) : fields;
	});
	const row = { ...contactFields(contact), member_count: members.length, members };
	return style.simple ? pick(row, [...SIMPLE_CONTACT, 'member_count', 'members']) : row;
}

/** One customer as `externalcontact/get` knows it. */
export function singleCustomerRow(
	{ external_contact, follow_user }: CustomerWithMembers,
	style: Pick<RowStyle, 'simple' | 'timezone'>,
): IDataObject {
	const contact = contactFields(external_contact);
	const member_count = follow_user.length;
	if (!style.simple) {
		const members = follow_user.map((follow) => followFields(follow, style.timezone));
		return { ...contact, member_count, follow_user: members };
	}
	return {
		...pick(contact, [...SIMPLE_CONTACT, 'unionid', 'corp_name', 'position']),
		member_count,
		members: follow_user.map((follow) => simpleFollowUser(follow, style.timezone)),
	};
}

function simpleFollowUser(follow: FollowUser, timezone: string): IDataObject {
	const tags = follow.tags ?? [];
	// A member's personal tags have no ID (doc 92114).
	const corpTags = tags.filter((tag) => tag.tag_id !== undefined);
	const fields = {
		...followFields(follow, timezone),
		tag_id: corpTags.map((tag) => tag.tag_id),
		tag_name: corpTags.map((tag) => tag.tag_name ?? null),
		personal_tag_name: tags
			.filter((tag) => tag.tag_id === undefined)
			.map((tag) => tag.tag_name ?? null),
	} as IDataObject;
	return pick(fields, [...SIMPLE_FOLLOW, 'personal_tag_name', 'description', 'remark_mobiles']);
}

function contactFields(contact: ExternalContact): IDataObject {
	return { ...contact, type_name: nameOf(CUSTOMER_TYPES, contact.type) } as IDataObject;
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
	return {
		...follow,
		created_at: toIso(follow.createtime, timezone),
		add_way_name: nameOf(ADD_WAYS, follow.add_way),
	} as IDataObject;
}
