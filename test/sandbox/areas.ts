import type { Endpoint } from './core/endpoint';
import { addMsgTemplate } from './massMessages/createTask';
import {
	batchGetByUser,
	getCustomer,
	getFollowUserList,
	listCustomers,
} from './customers/endpoints';
import { getGroup, listGroups } from './customerGroups/endpoints';
import { addCorpTag, delCorpTag, editCorpTag } from './tags/editTags';
import { markTag } from './tags/markTag';
import { getGroupmsgListV2 } from './massMessages/listTasks';
import {
	cancelGroupmsgSend,
	getGroupmsgSendResult,
	getGroupmsgTask,
	remindGroupmsgSend,
} from './massMessages/followTask';
import { getMedia, uploadImage, uploadMedia } from './media/endpoints';
import { remark } from './customers/remark';
import { getCorpTagList } from './tags/listTags';
import { sendWelcomeMsg } from './welcome/endpoints';
import { getApiDomainIp, getToken } from './auth/endpoints';

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

/** Everything this WeCom answers, by path. Any other path is 404 with an empty body (W 0.1). */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
	all.map((endpoint) => [endpoint.path, endpoint]),
);
