import { endpointKinds } from '../core/endpoint';
import { customerGroupErrorCodes } from '../customerGroups/errorCodes';
import { customerErrorCodes } from '../customers/errorCodes';
import { mediaErrorCodes } from '../media/errorCodes';
import { tagErrorCodes } from '../tags/errorCodes';
import { massMessageErrorCodes } from './errorCodes';
import type {
	AddMsgTemplateRequest,
	AddMsgTemplateResponse,
	MassMessageListRequest,
	MassMessageListResponse,
	MassMessageMembersRequest,
	MassMessageMembersResponse,
	MassMessageResultsRequest,
	MassMessageResultsResponse,
	MsgIdRequest,
} from './types';

const { read, idempotentWrite, nonIdempotentWrite } = endpointKinds(
	customerErrorCodes,
	customerGroupErrorCodes,
	tagErrorCodes,
	mediaErrorCodes,
	massMessageErrorCodes,
);

export const massMessageEndpoints = {
	createMassMessage: nonIdempotentWrite<AddMsgTemplateRequest, AddMsgTemplateResponse>(
		'/cgi-bin/externalcontact/add_msg_template',
		92135,
		'msgid',
	),
	remindMembers: nonIdempotentWrite<MsgIdRequest, object>(
		'/cgi-bin/externalcontact/remind_groupmsg_send',
		97610,
		'errcode',
	),
	cancelMassMessage: idempotentWrite<MsgIdRequest>(
		'/cgi-bin/externalcontact/cancel_groupmsg_send',
		97611,
	),
	massMessages: read<MassMessageListRequest, MassMessageListResponse>(
		'/cgi-bin/externalcontact/get_groupmsg_list_v2',
		93338,
	),
	massMessageMembers: read<MassMessageMembersRequest, MassMessageMembersResponse>(
		'/cgi-bin/externalcontact/get_groupmsg_task',
		93338,
	),
	massMessageResults: read<MassMessageResultsRequest, MassMessageResultsResponse>(
		'/cgi-bin/externalcontact/get_groupmsg_send_result',
		93338,
	),
} as const;
