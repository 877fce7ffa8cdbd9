import { endpointKinds } from '../core/endpoint';
import { tagErrorCodes } from '../tags/errorCodes';
import { customerErrorCodes } from './errorCodes';
import type {
	CustomerIdsRequest,
	CustomerIdsResponse,
	CustomerRequest,
	CustomerResponse,
	CustomersByUserRequest,
	CustomersByUserResponse,
	FollowUserListResponse,
	MarkTagRequest,
	RemarkRequest,
} from './types';

const { read, readByQuery, idempotentWrite } = endpointKinds(customerErrorCodes, tagErrorCodes);

export const customerEndpoints = {
	members: readByQuery<object, FollowUserListResponse>(
		'/cgi-bin/externalcontact/get_follow_user_list',
		92571,
	),
	customerIds: readByQuery<CustomerIdsRequest, CustomerIdsResponse>(
		'/cgi-bin/externalcontact/list',
		92113,
	),
	customer: readByQuery<CustomerRequest, CustomerResponse>(
		'/cgi-bin/externalcontact/get',
		92114,
		'external_contact',
	),
	customersByMember: read<CustomersByUserRequest, CustomersByUserResponse>(
		'/cgi-bin/externalcontact/batch/get_by_user',
		92994,
	),
	remark: idempotentWrite<RemarkRequest>('/cgi-bin/externalcontact/remark', 92115),
	markTag: idempotentWrite<MarkTagRequest>('/cgi-bin/externalcontact/mark_tag', 92118),
} as const;
