import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import type { Chat, KfAccount } from './model';
import { SESSION } from './model';
import { livingAccounts, REPLIES, WINDOW_SECONDS } from './state';

const SHOWN_CHATS = 50;
const SHOWN_ENTRIES = 100;

/** Everything that the page shows of customer service. */
export function customerServiceView(world: World, corpId?: string): object {
	const corp = world.corps.get(corpId ?? '') ?? world.corp;
	const accounts = livingAccounts(corp);
	return {
		accounts: accounts.map((account) => accountView(corp, account)),
		chats: accounts
			.flatMap((account) => [...account.chats.values()].map((chat) => ({ account, chat })))
			.sort((a, b) => lastTime(b.chat) - lastTime(a.chat))
			.slice(0, SHOWN_CHATS)
			.map(({ account, chat }) => ({
				...{ open_kfid: account.openKfId, account: account.name },
				...{ name: corp.customers.get(chat.externalUserid)?.name ?? chat.externalUserid },
				...chatView(world, chat),
			})),
		customers: [...corp.customers.values()]
			.slice(0, SHOWN_CHATS)
			.map(({ externalUserid, name }) => ({ external_userid: externalUserid, name })),
	};
}

function accountView(corp: Corp, account: KfAccount): object {
	return {
		open_kfid: account.openKfId,
		name: account.name,
		servicers: [...account.servicers].map(([userid, status]) => ({
			...{ userid, status },
			name: corp.members.get(userid)?.name ?? userid,
		})),
	};
}

/** A chat as the customer sees it, and where it stands. */
export function chatView(world: World, chat: Chat): object {
	const { externalUserid, state, session, servicerUserid, blocked, rejected, entries } = chat;
	const { lastMessageAt } = chat;
	const end = lastMessageAt === undefined ? undefined : lastMessageAt + WINDOW_SECONDS;
	const open = end !== undefined && world.now() < end;
	return {
		external_userid: externalUserid,
		service_state: state,
		started: session > 0,
		servicer_userid: state === SESSION.human ? servicerUserid : null,
		replies_left: open ? Math.max(0, REPLIES - chat.replies) : 0,
		window_ends_at: end ?? null,
		blocked,
		rejected,
		messages: entries.slice(-SHOWN_ENTRIES),
	};
}

function lastTime({ entries, entered }: Chat): number {
	return entries.at(-1)?.time ?? entered?.at ?? 0;
}
