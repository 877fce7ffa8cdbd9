import type { Paged, PagedResponse } from '../core/pagination';

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

/** AND between the groups, OR between the tags within one (doc 92135). */
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
	/** External user IDs or chat IDs that can't be reached; the task exists regardless. */
	fail_list?: string[];
	msgid: string;
}

/** `remind_groupmsg_send` (doc 97610) and `cancel_groupmsg_send` (doc 97611). */
export interface MsgIdRequest {
	msgid: string;
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
	/** Absent for messages created by API. */
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
