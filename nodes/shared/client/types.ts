/** Wire types as WeCom documents them, in its own snake_case. Each names its document. */

/** `gettoken` (doc 91039). */
export interface TokenRequest {
	corpid: string;
	corpsecret: string;
}

export interface TokenResponse {
	access_token: string;
	/** Seconds. */
	expires_in: number;
}

export type ChatType = 'single' | 'group';

export interface TextContent {
	content: string;
}

/** The nested object's key equals `msgtype` (doc 92135). */
export type Attachment =
	| { msgtype: 'image'; image: { media_id?: string; pic_url?: string } }
	| { msgtype: 'link'; link: { title: string; url: string; picurl?: string; desc?: string } }
	| {
			msgtype: 'miniprogram';
			miniprogram: { title: string; pic_media_id: string; appid: string; page: string };
	  }
	| { msgtype: 'video'; video: { media_id: string } }
	| { msgtype: 'file'; file: { media_id: string } };

/** Outside: AND between groups. Inside: OR between tags (doc 92135). */
export interface TagFilter {
	group_list: Array<{ tag_list: string[] }>;
}

/** `add_msg_template` (doc 92135). */
export interface AddMsgTemplateRequest {
	chat_type: ChatType;
	external_userid?: string[];
	chat_id_list?: string[];
	tag_filter?: TagFilter;
	sender?: string;
	allow_select?: boolean;
	text?: TextContent;
	attachments?: Attachment[];
}

export interface AddMsgTemplateResponse {
	/** External user IDs or chat IDs that cannot be reached; the task exists all the same. */
	fail_list?: string[];
	msgid: string;
}

/** `remind_groupmsg_send` (doc 97610) and `cancel_groupmsg_send` (doc 97611). */
export interface MsgIdRequest {
	msgid: string;
}

export interface Paged {
	cursor?: string;
	limit?: number;
}

export interface PagedResponse {
	next_cursor?: string;
}

/** `get_groupmsg_list_v2` (doc 93338). */
export interface MassMessageListRequest extends Paged {
	chat_type: ChatType;
	/** Unix seconds. */
	start_time: number;
	end_time: number;
	creator?: string;
	/** 0 created by the enterprise, 1 by a member, 2 all. */
	filter_type?: 0 | 1 | 2;
}

export interface MassMessage {
	msgid: string;
	/** Absent on messages created by API. */
	creator?: string;
	/** Unix seconds; the documented sample shows it quoted. */
	create_time: number | string;
	/** 0 enterprise, 1 personal. */
	create_type: number;
	text?: TextContent;
	attachments?: Attachment[];
}

export interface MassMessageListResponse extends PagedResponse {
	group_msg_list?: MassMessage[];
}

/** `get_groupmsg_task` (doc 93338). */
export interface MassMessageMembersRequest extends Paged {
	msgid: string;
}

export interface MemberTask {
	userid: string;
	/** 0 not sent, 2 sent; 1 "confirmed" in older text and in the documented sample. */
	status: number;
	/** Unix seconds; absent while unsent. */
	send_time?: number;
}

export interface MassMessageMembersResponse extends PagedResponse {
	task_list?: MemberTask[];
}

/** `get_groupmsg_send_result` (doc 93338). */
export interface MassMessageResultsRequest extends Paged {
	msgid: string;
	userid: string;
}

export interface SendResult {
	external_userid?: string;
	chat_id?: string;
	userid: string;
	/** 0 not sent, 1 sent, 2 not a friend, 3 receive limit. */
	status: number;
	/** Unix seconds; only when sent. */
	send_time?: number;
}

export interface MassMessageResultsResponse extends PagedResponse {
	send_list?: SendResult[];
}

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
	external_profile?: { external_attr?: object[] };
}

export interface CustomerTag {
	group_name?: string;
	tag_name?: string;
	/** 1 corp, 2 personal (without `tag_id`), 3 strategy. */
	type?: number;
	tag_id?: string;
}

/** What `get` and `batch/get_by_user` both say of one member's relation to a customer. */
export interface FollowCore {
	userid: string;
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
	external_contact: ExternalContact;
	follow_user?: FollowUser[];
}

/** `batch/get_by_user` (doc 92994). */
export interface CustomersByUserRequest extends Paged {
	userid_list: string[];
}

export interface CustomerOfMember {
	external_contact: ExternalContact;
	follow_info: FollowInfo;
}

export interface CustomersByUserResponse extends PagedResponse {
	external_contact_list?: CustomerOfMember[];
}

/** `remark` (doc 92115). */
export interface RemarkRequest {
	userid: string;
	external_userid: string;
	remark?: string;
	description?: string;
	remark_company?: string;
	/** Replaces the list that is there. */
	remark_mobiles?: string[];
}

/** `mark_tag` (doc 92118). */
export interface MarkTagRequest {
	userid: string;
	external_userid: string;
	add_tag?: string[];
	remove_tag?: string[];
}

export interface CorpTag {
	id: string;
	name: string;
	create_time?: number;
	order?: number;
	deleted?: boolean;
}

export interface CorpTagGroup {
	group_id: string;
	group_name: string;
	create_time?: number;
	order?: number;
	deleted?: boolean;
	tag: CorpTag[];
}

/** `get_corp_tag_list` (doc 92117). */
export interface CorpTagListRequest {
	tag_id?: string[];
	group_id?: string[];
}

export interface CorpTagListResponse {
	tag_group?: CorpTagGroup[];
}

/** `add_corp_tag` (doc 92117). */
export interface AddCorpTagRequest {
	group_id?: string;
	group_name?: string;
	order?: number;
	tag: Array<{ name: string; order?: number }>;
}

export interface AddCorpTagResponse {
	tag_group: CorpTagGroup;
}

/** `edit_corp_tag` (doc 92117). */
export interface EditCorpTagRequest {
	id: string;
	name?: string;
	order?: number;
}

/** `del_corp_tag` (doc 92117). */
export interface DelCorpTagRequest {
	tag_id?: string[];
	group_id?: string[];
}

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
	status: number;
}

export interface CustomerGroupListResponse extends PagedResponse {
	group_chat_list?: CustomerGroupEntry[];
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
	join_time?: number;
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
	owner: string;
	create_time?: number;
	notice?: string;
	member_list?: CustomerGroupMember[];
	admin_list?: Array<{ userid: string }>;
	member_version?: string;
}

export interface CustomerGroupResponse {
	group_chat: CustomerGroup;
}

export type MediaType = 'image' | 'video' | 'file';

/** `media/upload` (doc 90253): `type` travels in the query. */
export interface MediaUploadRequest {
	type: MediaType;
}

export interface MediaUploadResponse {
	type: string;
	media_id: string;
	/** Unix seconds; quoted in the documented sample. */
	created_at: number | string;
}

/** `media/uploadimg` (doc 90256). */
export interface UploadImgResponse {
	url: string;
}
