import { endpointKinds } from '../core/endpoint';
import { mediaErrorCodes } from '../media/errorCodes';
import { customerServiceErrorCodes } from './errorCodes';
import type {
	AccountId,
	AccountListRequest,
	AccountListResponse,
	AddAccountRequest,
	AddContactWayRequest,
	CustomersRequest,
	CustomersResponse,
	SendMessageRequest,
	SendMessageResponse,
	SendOnEventRequest,
	Servicer,
	ServicerResult,
	ServicersRequest,
	SessionId,
	SessionState,
	StatisticRequest,
	StatisticResponse,
	SyncRequest,
	SyncResponse,
	TransferSessionRequest,
	TransferSessionResponse,
	UpdateAccountRequest,
} from './types';

const { read, readByQuery, idempotentWrite, idempotentWriteReturning, nonIdempotentWrite } =
	endpointKinds(mediaErrorCodes, customerServiceErrorCodes);

export const customerServiceEndpoints = {
	serviceAccounts: read<AccountListRequest, AccountListResponse>('/cgi-bin/kf/account/list', 94706),
	addServiceAccount: nonIdempotentWrite<AddAccountRequest, AccountId>(
		'/cgi-bin/kf/account/add',
		94662,
		'open_kfid',
	),
	updateServiceAccount: idempotentWrite<UpdateAccountRequest>('/cgi-bin/kf/account/update', 94664),
	deleteServiceAccount: nonIdempotentWrite<AccountId, object>(
		'/cgi-bin/kf/account/del',
		94663,
		'errcode',
	),
	/** Every call gives a link that works, and no limit counts them. */
	serviceLink: idempotentWriteReturning<AddContactWayRequest, { url: string }>(
		'/cgi-bin/kf/add_contact_way',
		94665,
		'url',
	),
	servicers: readByQuery<AccountId, { servicer_list?: Servicer[] }>(
		'/cgi-bin/kf/servicer/list',
		94645,
	),
	addServicers: idempotentWriteReturning<ServicersRequest, { result_list?: ServicerResult[] }>(
		'/cgi-bin/kf/servicer/add',
		94646,
	),
	removeServicers: idempotentWriteReturning<ServicersRequest, { result_list?: ServicerResult[] }>(
		'/cgi-bin/kf/servicer/del',
		94647,
	),
	sessionState: read<SessionId, SessionState>(
		'/cgi-bin/kf/service_state/get',
		94669,
		'service_state',
	),
	transferSession: nonIdempotentWrite<TransferSessionRequest, TransferSessionResponse>(
		'/cgi-bin/kf/service_state/trans',
		94669,
		'errcode',
	),
	serviceCustomers: read<CustomersRequest, CustomersResponse>(
		'/cgi-bin/kf/customer/batchget',
		95159,
	),
	accountStatistic: read<StatisticRequest, StatisticResponse>(
		'/cgi-bin/kf/get_corp_statistic',
		95489,
	),
	servicerStatistic: read<StatisticRequest, StatisticResponse>(
		'/cgi-bin/kf/get_servicer_statistic',
		95490,
	),
	syncMessages: read<SyncRequest, SyncResponse>('/cgi-bin/kf/sync_msg', 94670),
	/** Idempotent through its `msgid`, which WeCom takes once per account. */
	sendServiceMessage: idempotentWriteReturning<SendMessageRequest, SendMessageResponse>(
		'/cgi-bin/kf/send_msg',
		94677,
		'errcode',
	),
	sendOnEvent: nonIdempotentWrite<SendOnEventRequest, SendMessageResponse>(
		'/cgi-bin/kf/send_msg_on_event',
		95122,
		'errcode',
	),
} as const;
