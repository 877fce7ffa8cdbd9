import { z } from 'zod';

import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { requiredString } from '../core/fields';
import { requireCustomer } from '../customers/lookups';
import { openKfId } from './accounts';
import type { Message } from './content';
import { content, msgidField, readMessage } from './content';
import type { Chat, CodeKind, Content, EventCode, KfAccount } from './model';
import { SESSION } from './model';
import {
	kfEndpoint,
	newMsgid,
	note,
	REPLIES,
	requireAccount,
	usableCode,
	WINDOW_SECONDS,
} from './state';

/** `fail_type` of the event (doc 94670). */
const FAIL = { windowOver: 4, overLimit: 6, rejected: 10 } as const;

/** What may be sent with a code (doc 95122). */
const allowedTypes: Readonly<Record<CodeKind, ReadonlyArray<Message['msgtype']>>> = {
	welcome: ['text', 'msgmenu'],
	pool: ['text'],
	human: ['text'],
	ended: ['text', 'msgmenu'],
};

/**
 * An app answers a customer: at most 5 times within 48 hours of the customer's last message, and only
 * while the session is new or with the assistant (doc 94677). Accepted is not delivered. The order of
 * the checks is an assumption: content, msgid, session, window, number (A121).
 */
export const sendMsg = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/send_msg',
		method: 'POST',
		doc: 94677,
		request: z.intersection(
			z.object({ touser: requiredString(40096), open_kfid: openKfId, msgid: msgidField }),
			content,
		),
		handle(call, body) {
			const account = requireAccount(call, body.open_kfid);
			const { externalUserid } = requireCustomer(call, body.touser);
			const read = readMessage(call.corp, body, call.now);
			if (isRepeated(call, account, body.msgid)) return { msgid: body.msgid };
			const chat = account.chats.get(externalUserid);
			if (!chat) throw new ApiError(95018);
			const failType = requireAllowed(call, chat);
			const { msgid } = send(call, account, chat, body, read, failType);
			chat.replies += 1;
			note(account, chat, { time: call.now, what: 'api_reply' });
			const isNew = chat.state === SESSION.new;
			if (isNew && call.world.settings.kfStateAfterReply === 'assistant') {
				chat.state = SESSION.assistant;
			}
			return { msgid };
		},
	}),
);

/**
 * The one message that a code of an event allows (doc 95122); it is outside the 5. A code that is
 * unknown, used or too old: 40058 (A122). Refused content leaves the code usable (A123).
 */
export const sendMsgOnEvent = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/send_msg_on_event',
		method: 'POST',
		doc: 95122,
		request: z.intersection(z.object({ code: requiredString(40063), msgid: msgidField }), content),
		handle(call, body) {
			const { corp, now } = call;
			const read = readMessage(corp, body, now);
			const code = usableCode(corp, body.code, now);
			if (!code) throw new ApiError(40058, 'invalid code');
			const account = requireAccount(call, code.account.openKfId);
			if (!allowedTypes[code.kind].includes(body.msgtype)) throw new ApiError(40008);
			if (isRepeated(call, account, body.msgid)) return { msgid: body.msgid };
			requireSameState(code);
			code.used = true;
			if (code.kind === 'welcome') code.chat.welcomedAt = now;
			return { msgid: send(call, account, code.chat, body, read).msgid };
		},
	}),
);

/** Whether the account has used the msgid; the refusal of it, if that is the setting (A100, A101). */
function isRepeated({ world }: Call, account: KfAccount, msgid?: string | null): boolean {
	if (!msgid || !account.usedMsgids.has(msgid)) return false;
	const { kfRepeatedMsgid, kfRepeatedMsgidCode } = world.settings;
	if (kfRepeatedMsgid === 'accepted') return true;
	throw new ApiError(kfRepeatedMsgidCode, 'msgid is repeated');
}

/** Why the message will not arrive although it is accepted, if that is the setting (A102). */
function requireAllowed({ world, now }: Call, chat: Chat): number | undefined {
	if (chat.state !== SESSION.new && chat.state !== SESSION.assistant) throw new ApiError(95018);
	const isOver = chat.lastMessageAt === undefined || now >= chat.lastMessageAt + WINDOW_SECONDS;
	if (!isOver && chat.replies < REPLIES) return undefined;
	switch (world.settings.kfOverLimit) {
		case 'refused':
			throw new ApiError(isOver ? 95002 : 95001);
		case 'refused_95026':
			throw new ApiError(95026);
		case 'fails':
			return isOver ? FAIL.windowOver : FAIL.overLimit;
	}
}

/** Except for the welcome, the session must still be where the code was given (doc 95122). */
function requireSameState({ kind, chat, state }: EventCode): void {
	if (kind !== 'welcome' && chat.state !== state) throw new ApiError(95018);
}

/** Puts the message into the chat, or makes it fail there. */
function send(
	{ world, now }: Call,
	account: KfAccount,
	chat: Chat,
	request: { msgid?: string | null; msgtype: string },
	read: Content,
	failType?: number,
): { msgid: string } {
	const msgid = request.msgid || newMsgid();
	account.usedMsgids.add(msgid);
	chat.entries.push({
		...{ msgid, time: now, from: 'app', msgtype: request.msgtype },
		...{ content: read, recalled: false },
	});
	const why = failType ?? (chat.blocked ? FAIL.rejected : undefined);
	if (why !== undefined) world.customerService.fail(account.openKfId, msgid, why);
	return { msgid };
}
