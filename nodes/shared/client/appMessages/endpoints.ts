import { endpointKinds } from '../core/endpoint';
import { customerErrorCodes } from '../customers/errorCodes';
import { mediaErrorCodes } from '../media/errorCodes';
import { appMessageErrorCodes } from './errorCodes';
import type {
	AppListResponse,
	AppMessageRequest,
	AppMessageResponse,
	RecallRequest,
} from './types';

const { readByQuery, idempotentWrite, nonIdempotentWrite } = endpointKinds(
	customerErrorCodes,
	mediaErrorCodes,
	appMessageErrorCodes,
);

export const appMessageEndpoints = {
	apps: readByQuery<object, AppListResponse>('/cgi-bin/agent/list', 90227),
	sendAppMessage: nonIdempotentWrite<AppMessageRequest, AppMessageResponse>(
		'/cgi-bin/message/send',
		90236,
		'errcode',
	),
	recallAppMessage: idempotentWrite<RecallRequest>('/cgi-bin/message/recall', 94867),
} as const;
