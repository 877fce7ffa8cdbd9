import { endpointKinds } from '../core/endpoint';
import { tagErrorCodes } from './errorCodes';
import type {
	AddCorpTagRequest,
	AddCorpTagResponse,
	CorpTagListRequest,
	CorpTagListResponse,
	DelCorpTagRequest,
	EditCorpTagRequest,
} from './types';

const { read, idempotentWrite, nonIdempotentWrite } = endpointKinds(tagErrorCodes);

export const tagEndpoints = {
	tags: read<CorpTagListRequest, CorpTagListResponse>(
		'/cgi-bin/externalcontact/get_corp_tag_list',
		92117,
	),
	addTags: nonIdempotentWrite<AddCorpTagRequest, AddCorpTagResponse>(
		'/cgi-bin/externalcontact/add_corp_tag',
		92117,
		'tag_group',
	),
	editTag: idempotentWrite<EditCorpTagRequest>('/cgi-bin/externalcontact/edit_corp_tag', 92117),
	deleteTags: nonIdempotentWrite<DelCorpTagRequest, object>(
		'/cgi-bin/externalcontact/del_corp_tag',
		92117,
		'errcode',
	),
} as const;
