import { endpointKinds } from '../core/endpoint';
import { massMessageErrorCodes } from '../massMessages/errorCodes';
import { mediaErrorCodes } from '../media/errorCodes';
import { welcomeErrorCodes } from './errorCodes';
import type {
	AddTemplateRequest,
	EditTemplateRequest,
	SendWelcomeRequest,
	TemplateContent,
	TemplateId,
} from './types';

const { read, idempotentWrite, nonIdempotentWrite } = endpointKinds(
	massMessageErrorCodes,
	mediaErrorCodes,
	welcomeErrorCodes,
);

const TEMPLATES = '/cgi-bin/externalcontact/group_welcome_template';

export const welcomeEndpoints = {
	sendWelcome: nonIdempotentWrite<SendWelcomeRequest, object>(
		'/cgi-bin/externalcontact/send_welcome_msg',
		92137,
		'errcode',
	),
	addTemplate: nonIdempotentWrite<AddTemplateRequest, TemplateId>(
		`${TEMPLATES}/add`,
		92366,
		'template_id',
	),
	editTemplate: idempotentWrite<EditTemplateRequest>(`${TEMPLATES}/edit`, 92366),
	getTemplate: read<TemplateId, TemplateContent>(`${TEMPLATES}/get`, 92366),
	deleteTemplate: nonIdempotentWrite<TemplateId, object>(`${TEMPLATES}/del`, 92366, 'errcode'),
} as const;
