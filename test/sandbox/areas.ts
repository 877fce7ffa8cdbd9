import { getApiDomainIp, getToken } from './auth/endpoints';
import type { Endpoint } from './core/endpoint';
import { getGroup, listGroups } from './customerGroups/endpoints';
import {
	batchGetByUser,
	getCustomer,
	getFollowUserList,
	listCustomers,
} from './customers/endpoints';
import { remark } from './customers/remark';
import { addMsgTemplate } from './massMessages/createTask';
import {
	cancelGroupmsgSend,
	getGroupmsgSendResult,
	getGroupmsgTask,
	remindGroupmsgSend,
} from './massMessages/followTask';
import { getGroupmsgListV2 } from './massMessages/listTasks';
import { getMedia, uploadImage, uploadMedia } from './media/endpoints';
import { addCorpTag, delCorpTag, editCorpTag } from './tags/editTags';
import { getCorpTagList } from './tags/listTags';
import { markTag } from './tags/markTag';
import { sendWelcomeMsg } from './welcome/endpoints';

const all: readonly Endpoint[] = [
	getToken,
	getApiDomainIp,
	addMsgTemplate,
	getGroupmsgListV2,
	getGroupmsgTask,
	getGroupmsgSendResult,
	remindGroupmsgSend,
	cancelGroupmsgSend,
	getFollowUserList,
	listCustomers,
	getCustomer,
	batchGetByUser,
	remark,
	getCorpTagList,
	addCorpTag,
	editCorpTag,
	delCorpTag,
	markTag,
	listGroups,
	getGroup,
	uploadMedia,
	uploadImage,
	getMedia,
	sendWelcomeMsg,
];

/** Everything this WeCom answers, by path. Any other path is 404 with an empty body (observed 2026-09). */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
	all.map((endpoint) => [endpoint.path, endpoint]),
);
