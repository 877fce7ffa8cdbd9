import type { IDataObject } from 'n8n-workflow';

import type {
	CustomerGroup,
	CustomerGroupEntry,
	CustomerGroupMember,
} from '../../../shared/client/customerGroups/types';
import {
	CUSTOMER_GROUP_STATUS,
	GROUP_MEMBER_TYPES,
	JOIN_SCENES,
} from '../../../shared/client/customerGroups/names';
import { unixSeconds } from '../../../shared/client/core/utils';
import { nameOf, pick } from '../../../shared/operation/format';
import { toIso } from '../../../shared/operation/time';

/** A member of a group who is a customer (doc 92122). */
const CUSTOMER = 2;

const SIMPLE_GROUP = ['name', 'owner', 'notice', 'create_time', 'created_at'];

/** How rows are shown. */
export interface CustomerGroupRowStyle {
	readonly timezone: string;
	/** Only the fields that most workflows use. */
	readonly simple: boolean;
}

/** A group as the list knows it; `groupchat/get` does not give the status. */
export function entryRow({ chat_id, status }: CustomerGroupEntry): IDataObject {
	return { chat_id, status: status ?? null, status_name: nameOf(CUSTOMER_GROUP_STATUS, status) };
}

/** A group with its members. */
export function customerGroupRow(
	group: CustomerGroup,
	{ timezone, simple }: CustomerGroupRowStyle,
): IDataObject {
	const members = group.member_list ?? [];
	if (!simple) {
		const create_time = unixSeconds(group.create_time) ?? null;
		const created_at = toIso(create_time, timezone);
		const member_list = members.map((member) => memberFields(member, timezone));
		return { ...group, create_time, created_at, ...countsOf(group), member_list } as IDataObject;
	}
	return {
		...simpleGroupRow(group, timezone),
		member_list: members.map((member) =>
			pick(memberFields(member, timezone), [
				'userid',
				'name',
				'type_name',
				'join_time',
				'joined_at',
			]),
		),
	};
}

/** A group among many: its members are counted only, since they make an item of kilobytes. */
export function listedGroupRow(group: CustomerGroup, style: CustomerGroupRowStyle): IDataObject {
	return style.simple ? simpleGroupRow(group, style.timezone) : customerGroupRow(group, style);
}

function simpleGroupRow(group: CustomerGroup, timezone: string): IDataObject {
	const create_time = unixSeconds(group.create_time) ?? null;
	const created_at = toIso(create_time, timezone);
	return {
		...pick({ ...group, create_time, created_at } as IDataObject, ['chat_id', ...SIMPLE_GROUP]),
		admins: (group.admin_list ?? []).map(({ userid }) => userid),
		...countsOf(group),
	};
}

function countsOf({ member_list = [] }: CustomerGroup) {
	return {
		member_count: member_list.length,
		customer_count: member_list.filter(({ type }) => type === CUSTOMER).length,
	};
}

/** Stands for the details of a group that WeCom lists but no longer knows. */
export function goneRow({ simple }: Pick<CustomerGroupRowStyle, 'simple'>): IDataObject {
	const counts = ['member_count', 'customer_count'];
	const details = simple
		? [...SIMPLE_GROUP, 'admins', ...counts]
		: [...SIMPLE_GROUP, 'admin_list', ...counts, 'member_list'];
	return Object.fromEntries(details.map((name) => [name, null]));
}

function memberFields(member: CustomerGroupMember, timezone: string): IDataObject {
	const join_time = unixSeconds(member.join_time) ?? null;
	return {
		...member,
		type_name: nameOf(GROUP_MEMBER_TYPES, member.type),
		join_time,
		joined_at: toIso(join_time, timezone),
		join_scene_name: nameOf(JOIN_SCENES, member.join_scene),
	};
}
