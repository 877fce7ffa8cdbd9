import { createHash } from 'node:crypto';
import { z } from 'zod';

import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { cursor, refuse, requiredString } from '../core/fields';
import { pageOf } from '../core/paging';
import { sees, unionIdField } from '../customers/lookups';
import type { CustomerGroup, GroupMember } from './model';

/** Limits of doc 92120. */
const MAX_OWNERS = 100;
const MAX_LIMIT = 1000;
const MAX_MEMBERS_WITHOUT_FILTER = 1000;

const zeroOrOne = z.union([z.literal(0), z.literal(1)]);

/** The customer groups of the visible members (doc 92120). */
export const listCustomerGroups = endpoint({
	path: '/cgi-bin/externalcontact/groupchat/list',
	method: 'POST',
	doc: 92120,
	emptyFields: { group_chat_list: [] },
	request: z.object({
		status_filter: z
			.number()
			.int()
			.min(0, refuse(40058, 'status_filter invalid'))
			.max(3, refuse(40058, 'status_filter invalid'))
			.nullish(),
		owner_filter: z
			.object({ userid_list: z.array(z.string()).max(MAX_OWNERS).nullish() })
			.nullish(),
		cursor,
		limit: z.number().int().min(1).max(MAX_LIMIT),
	}),
	handle(call, body) {
		const owners = body.owner_filter?.userid_list ?? [];
		if (owners.length === 0 && visibleMemberCount(call) > MAX_MEMBERS_WITHOUT_FILTER) {
			throw new ApiError(81017);
		}
		const status = body.status_filter ?? 0;
		const groups = [...call.corp.groups.values()].filter(
			(group) => isListed(call, group, owners) && (status === 0 || group.status === status),
		);
		const scope = JSON.stringify(['groups', status, owners]);
		const page = pageOf(
			groups,
			{ scope, cursor: body.cursor, size: body.limit },
			call.world.settings,
		);
		return {
			group_chat_list: page.items.map((group) => ({ chat_id: group.chatId, status: group.status })),
			next_cursor: page.nextCursor,
		};
	},
});

/** Groups of an owner who has left the corp are listed only with an owner filter (doc 92120). */
function isListed(
	{ corp, app }: Call,
	{ owner }: CustomerGroup,
	owners: readonly string[],
): boolean {
	if (owners.length > 0 && !owners.includes(owner)) return false;
	return corp.members.has(owner) ? sees(app, owner) : owners.length > 0;
}

function visibleMemberCount({ corp, app }: Call): number {
	return [...corp.members.keys()].filter((userid) => sees(app, userid)).length;
}

/** One customer group with its members (doc 92122). */
export const getCustomerGroup = endpoint({
	path: '/cgi-bin/externalcontact/groupchat/get',
	method: 'POST',
	doc: 92122,
	// For a missing chat ID the page has no code; 86003 is that of the general table (A62).
	request: z.object({ chat_id: requiredString(86003), need_name: zeroOrOne.nullish() }),
	handle({ world, corp, app }, body) {
		const group = corp.groups.get(body.chat_id);
		// 40050 was observed for an unknown chat (2020) and is assumed for one outside the visible range (A42).
		if (!group || (corp.members.has(group.owner) && !sees(app, group.owner))) {
			throw new ApiError(40050);
		}
		return {
			group_chat: {
				chat_id: group.chatId,
				name: group.name,
				owner: group.owner,
				create_time: group.createTime,
				notice: group.notice,
				member_list: group.members.map((member) =>
					groupMemberRow({ world, corp }, member, body.need_name === 1),
				),
				admin_list: group.admins.map((userid) => ({ userid })),
				member_version: memberVersion(group),
			},
		};
	},
});

function groupMemberRow(
	{ world, corp }: Pick<Call, 'world' | 'corp'>,
	member: GroupMember,
	withName: boolean,
): object {
	// A WeChat user has a union ID also if no member has added them (doc 92122).
	const guest = corp.customers.get(member.id) ?? { type: 1 as const, unionid: member.unionid };
	return {
		userid: member.id,
		type: member.type,
		...(member.type === 2 ? unionIdField(guest, world.settings) : {}),
		join_time: member.joinTime,
		join_scene: member.joinScene,
		// WeCom spells it so (doc 92122), and has it only when a member of the corp invited.
		...(member.invitor === undefined ? {} : { invitor: { userid: member.invitor } }),
		group_nickname: member.groupNickname,
		...(withName ? { name: member.name } : {}),
		...(member.state === undefined ? {} : { state: member.state }),
	};
}

/** Changes when the members do. */
export function memberVersion({ members }: CustomerGroup): string {
	const ids = members.map((member) => member.id).join(' ');
	return createHash('md5').update(ids).digest('hex');
}
