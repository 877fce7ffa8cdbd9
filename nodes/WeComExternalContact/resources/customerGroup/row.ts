import type { IDataObject } from 'n8n-workflow';

import type {
	CustomerGroup,
	CustomerGroupEntry,
	CustomerGroupMember,
} from '../../../shared/client/customerGroups/types';
import { pick } from '../../../shared/fields/simplify';
import { nameOf } from '../../../shared/operation/names';
import { toIso } from '../../../shared/operation/time';

/** Whether the owner of a group is still there (doc 92120). */
const GROUP_STATUS: Readonly<Record<number, string>> = {
	0: 'Normal',
	1: 'Owner Left',
	2: 'Being Inherited',
	3: 'Inherited',
};

/** How somebody came into a group (doc 92122). */
const JOIN_SCENES: Readonly<Record<number, string>> = {
	1: 'Invitation',
	2: 'Invitation Link',
	3: 'QR Code',
};

const MEMBER_TYPES: Readonly<Record<number, string>> = { 1: 'Member', 2: 'Customer' };

const CUSTOMER = 2;

const SIMPLE_GROUP = ['name', 'owner', 'notice', 'created_at'];

export interface GroupRowStyle {
	readonly timezone: string;
	/** Only the fields that most workflows use. */
	readonly simple: boolean;
}

/** A group as the list knows it; `groupchat/get` does not tell the status. */
export function entryRow({ chat_id, status }: CustomerGroupEntry): IDataObject {
	return { chat_id, status, status_name: nameOf(GROUP_STATUS, status) };
}

/** A group with its members. */
export function groupRow(chat: CustomerGroup, { timezone, simple }: GroupRowStyle): IDataObject {
	const members = chat.member_list ?? [];
	const counts = {
		member_count: members.length,
		customer_count: members.filter(({ type }) => type === CUSTOMER).length,
	};
	const created_at = toIso(chat.create_time, timezone);
	if (!simple) {
		const member_list = members.map((member) => memberFields(member, timezone));
		return { ...chat, created_at, ...counts, member_list } as IDataObject;
	}
	return {
		...pick({ ...chat, created_at } as IDataObject, ['chat_id', ...SIMPLE_GROUP]),
		admins: (chat.admin_list ?? []).map(({ userid }) => userid),
		...counts,
		member_list: members.map((member) =>
			pick(memberFields(member, timezone), ['userid', 'name', 'type_name', 'joined_at']),
		),
	};
}

/** The place of a group of which nothing but the list's entry is known. */
export function unknownGroupRow({ simple }: Pick<GroupRowStyle, 'simple'>): IDataObject {
	const counts = ['member_count', 'customer_count', 'member_list'];
	const details = simple
		? [...SIMPLE_GROUP, 'admins', ...counts]
		: [...SIMPLE_GROUP, 'create_time', 'admin_list', ...counts];
	return Object.fromEntries(details.map((name) => [name, null]));
}

function memberFields(member: CustomerGroupMember, timezone: string): IDataObject {
	return {
		...member,
		type_name: nameOf(MEMBER_TYPES, member.type),
		joined_at: toIso(member.join_time, timezone),
		join_scene_name: nameOf(JOIN_SCENES, member.join_scene),
	};
}
