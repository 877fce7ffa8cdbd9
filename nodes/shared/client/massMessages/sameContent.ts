import type { WeComClient } from '../core/client';
import { CANCELLED } from './errorCodes';
import { asError, WeComApiError } from '../core/errors';
import { mapConcurrently } from '../core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { memberKey } from '../customers/members';
import { isNotReady, listMassMessages, readMembers, readResults } from './records';
import type { AddMsgTemplateRequest, Attachment, ChatType, MassMessage } from './types';

/** A task of WeCom's list that carries the same content, and whom it is for. */
export interface SameContentTask {
	readonly msgid: string;
	/** Unix seconds of WeCom's clock. */
	readonly createdAt: number;
	/**
	 * The members who are asked to send it, by `memberKey`, each with the external user IDs of its part; for a group
	 * task with the chat IDs it was sent to so far (doc 93338). Undefined while WeCom is still handing the task out.
	 */
	readonly parts?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Tasks created between two times (Unix seconds) with the content and chat type of `task`, in the list's order. */
export async function findSameContent(
	client: WeComClient,
	task: AddMsgTemplateRequest,
	from: number,
	to: number,
	ignore: (msgid: string) => boolean,
): Promise<SameContentTask[]> {
	const wanted = contentKey(task);
	const found = new Map<string, number>();
	// 0: what members created by themselves is nobody's task (doc 93338).
	const filter = { chat_type: task.chat_type, filter_type: 0 } as const;
	for await (const page of listMassMessages(client, filter, from, to)) {
		for (const message of page) {
			if (contentKey(message) === wanted && !ignore(message.msgid)) {
				found.set(message.msgid, Number(message.create_time));
			}
		}
	}
	const tasks = await mapConcurrently(
		[...found],
		MAX_CONCURRENT_REQUESTS,
		async ([msgid, createdAt]) => {
			const parts = await readParts(client, msgid, task.chat_type);
			return parts === 'cancelled' ? undefined : { msgid, createdAt, parts };
		},
	);
	// A cancelled task does not stand in for another one.
	return tasks.filter((same) => same !== undefined);
}

async function readParts(
	client: WeComClient,
	msgid: string,
	chatType: ChatType,
): Promise<SameContentTask['parts'] | 'cancelled'> {
	try {
		const parts = new Map<string, Set<string>>();
		for (const { userid } of await readMembers(client, msgid)) {
			const rows = await readResults(client, msgid, userid);
			const ids = rows.map((row) => (chatType === 'group' ? row.chat_id : row.external_userid));
			parts.set(memberKey(userid), new Set(ids.filter((id) => id !== undefined)));
		}
		return parts.size === 0 ? undefined : parts;
	} catch (error) {
		if (isNotReady(error)) return undefined;
		if (error instanceof WeComApiError && error.errcode === CANCELLED) return 'cancelled';
		throw asError(error);
	}
}

/**
 * What stays of a message's content between the request that creates it and the list that shows it: media IDs
 * and picture URLs may come back changed, line ends and outer blanks too.
 */
export function contentKey(message: Pick<MassMessage, 'text' | 'attachments'>): string {
	const text = (message.text?.content ?? '').replace(/\r\n?/g, '\n').trim();
	return JSON.stringify([text, (message.attachments ?? []).map(stableContent)]);
}

function stableContent(attachment: Attachment): unknown[] {
	switch (attachment.msgtype) {
		case 'link':
			return ['link', attachment.link.title.trim(), attachment.link.url.trim()];
		case 'miniprogram':
			return ['miniprogram', attachment.miniprogram.appid, attachment.miniprogram.page];
		default:
			return [attachment.msgtype];
	}
}
