import { endpointKinds } from '../core/endpoint';
import { customerErrorCodes } from '../customers/errorCodes';
import { customerGroupErrorCodes } from './errorCodes';
import type {
	CustomerGroupListRequest,
	CustomerGroupListResponse,
	CustomerGroupRequest,
	CustomerGroupResponse,
} from './types';

const { read } = endpointKinds(customerErrorCodes, customerGroupErrorCodes);

export const customerGroupEndpoints = {
	customerGroups: read<CustomerGroupListRequest, CustomerGroupListResponse>(
		'/cgi-bin/externalcontact/groupchat/list',
		92120,
	),
	customerGroup: read<CustomerGroupRequest, CustomerGroupResponse>(
		'/cgi-bin/externalcontact/groupchat/get',
		92122,
		'group_chat',
	),
} as const;
