import type { Paged, PagedResponse } from '../core/pagination';

/** `groupchat/list` (doc 92120). */
export interface CustomerGroupListRequest extends Paged {
	/** 0 all, 1 owner left, 2 inheriting, 3 inherited. */
	status_filter?: 0 | 1 | 2 | 3;
	owner_filter?: { userid_list: string[] };
	limit: number;
}

export interface CustomerGroupEntry {
	chat_id: string;
	/** 0 normal, 1 owner left, 2 inheriting, 3 inherited. */
	status?: number;
}

export interface CustomerGroupListResponse extends PagedResponse {
	group_chat_list?: Array<Partial<CustomerGroupEntry>>;
}

/** `groupchat/get` (doc 92122). */
export interface CustomerGroupRequest {
	chat_id: string;
	need_name?: 0 | 1;
}

export interface CustomerGroupMember {
	userid: string;
	/** 1 member, 2 external. */
	type: number;
	unionid?: string;
	join_time?: number | string;
	/** 1 direct invitation, 2 invitation link, 3 QR code. */
	join_scene?: number;
	/** WeCom's own spelling. */
	invitor?: { userid: string };
	group_nickname?: string;
	name?: string;
	state?: string;
}

export interface CustomerGroup {
	chat_id: string;
	name?: string;
	owner?: string;
	create_time?: number | string;
	notice?: string;
	member_list?: CustomerGroupMember[];
	admin_list?: Array<{ userid: string }>;
	member_version?: string;
}

export interface CustomerGroupResponse {
	group_chat: Partial<CustomerGroup>;
}
