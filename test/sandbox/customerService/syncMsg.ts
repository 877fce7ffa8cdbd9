import { z } from 'zod';

import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { maxBytes } from '../core/fields';
import { isRepeatedAtBorder, readCursor, writeCursor } from '../core/paging';
import { openKfId } from './accounts';
import type { KfAccount, Row } from './model';
import { isTokenValid, kfEndpoint, KEPT_SECONDS, requireAccount } from './state';

const MAX_ROWS = 1000;

/**
 * The messages and events of one account, oldest first, from the cursor on; without one from the oldest
 * that is kept, 3 days (doc 94670). What apps send is not among them. The cursor stays usable at the
 * end, where it waits for what comes; `has_more` alone tells whether to go on.
 */
export const syncMsg = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/sync_msg',
		method: 'POST',
		doc: 94670,
		emptyFields: { msg_list: [] },
		request: z.object({
			open_kfid: openKfId,
			cursor: z.string().refine(maxBytes(64)).nullish(),
			token: z.string().refine(maxBytes(128)).nullish(),
			limit: z.number().int().min(0).max(MAX_ROWS).nullish(),
			voice_format: z.union([z.literal(0), z.literal(1)]).nullish(),
		}),
		handle(call, { open_kfid: id, cursor, token, limit, voice_format: voiceFormat }) {
			const account = requireAccount(call, id);
			admit(call, account, token);
			const { settings } = call.world;
			const scope = `kf${account.number}`;
			const [position = 0, emptyPageSeen = 0] = readCursor(scope, cursor) ?? [];
			const { rows } = account;
			const oldest = rows.findIndex((row) => call.now < row.sendTime + KEPT_SECONDS);
			const start = Math.max(position, oldest === -1 ? rows.length : oldest);
			if (settings.kfEmptyPages && !emptyPageSeen && start < rows.length) {
				// A108
				return { next_cursor: writeCursor(scope, [start, 1]), has_more: 1, msg_list: [] };
			}
			const size = Math.min(limit || MAX_ROWS, settings.kfPageRows);
			const end = Math.min(start + size, rows.length);
			const hasMore = end < rows.length;
			const next = hasMore && isRepeatedAtBorder(size, settings) ? end - 1 : end;
			return {
				next_cursor: writeCursor(scope, [next]),
				has_more: hasMore ? 1 : 0,
				msg_list: rows.slice(start, end).map((row) => rowView(account, row, voiceFormat === 1)),
			};
		},
	}),
);

/** With the callback's token at once (95007 when it is too old), without it only so often (A106). */
function admit({ world, corp, now }: Call, account: KfAccount, token?: string | null): void {
	if (token) {
		if (!isTokenValid(corp, account, token, now)) throw new ApiError(95007);
		return;
	}
	const perMinute = world.settings.kfSyncsPerMinuteWithoutToken;
	const limits = { callsPerMinute: perMinute, callsPerHour: perMinute * 60 };
	const name = `sync_msg without token ${account.openKfId}`;
	if (!world.rateLimiter.admit(corp.corpId, name, now, limits)) throw new ApiError(45009);
}

/** An event names account and customer inside, a message beside its content (doc 94670). */
function rowView(account: KfAccount, row: Row, silk: boolean): object {
	const { msgid, sendTime, origin, msgtype, content } = row;
	const named = { [msgtype]: silk && row.silkMediaId ? { media_id: row.silkMediaId } : content };
	if (origin === 4) return { msgid, send_time: sendTime, origin, msgtype, ...named };
	return {
		msgid,
		open_kfid: account.openKfId,
		external_userid: row.externalUserid,
		send_time: sendTime,
		origin,
		...(origin === 5 ? { servicer_userid: row.servicerUserid } : {}),
		msgtype,
		...named,
	};
}
