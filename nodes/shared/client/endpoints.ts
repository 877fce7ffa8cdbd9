import type * as wire from './types';

/**
 * One WeCom endpoint. `Request` and `Answer` are the wire types of what it takes and gives.
 *
 * `repeatable`: calling it twice has the effect of calling it once, so a call whose answer was lost may be
 * repeated. `add_msg_template` is the one that must never be.
 */
export interface Endpoint<Request, Answer> {
	readonly method: 'GET' | 'POST';
	/** Below the API base URL. */
	readonly path: string;
	/** Number of the WeCom document, self-built tree. */
	readonly doc: number;
	readonly repeatable: boolean;
	/** `query`: the request travels in the query string. `upload`: query plus one multipart file. */
	readonly request: 'query' | 'json' | 'upload';
	/** Fields without which an answer is no success, whatever its `errcode` says. */
	readonly required: readonly string[];
	/** Types only: no endpoint has this at run time. */
	readonly types?: { request: Request; answer: Answer };
}

/** Every answer may carry an `errcode`; a write that has nothing else to say must. */
type Field<Answer> = (keyof Answer & string) | 'errcode';

function read<Request, Answer>(
	path: string,
	doc: number,
	...required: Array<Field<Answer>>
): Endpoint<Request, Answer> {
	return { method: 'POST', path, doc, repeatable: true, request: 'json', required };
}

function readByQuery<Request, Answer>(
	path: string,
	doc: number,
	...required: Array<Field<Answer>>
): Endpoint<Request, Answer> {
	return { method: 'GET', path, doc, repeatable: true, request: 'query', required };
}

/** A write that ends in the same state however often it arrives. */
function set<Request>(path: string, doc: number): Endpoint<Request, object> {
	return { method: 'POST', path, doc, repeatable: true, request: 'json', required: ['errcode'] };
}

/** A write that counts: its second arrival does something again. */
function act<Request, Answer>(
	path: string,
	doc: number,
	...required: Array<Field<Answer>>
): Endpoint<Request, Answer> {
	return { method: 'POST', path, doc, repeatable: false, request: 'json', required };
}

/** An upload leaves at most an unused file behind when it arrives twice. */
function upload<Request, Answer>(
	path: string,
	doc: number,
	...required: Array<Field<Answer>>
): Endpoint<Request, Answer> {
	return { method: 'POST', path, doc, repeatable: true, request: 'upload', required };
}

const CONTACT = '/cgi-bin/externalcontact';

/** Every endpoint this package calls. */
export const endpoints = {
	accessToken: readByQuery<wire.TokenRequest, wire.TokenAnswer>(
		'/cgi-bin/gettoken',
		91039,
		'access_token',
		'expires_in',
	),

	createMassMessage: act<wire.AddMsgTemplateRequest, wire.AddMsgTemplateAnswer>(
		`${CONTACT}/add_msg_template`,
		92135,
		'msgid',
	),
	remindMembers: act<wire.MsgIdRequest, object>(
		`${CONTACT}/remind_groupmsg_send`,
		97610,
		'errcode',
	),
	cancelMassMessage: set<wire.MsgIdRequest>(`${CONTACT}/cancel_groupmsg_send`, 97611),
	massMessages: read<wire.GroupMsgListRequest, wire.GroupMsgListAnswer>(
		`${CONTACT}/get_groupmsg_list_v2`,
		93338,
	),
	massMessageMembers: read<wire.GroupMsgTaskRequest, wire.GroupMsgTaskAnswer>(
		`${CONTACT}/get_groupmsg_task`,
		93338,
	),
	massMessageResults: read<wire.SendResultRequest, wire.SendResultAnswer>(
		`${CONTACT}/get_groupmsg_send_result`,
		93338,
	),

	members: readByQuery<object, wire.FollowUserListAnswer>(`${CONTACT}/get_follow_user_list`, 92571),
	customerIds: readByQuery<wire.CustomerIdsRequest, wire.CustomerIdsAnswer>(
		`${CONTACT}/list`,
		92113,
	),
	customer: readByQuery<wire.CustomerRequest, wire.CustomerAnswer>(
		`${CONTACT}/get`,
		92114,
		'external_contact',
	),
	customersByMember: read<wire.CustomersByUserRequest, wire.CustomersByUserAnswer>(
		`${CONTACT}/batch/get_by_user`,
		92994,
	),
	remark: set<wire.RemarkRequest>(`${CONTACT}/remark`, 92115),
	markTag: set<wire.MarkTagRequest>(`${CONTACT}/mark_tag`, 92118),

	tags: read<wire.CorpTagListRequest, wire.CorpTagListAnswer>(
		`${CONTACT}/get_corp_tag_list`,
		92117,
	),
	addTags: act<wire.AddCorpTagRequest, wire.AddCorpTagAnswer>(
		`${CONTACT}/add_corp_tag`,
		92117,
		'tag_group',
	),
	editTag: set<wire.EditCorpTagRequest>(`${CONTACT}/edit_corp_tag`, 92117),
	deleteTags: act<wire.DelCorpTagRequest, object>(`${CONTACT}/del_corp_tag`, 92117, 'errcode'),

	groupChats: read<wire.GroupChatListRequest, wire.GroupChatListAnswer>(
		`${CONTACT}/groupchat/list`,
		92120,
	),
	groupChat: read<wire.GroupChatRequest, wire.GroupChatAnswer>(
		`${CONTACT}/groupchat/get`,
		92122,
		'group_chat',
	),

	uploadMedia: upload<wire.MediaUploadRequest, wire.MediaUploadAnswer>(
		'/cgi-bin/media/upload',
		90253,
		'media_id',
	),
	uploadPicture: upload<object, wire.UploadImgAnswer>('/cgi-bin/media/uploadimg', 90256, 'url'),
} as const;
