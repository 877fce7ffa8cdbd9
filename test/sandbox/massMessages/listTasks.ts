import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { DAY } from '../core/calendar';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { cursor, limit, refuse } from '../core/fields';
import { stableId } from '../core/ids';
import {
	isRepeatedAtBorder,
	pageSize,
	pointsBeyondEnd,
	readCursor,
	writeCursor,
} from '../core/paging';
import { sees } from '../customers/lookups';
import type { Settings } from '../settings';
import type { Attachment, Task } from './model';

const PAGES = { default: 50, max: 100, aboveMax: 'default' } as const;

/** A missing chat_type or time answers 40063, "some parameters are empty" (A64). */
const time = z.number({ required_error: refuse(40063) }).int();

/** The tasks of a time range (doc 93338). */
export const getGroupmsgListV2 = endpoint({
	path: '/cgi-bin/externalcontact/get_groupmsg_list_v2',
	method: 'POST',
	doc: 93338,
	emptyFields: { group_msg_list: [] },
	request: z.object({
		chat_type: z.enum(['single', 'group'], {
			errorMap: ({ code }, { defaultError }) => ({
				message: code === 'invalid_type' ? refuse(40063) : defaultError,
			}),
		}),
		start_time: time,
		end_time: time,
		creator: z.string().nullish(),
		filter_type: z.union([z.literal(0), z.literal(1), z.literal(2)]).nullish(),
		limit,
		cursor,
	}),
	handle(call, body) {
		const { settings } = call.world;
		// How long "1 month" is: A5. A longer span has no documented code (A48).
		const span = body.end_time - body.start_time;
		if (span < 0 || span > settings.listSpanDays * DAY) throw new ApiError(600018);

		const filterType = body.filter_type ?? 2;
		// No order is documented (A4).
		const newestFirst = settings.listOrder === 'newest_first';
		const scope = JSON.stringify([
			'list',
			body.chat_type,
			body.start_time,
			body.end_time,
			body.creator ?? '',
			filterType,
		]);
		// The cursor names a task of the page before, so tasks created meanwhile move nothing.
		const after = readCursor(scope, body.cursor);
		const comesLater = (task: Task) =>
			after === undefined || (newestFirst ? order(task, after) < 0 : order(task, after) > 0);

		const size = pageSize(body.limit, PAGES);
		// Both ends of the time range belong to it (A52).
		const tasks = listed(call).filter(
			(task) =>
				task.chatType === body.chat_type &&
				task.createTime >= body.start_time &&
				task.createTime <= body.end_time &&
				(!body.creator || task.creator === body.creator) &&
				(filterType === 2 || task.createType === filterType) &&
				comesLater(task),
		);
		tasks.sort((a, b) => order(a, place(b)));
		if (newestFirst) tasks.reverse();
		const page = tasks.slice(0, size);
		const last = page.at(isRepeatedAtBorder(size, settings) ? -2 : -1);
		const more = tasks.length > size || pointsBeyondEnd(page.length, size, settings);
		return {
			next_cursor: more && last ? writeCursor(scope, place(last)) : '',
			group_msg_list: page.map((task) => listRow(task, settings)),
		};
	},
});

/** `create_time` counts seconds; tasks of the same second keep the order in which they came in (A77). */
function order(task: Task, [createTime = 0, seq = 0]: readonly number[]): number {
	return task.createTime - createTime || task.seq - seq;
}

function place({ createTime, seq }: Task): readonly number[] {
	return [createTime, seq];
}

/** Tasks of this app and the personal ones of members it sees (A32), once the index has them (A2). */
function listed({ world, corp, app, now }: Call): Task[] {
	return [...corp.tasks.values()].filter((task) => {
		const visible =
			task.agentId === app.agentId || (task.creator !== undefined && sees(app, task.creator));
		return visible && now >= task.createTime + world.settings.listDelaySeconds;
	});
}

/** `create_time` is a number or a numeric string (doc 93338, A8). */
function listRow(task: Task, settings: Settings): object {
	return {
		msgid: task.msgid,
		...(task.creator === undefined ? {} : { creator: task.creator }),
		create_time: settings.createTimeAsString ? String(task.createTime) : task.createTime,
		create_type: task.createType,
		...(task.text === undefined ? {} : { text: { content: task.text } }),
		attachments: task.attachments.map((each) => listedAttachment(each, settings.listMediaIds)),
		...task.wire?.listed,
	};
}

/** The shapes of the request (doc 93338, A3); links have all their fields, as in the sample. */
function listedAttachment(
	{ msgtype, content }: Attachment,
	mediaIds: Settings['listMediaIds'],
): object {
	const shown: Record<string, string> =
		msgtype === 'link' ? { title: '', picurl: '', desc: '', url: '', ...content } : { ...content };
	// An image never has both; media_id is preferred (doc 93338).
	if (shown.media_id !== undefined) delete shown.pic_url;
	for (const key of ['media_id', 'pic_media_id']) {
		const mediaId = shown[key];
		if (mediaId === undefined || mediaIds === 'same') continue;
		if (mediaIds === 'dropped') delete shown[key];
		else shown[key] = stableId('msg', 'listed', mediaId).slice(3);
	}
	return { msgtype, [msgtype]: shown };
}
