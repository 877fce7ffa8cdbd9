import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { endpoint } from '../core/endpoint';
import { cursor, limit, requiredString } from '../core/fields';
import {
	isRepeatedAtBorder,
	pageOf,
	pageSize,
	pointsBeyondEnd,
	readCursor,
	writeCursor,
} from '../core/paging';
import type { Settings } from '../settings';
import type { Corp } from '../world/corp';
import {
	customerContactMembers,
	requireCustomer,
	requireMember,
	sees,
	unionIdField,
} from './lookups';
import type { Customer, Member, Relation } from './model';

/** A customer with more followers is read in pages (doc 92114). */
const FOLLOWERS_PER_PAGE = 500;
const BATCH_PAGES = { default: 50, max: 100, aboveMax: 'max' } as const;

/** The members with customer contact (doc 92571). */
export const getFollowUserList = endpoint({
	path: '/cgi-bin/externalcontact/get_follow_user_list',
	method: 'GET',
	doc: 92571,
	emptyFields: { follow_user: [] },
	request: z.object({}),
	handle: ({ corp, app }) => ({
		follow_user: customerContactMembers(corp, app).map((member) => member.userid),
	}),
});

/** All customers of a member, not paginated (doc 92113). */
export const listCustomers = endpoint({
	path: '/cgi-bin/externalcontact/list',
	method: 'GET',
	doc: 92113,
	emptyFields: { external_userid: [] },
	request: z.object({ userid: requiredString(60111) }),
	handle(call, { userid }) {
		const customers = living(requireMember(call, userid));
		// Observed 2020: no customers, or no customer contact.
		if (customers.length === 0) throw new ApiError(84061);
		return { external_userid: customers.map(({ customer }) => customer.externalUserid) };
	},
});

/** One customer with their followers (doc 92114). */
export const getCustomer = endpoint({
	path: '/cgi-bin/externalcontact/get',
	method: 'GET',
	doc: 92114,
	request: z.object({ external_userid: requiredString(41035), cursor }),
	handle(call, query) {
		const { corp, app, world } = call;
		const customer = requireCustomer(call, query.external_userid);
		const followers = customer.relations.filter(
			(relation) => isLiving(relation) && sees(app, relation.member.userid),
		);
		if (followers.length === 0) throw new ApiError(84061);
		const page = pageOf(
			followers,
			{
				scope: `get ${customer.externalUserid}`,
				cursor: query.cursor,
				size: FOLLOWERS_PER_PAGE,
			},
			world.settings,
		);
		return {
			external_contact: externalContact(customer, world.settings),
			follow_user: page.items.map((relation) => followUser(corp, relation)),
			...(page.nextCursor === '' ? {} : { next_cursor: page.nextCursor }),
		};
	},
});

/** Customers of several members, in pages (doc 92994). */
export const batchGetByUser = endpoint({
	path: '/cgi-bin/externalcontact/batch/get_by_user',
	method: 'POST',
	doc: 92994,
	emptyFields: { external_contact_list: [] },
	request: z.object({ userid_list: z.array(z.string()).min(1), cursor, limit }),
	handle(call, body) {
		const { corp, world } = call;
		const { settings } = world;
		// 100 in the documentation, perhaps fewer (A13).
		if (body.userid_list.length > settings.batchMemberLimit) throw new ApiError(40058);
		// One unknown or invisible member fails the whole call (A57).
		const named = [...new Set(body.userid_list)].map((userid) => requireMember(call, userid));
		const members = named.filter((member) => member.licensed);
		if (members.length === 0) throw new ApiError(701008);
		// As `list` answers for one member (A12).
		if (
			settings.batchWithoutCustomers === '84061' &&
			members.every((member) => living(member).length === 0)
		) {
			throw new ApiError(84061);
		}
		const size = pageSize(body.limit, BATCH_PAGES);
		const scope = `batch ${named.map((member) => member.userid).join(' ')}`;
		const start = readCursor(scope, body.cursor) ?? [0, 0];
		const { items, last, next } = batchPage(members, start, size);
		const more = next !== undefined || pointsBeyondEnd(items.length, size, settings);
		const position = isRepeatedAtBorder(size, settings) ? last : (next ?? [members.length, 0]);
		return {
			external_contact_list: items.map((relation) => ({
				external_contact: externalContact(relation.customer, settings),
				follow_info: followInfo(corp, relation),
			})),
			next_cursor: more ? writeCursor(scope, position) : '',
			...failInfo(named),
		};
	},
});

/** Members without a licence, beside errcode 0; on every page, and only when there are some (A72). */
function failInfo(members: readonly Member[]): object {
	const unlicensed = members.filter((member) => !member.licensed);
	if (unlicensed.length === 0) return {};
	return { fail_info: { unlicensed_userid_list: unlicensed.map(({ userid }) => userid) } };
}

/**
 * A page of the members' customers, member by member. A position is [member index, customer index]: `last`
 * of the page's last customer, `next` of the one after it, if there is one.
 */
function batchPage(
	members: readonly Member[],
	start: readonly number[],
	size: number,
): { items: Relation[]; last: readonly number[]; next?: readonly number[] } {
	const items: Relation[] = [];
	let [memberIndex = 0, index = 0] = start;
	let last = start;
	for (; memberIndex < members.length; memberIndex++, index = 0) {
		const relations = members[memberIndex]?.relations ?? [];
		for (; index < relations.length; index++) {
			const relation = relations[index];
			if (!relation || !isLiving(relation)) continue;
			if (items.length === size) return { items, last, next: [memberIndex, index] };
			items.push(relation);
			last = [memberIndex, index];
		}
	}
	return { items, last };
}

function living(member: Member): Relation[] {
	return member.relations.filter(isLiving);
}

/** Without customer contact a member's contacts are not customers (doc 92571). */
function isLiving({ deleted, member }: Relation): boolean {
	return !deleted && member.customerContact;
}

/** As a self-built app sees it (doc 92114). */
function externalContact(customer: Customer, settings: Settings): object {
	const { externalUserid, name, type, gender } = customer;
	return {
		external_userid: externalUserid,
		name,
		type,
		avatar: `https://avatar.example/${externalUserid}/0`,
		gender,
		...unionIdField(customer, settings),
		...(type === 2 ? wecomUser(customer) : {}),
	};
}

function wecomUser({ corpName = '', position = '' }: Customer): object {
	return {
		position,
		corp_name: corpName,
		corp_full_name: corpName,
		external_profile: { external_attr: [] },
	};
}

/** `get` names the tags (doc 92114); a member's personal tags have no tag_id. */
function followUser(corp: Corp, relation: Relation): object {
	const tagsWithId = relation.tagIds.flatMap((tagId) => namedTag(corp, tagId) ?? []);
	const personalTags = relation.personalTags.map((name) => ({
		group_name: '',
		tag_name: name,
		type: 2,
	}));
	return { ...relationFields(relation), tags: [...tagsWithId, ...personalTags] };
}

/** A corp tag (type 1) or a strategy tag (type 3). */
function namedTag(corp: Corp, tagId: string): object | undefined {
	const strategyTag = corp.strategyTags.get(tagId);
	if (strategyTag) {
		const { groupName, name } = strategyTag;
		return { group_name: groupName, tag_name: name, type: 3, tag_id: tagId };
	}
	const tag = corp.livingTag(tagId);
	if (!tag) return undefined;
	const groupName = corp.tagGroups.get(tag.groupId)?.name ?? '';
	return { group_name: groupName, tag_name: tag.name, type: 1, tag_id: tagId };
}

/** `batch/get_by_user` has the IDs of corp and strategy tags only, and drops personal ones (doc 92994). */
function followInfo(corp: Corp, relation: Relation): object {
	return {
		...relationFields(relation),
		tag_id: relation.tagIds.filter((tagId) => namedTag(corp, tagId)),
	};
}

/** Empty company and state are left out (A65). */
function relationFields(relation: Relation): object {
	return {
		userid: relation.member.userid,
		remark: relation.remark,
		description: relation.description,
		createtime:
			relation.shownCreateTime === undefined ? relation.createTime : relation.shownCreateTime,
		...(relation.remarkCompany === '' ? {} : { remark_corp_name: relation.remarkCompany }),
		remark_mobiles: relation.remarkMobiles,
		add_way: relation.addWay,
		oper_userid: relation.operUserid,
		...(relation.state === '' ? {} : { state: relation.state }),
		...(relation.addWay === 10 && relation.wechatChannels
			? { wechat_channels: relation.wechatChannels }
			: {}),
	};
}
