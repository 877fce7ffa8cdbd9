import type * as wire from './types';

/**
 * One WeCom endpoint. `Request` and `Answer` are the wire types of what it takes and gives.
 *
 * `idempotent`: calling it twice has the effect of calling it once, so a call whose answer was lost may be
 * repeated. `add_msg_template` is the one that must never be.
 */
export interface Endpoint<Request, Response> {
	readonly method: 'GET' | 'POST';
	/** Below the API base URL. */
	readonly path: string;
	/** Number of the WeCom document, self-built tree. */
	readonly doc: number;
	readonly idempotent: boolean;
	/** `query`: the request travels in the query string. `upload`: query plus one multipart file. */
	readonly request: 'query' | 'json' | 'upload';
	/** Fields without which an answer is no success, whatever its `errcode` says. */
	readonly required: readonly string[];
	/** Types only: no endpoint has this at run time. */
	readonly types?: { request: Request; response: Response };
}

/** Every answer may carry an `errcode`; a write that has nothing else to say must. */
type Field<Response> = (keyof Response & string) | 'errcode';

function read<Request, Response>(
	path: string,
	doc: number,
	...required: Array<Field<Response>>
): Endpoint<Request, Response> {
	return { method: 'POST', path, doc, idempotent: true, request: 'json', required };
}

function readByQuery<Request, Response>(
	path: string,
	doc: number,
	...required: Array<Field<Response>>
): Endpoint<Request, Response> {
	return { method: 'GET', path, doc, idempotent: true, request: 'query', required };
}

/** A write that ends in the same state however often it arrives. */
function idempotentWrite<Request>(path: string, doc: number): Endpoint<Request, object> {
	return { method: 'POST', path, doc, idempotent: true, request: 'json', required: ['errcode'] };
}

/** A write that counts: its second arrival does something again. */
function nonIdempotentWrite<Request, Response>(
	path: string,
	doc: number,
	...required: Array<Field<Response>>
): Endpoint<Request, Response> {
	return { method: 'POST', path, doc, idempotent: false, request: 'json', required };
}

/** An upload leaves at most an unused file behind when it arrives twice. */
function upload<Request, Response>(
	path: string,
	doc: number,
	...required: Array<Field<Response>>
): Endpoint<Request, Response> {
	return { method: 'POST', path, doc, idempotent: true, request: 'upload', required };
}

const CONTACT = '/cgi-bin/externalcontact';

/** Every endpoint this package calls. */
export const endpoints = {
	accessToken: readByQuery<wire.TokenRequest, wire.TokenResponse>(
		'/cgi-bin/gettoken',
		91039,
		'access_token',
		'expires_in',
	),

	createMassMessage: nonIdempotentWrite<wire.AddMsgTemplateRequest, wire.AddMsgTemplateResponse>(
		`${CONTACT}/add_msg_template`,
		92135,
		'msgid',
	),
	remindMembers: nonIdempotentWrite<wire.MsgIdRequest, object>(
		`${CONTACT}/remind_groupmsg_send`,
		97610,
		'errcode',
	),
	cancelMassMessage: idempotentWrite<wire.MsgIdRequest>(`${CONTACT}/cancel_groupmsg_send`, 97611),
	massMessages: read<wire.MassMessageListRequest, wire.MassMessageListResponse>(
		`${CONTACT}/get_groupmsg_list_v2`,
		93338,
	),
	massMessageMembers: read<wire.MassMessageMembersRequest, wire.MassMessageMembersResponse>(
		`${CONTACT}/get_groupmsg_task`,
		93338,
	),
	massMessageResults: read<wire.MassMessageResultsRequest, wire.MassMessageResultsResponse>(
		`${CONTACT}/get_groupmsg_send_result`,
		93338,
	),

	members: readByQuery<object, wire.FollowUserListResponse>(
		`${CONTACT}/get_follow_user_list`,
		92571,
	),
	customerIds: readByQuery<wire.CustomerIdsRequest, wire.CustomerIdsResponse>(
		`${CONTACT}/list`,
		92113,
	),
	customer: readByQuery<wire.CustomerRequest, wire.CustomerResponse>(
		`${CONTACT}/get`,
		92114,
		'external_contact',
	),
	customersByMember: read<wire.CustomersByUserRequest, wire.CustomersByUserResponse>(
		`${CONTACT}/batch/get_by_user`,
		92994,
	),
	remark: idempotentWrite<wire.RemarkRequest>(`${CONTACT}/remark`, 92115),
	markTag: idempotentWrite<wire.MarkTagRequest>(`${CONTACT}/mark_tag`, 92118),

	tags: read<wire.CorpTagListRequest, wire.CorpTagListResponse>(
		`${CONTACT}/get_corp_tag_list`,
		92117,
	),
	addTags: nonIdempotentWrite<wire.AddCorpTagRequest, wire.AddCorpTagResponse>(
		`${CONTACT}/add_corp_tag`,
		92117,
		'tag_group',
	),
	editTag: idempotentWrite<wire.EditCorpTagRequest>(`${CONTACT}/edit_corp_tag`, 92117),
	deleteTags: nonIdempotentWrite<wire.DelCorpTagRequest, object>(
		`${CONTACT}/del_corp_tag`,
		92117,
		'errcode',
	),

	customerGroups: read<wire.CustomerGroupListRequest, wire.CustomerGroupListResponse>(
		`${CONTACT}/groupchat/list`,
		92120,
	),
	customerGroup: read<wire.CustomerGroupRequest, wire.CustomerGroupResponse>(
		`${CONTACT}/groupchat/get`,
		92122,
		'group_chat',
	),

	uploadMedia: upload<wire.MediaUploadRequest, wire.MediaUploadResponse>(
		'/cgi-bin/media/upload',
		90253,
		'media_id',
	),
	uploadPicture: upload<object, wire.UploadImgResponse>('/cgi-bin/media/uploadimg', 90256, 'url'),
} as const;
