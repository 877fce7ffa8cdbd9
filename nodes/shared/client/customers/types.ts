import type { Paged, PagedResponse } from '../core/pagination';

/** `get_follow_user_list` (doc 92571). */
export interface FollowUserListResponse {
	follow_user?: string[];
}

/** `externalcontact/list` (doc 92113). Not paged. */
export interface CustomerIdsRequest {
	userid: string;
}

export interface CustomerIdsResponse {
	external_userid?: string[];
}

/** One person outside the company (doc 92114). */
export interface ExternalContact {
	external_userid: string;
	name?: string;
	/** 1 WeChat user, 2 WeCom user. */
	type?: number;
	gender?: number;
	avatar?: string;
	unionid?: string;
	position?: string;
	corp_name?: string;
	corp_full_name?: string;
	external_profile?: { external_attr?: Array<{ type?: number }> };
}

export interface CustomerTag {
	group_name?: string;
	tag_name?: string;
	/** 1 corp, 2 personal (without `tag_id`), 3 strategy. */
	type?: number;
	tag_id?: string;
}

/** What `get` and `batch/get_by_user` both return about one member's relation to a customer. */
export interface FollowCore {
	/** The member's user ID; WeCom may omit it. */
	userid?: string;
	remark?: string;
	description?: string;
	/** Unix seconds. */
	createtime?: number;
	add_way?: number;
	oper_userid?: string;
	state?: string;
	remark_corp_name?: string;
	remark_mobiles?: string[];
	wechat_channels?: { nickname?: string; source?: number };
}

/** The same on the wire: a time may be 0 or text. */
export type FollowCoreResponse = Omit<FollowCore, 'createtime'> & { createtime?: number | string };

/** A relation as `externalcontact/get` shows it: tags with names (doc 92114). */
export interface FollowUser extends FollowCore {
	tags?: CustomerTag[];
}

/** A relation as `batch/get_by_user` shows it: tags as IDs (doc 92994). */
export interface FollowInfo extends FollowCore {
	tag_id?: string[];
}

/** `externalcontact/get` (doc 92114). */
export interface CustomerRequest {
	external_userid: string;
	cursor?: string;
}

export interface CustomerResponse extends PagedResponse {
	external_contact: Partial<ExternalContact>;
	follow_user?: Array<FollowCoreResponse & Pick<FollowUser, 'tags'>>;
}

/** `batch/get_by_user` (doc 92994). */
export interface CustomersByUserRequest extends Paged {
	userid_list: string[];
}

/** A row; WeCom may omit either part. */
export interface CustomersByUserRow {
	external_contact?: Partial<ExternalContact>;
	follow_info?: FollowCoreResponse & Pick<FollowInfo, 'tag_id'>;
}

export interface CustomersByUserResponse extends PagedResponse {
	external_contact_list?: CustomersByUserRow[];
	/** Requested members without an interworking license; present only if there are any. */
	fail_info?: { unlicensed_userid_list?: string[] };
}

/** A row that identifies its customer. Without a `userid`, WeCom did not say which member. */
export interface CustomerOfMember {
	external_contact: ExternalContact;
	follow_info: FollowInfo;
}

/** `remark` (doc 92115). */
export interface RemarkRequest {
	userid: string;
	external_userid: string;
	remark?: string;
	description?: string;
	remark_company?: string;
	/** Replaces the existing list. */
	remark_mobiles?: string[];
}

/** `mark_tag` (doc 92118). */
export interface MarkTagRequest {
	userid: string;
	external_userid: string;
	add_tag?: string[];
	remove_tag?: string[];
}
