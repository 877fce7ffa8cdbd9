import type { IDataObject } from 'n8n-workflow';

import {
	REPLIES_PER_CUSTOMER_MESSAGE,
	REPLY_WINDOW_MS,
} from '../../shared/client/customerService/limits';
import { withNumbers } from '../../shared/client/core/utils';
import { ORIGIN, sessionOf } from '../../shared/client/customerService/messages';
import {
	CHANGED_SERVICER_STATUS,
	FAIL_TYPES,
	ORIGINS,
	SESSION_CHANGES,
	STOP_TYPES,
} from '../../shared/client/customerService/names';
import type { ServiceMessage } from '../../shared/client/customerService/types';
import { nameOf } from '../../shared/operation/format';
import { toIso } from '../../shared/operation/time';
import { mergedText } from './mergedText';

/** The numbers in events that have names. */
const NAMED = {
	change_type: SESSION_CHANGES,
	fail_type: FAIL_TYPES,
	status: CHANGED_SERVICER_STATUS,
	stop_type: STOP_TYPES,
} as const;

/** Types whose content is a file. */
const MEDIA_TYPES: ReadonlySet<unknown> = new Set(['image', 'voice', 'video', 'file']);

/**
 * The item for a message: the row as WeCom sends it, and beside it what answering takes. `sessionId` and `chatInput`
 * are the names that n8n's AI Agent and its memory look for.
 */
export function itemFor(message: ServiceMessage, timezone: string): IDataObject {
	const { origin, send_time, msgtype, event } = message;
	const { open_kfid, external_userid } = sessionOf(message);
	const isOfCustomer = origin === ORIGIN.customer;
	const replyEnd = isOfCustomer ? send_time + REPLY_WINDOW_MS / 1_000 : null;
	return {
		...(event && eventFields(event)),
		...(message as IDataObject),
		open_kfid,
		external_userid: external_userid ?? null,
		origin_name: nameOf(ORIGINS, origin),
		sent_at: toIso(send_time, timezone),
		sessionId: external_userid === undefined ? null : `${open_kfid}:${external_userid}`,
		chatInput: textIn(message),
		reply_until_unix: replyEnd,
		reply_until: toIso(replyEnd, timezone),
		replies_left: isOfCustomer ? REPLIES_PER_CUSTOMER_MESSAGE : null,
		...(msgtype === 'merged_msg' && { merged_text: mergedText(message.merged_msg) }),
	};
}

/** What an event carries inside, with names for its numbers, and the code that allows one message. */
function eventFields(event: NonNullable<ServiceMessage['event']>): IDataObject {
	const { welcome_code, msg_code } = event;
	const names = Object.entries(NAMED).flatMap(([field, table]) => {
		// In some samples a number is text.
		const value = withNumbers(event, field)[field];
		return typeof value === 'number' ? [[`${field}_name`, nameOf(table, value)]] : [];
	});
	return {
		...(event as IDataObject),
		...(Object.fromEntries(names) as IDataObject),
		event_code: ((welcome_code ?? msg_code) as string | undefined) || null,
	};
}

/** The text of a text message, which a click on a menu entry is too. */
function textIn({ msgtype, text }: ServiceMessage): string {
	const content = msgtype === 'text' ? (text as { content?: unknown } | undefined)?.content : '';
	return typeof content === 'string' ? content : '';
}

/** The media ID of an item's file; undefined for one without. */
export function mediaOf({ msgtype, ...json }: IDataObject): string | undefined {
	if (!MEDIA_TYPES.has(msgtype)) return undefined;
	const id = (json[String(msgtype)] as { media_id?: unknown } | undefined)?.media_id;
	return typeof id === 'string' && id !== '' ? id : undefined;
}
