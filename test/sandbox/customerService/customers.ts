import { z } from 'zod';

import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { refuse, requiredString } from '../core/fields';
import { requireCustomer } from '../customers/lookups';
import type { Customer } from '../customers/model';
import type { Corp } from '../world/corp';
import { openKfId } from './accounts';
import type { Chat } from './model';
import { kfEndpoint, kfOf, livingAccounts, note, requireAccount, WINDOW_SECONDS } from './state';

/** Who customers are, and how they entered last within 48 hours (doc 95159). */
export const batchGetCustomers = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/customer/batchget',
		method: 'POST',
		doc: 95159,
		emptyFields: { customer_list: [] },
		request: z.object({
			external_userid_list: z
				.array(z.string(), { required_error: refuse(40063) })
				.min(1, refuse(40063))
				.max(100),
			need_enter_session_context: z.union([z.literal(0), z.literal(1)]).nullish(),
		}),
		handle({ corp, now }, request) {
			const withContext = request.need_enter_session_context === 1;
			const ids = [...new Set(request.external_userid_list)];
			const known = ids.flatMap((id) => {
				const customer = corp.customers.get(id);
				const chats = chatsOf(corp, id);
				return customer && chats.length > 0 ? [{ customer, chats }] : [];
			});
			const knownIds = new Set(known.map(({ customer }) => customer.externalUserid));
			return {
				customer_list: known.map(({ customer, chats }) => ({
					...customerView(customer),
					...(withContext ? contextView(chats, now) : {}),
				})),
				// A124: also those who never entered.
				invalid_external_userid: ids.filter((id) => !knownIds.has(id)),
			};
		},
	}),
);

/** Whom servicers may recommend, as the admin says (doc 94763). */
export const getUpgradeServiceConfig = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/customer/get_upgrade_service_config',
		method: 'GET',
		doc: 94763,
		request: z.object({}),
		handle({ corp }) {
			const { userids, chatIds } = kfOf(corp).upgradeRange;
			return {
				member_range: { userid_list: userids, department_id_list: [] },
				groupchat_range: { chat_id_list: chatIds },
			};
		},
	}),
);

const wording = z.string().nullish();
const target = z.discriminatedUnion('type', [
	z.object({ type: z.literal(1), member: z.object({ userid: z.string(), wording }) }),
	z.object({ type: z.literal(2), groupchat: z.object({ chat_id: z.string(), wording }) }),
]);
const pair = z.object({ open_kfid: openKfId, external_userid: requiredString(40096) });

/** Marks a recommendation for the servicer; the customer gets nothing (doc 94763). */
export const upgradeService = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/customer/upgrade_service',
		method: 'POST',
		doc: 94763,
		request: z.intersection(pair, target),
		handle(call, request) {
			const { userids, chatIds } = kfOf(call.corp).upgradeRange;
			const configured =
				request.type === 1
					? userids.includes(request.member.userid)
					: chatIds.includes(request.groupchat.chat_id);
			const { account, chat } = requireChat(call, request);
			if (!configured) throw new ApiError(95021);
			chat.upgraded = true;
			note(account, chat, { time: call.now, what: 'upgraded' });
			return {};
		},
	}),
);

/** Takes the mark away (doc 94763). */
export const cancelUpgradeService = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/customer/cancel_upgrade_service',
		method: 'POST',
		doc: 94763,
		request: pair,
		handle(call, request) {
			requireChat(call, request).chat.upgraded = false;
			return {};
		},
	}),
);

/** A customer who never entered has no chat to mark: 95013 (A125). */
function requireChat(call: Call, request: z.output<typeof pair>) {
	const account = requireAccount(call, request.open_kfid);
	const { externalUserid } = requireCustomer(call, request.external_userid);
	const chat = account.chats.get(externalUserid);
	if (!chat) throw new ApiError(95013);
	return { account, chat };
}

function chatsOf(corp: Corp, externalUserid: string): Chat[] {
	return livingAccounts(corp).flatMap((account) => account.chats.get(externalUserid) ?? []);
}

function customerView({ externalUserid, name, gender, unionid }: Customer): object {
	return {
		external_userid: externalUserid,
		nickname: name,
		avatar: `https://pictures.example/${externalUserid}/0`,
		gender,
		...(unionid === undefined ? {} : { unionid }),
	};
}

function contextView(chats: readonly Chat[], now: number): object {
	const entries = chats
		.flatMap(({ entered }) => entered ?? [])
		.filter(({ at }) => now < at + WINDOW_SECONDS)
		.sort((a, b) => b.at - a.at);
	const [last] = entries;
	return last ? { enter_session_context: last.context } : {};
}
