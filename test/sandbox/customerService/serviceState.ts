import { z } from 'zod';

import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { requiredString } from '../core/fields';
import { requireCustomer } from '../customers/lookups';
import type { Settings } from '../settings';
import { openKfId } from './accounts';
import type { Chat, CodeKind, KfAccount, SessionState } from './model';
import { SESSION } from './model';
import { issueCode, kfEndpoint, note, requireAccount } from './state';

/** Where each state may go (doc 94669). That 1 and 2 may go to 4 is a setting (A105). */
const transitions: Readonly<Record<SessionState, readonly SessionState[]>> = {
	[SESSION.new]: [SESSION.assistant, SESSION.pool, SESSION.human, SESSION.ended],
	[SESSION.assistant]: [SESSION.pool, SESSION.human, SESSION.ended],
	[SESSION.pool]: [SESSION.human, SESSION.ended],
	[SESSION.human]: [SESSION.human, SESSION.ended],
	[SESSION.ended]: [],
};

/** The code that a change gives, for its message (doc 95122). */
const codeKinds: Partial<Record<SessionState, CodeKind>> = {
	[SESSION.pool]: 'pool',
	[SESSION.human]: 'human',
	[SESSION.ended]: 'ended',
};

const customerId = requiredString(40096);

/** The state, and who serves; a customer who never wrote is in state 4 (A118; doc 94669). */
export const getServiceState = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/service_state/get',
		method: 'POST',
		doc: 94669,
		request: z.object({ open_kfid: openKfId, external_userid: customerId }),
		handle(call, { open_kfid: id, external_userid: externalUserid }) {
			const account = requireAccount(call, id);
			requireCustomer(call, externalUserid);
			const chat = account.chats.get(externalUserid);
			const state = chat?.state ?? SESSION.ended;
			return {
				service_state: state,
				...(state === SESSION.human ? { servicer_userid: chat?.servicerUserid } : {}),
			};
		},
	}),
);

/** Moves the session, by the table of its page (doc 94669). */
export const transServiceState = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/service_state/trans',
		method: 'POST',
		doc: 94669,
		request: z.object({
			open_kfid: openKfId,
			external_userid: customerId,
			service_state: z.nativeEnum(SESSION),
			servicer_userid: z.string().nullish(),
		}),
		handle(call, request) {
			const account = requireAccount(call, request.open_kfid);
			const { externalUserid } = requireCustomer(call, request.external_userid);
			const chat = account.chats.get(externalUserid);
			if (!chat) throw new ApiError(95013);
			const target = request.service_state;
			const code = moveSession(call, account, chat, target, request.servicer_userid);
			return code === undefined ? {} : { msg_code: code };
		},
	}),
);

/** Moves the session to another state, and gives the code of the change, if it has one. */
export function moveSession(
	{ world, corp, now }: Pick<Call, 'world' | 'corp' | 'now'>,
	account: KfAccount,
	chat: Chat,
	target: SessionState,
	servicerUserid?: string | null,
): string | undefined {
	requireTransition(chat, target, world.settings);
	const before = chat.state;
	if (target === SESSION.human) {
		const userid = requireReceiving(account, servicerUserid);
		chat.servicerUserid = userid;
		note(account, chat, { time: now, what: 'assigned', userid });
	}
	chat.state = target;
	const kind = codeKinds[target];
	// Only the first change to a state gives its code: not one from human to human.
	if (!kind || before === target) return undefined;
	return issueCode(corp, account, chat, kind, now);
}

/** 95013: over; 95016: not allowed from here. */
function requireTransition(chat: Chat, target: SessionState, settings: Settings): void {
	if (chat.state === SESSION.ended) throw new ApiError(95013);
	const straightToEnd =
		target === SESSION.ended &&
		(chat.state === SESSION.assistant || chat.state === SESSION.pool) &&
		!settings.kfEndWithoutHuman;
	if (straightToEnd || !transitions[chat.state].includes(target)) throw new ApiError(95016);
}

/** 95014: not a servicer of the account; 95019: takes no customers now. */
function requireReceiving(account: KfAccount, userid: string | null | undefined): string {
	const status = account.servicers.get(userid ?? '');
	if (!userid || !status) throw new ApiError(95014);
	if (status !== 'receiving') throw new ApiError(95019);
	return userid;
}
