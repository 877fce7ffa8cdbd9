import { ApiError } from '../core/apiError';
import { DAY, HOUR, MINUTE } from '../core/calendar';
import type { AppEndpoint, Call } from '../core/endpoint';
import { randomId, stableId } from '../core/ids';
import type { Corp } from '../world/corp';
import { perCorp } from '../world/corp';
import type { Chat, CodeKind, EventCode, JournalEntry, KfAccount, Row } from './model';
import { SESSION } from './model';

/** Messages can be read for 3 days (doc 94670). */
export const KEPT_SECONDS = 3 * DAY;

/** The customer's last message opens 48 hours for 5 replies (doc 94677). */
export const WINDOW_SECONDS = 48 * HOUR;
export const REPLIES = 5;

/** Of a callback's token (doc 94670). */
const TOKEN_SECONDS = 10 * MINUTE;

/** How long a code allows its message (doc 95122). */
const CODE_SECONDS: Readonly<Record<CodeKind, number>> = {
	welcome: 20,
	pool: 48 * HOUR,
	human: 48 * HOUR,
	ended: 20,
};

/** What a corp has of customer service. */
interface KfState {
	/** The admin's switch for the whole interface (95017). */
	apiOpen: boolean;
	/** Only a verified corp has more than 10 accounts (95027). */
	verified: boolean;
	/** Whom the admin lets recommend: members and customer groups (95021). */
	readonly upgradeRange: { userids: string[]; chatIds: string[] };
	readonly accounts: Map<string, KfAccount>;
	readonly codes: Map<string, EventCode>;
	readonly tokens: Map<string, { account: KfAccount; issuedAt: number }>;
	/** Counts what needs a number. */
	sequence: number;
}

export const kfOf = perCorp<KfState>(() => ({
	apiOpen: true,
	verified: true,
	upgradeRange: { userids: [], chatIds: [] },
	accounts: new Map(),
	codes: new Map(),
	tokens: new Map(),
	sequence: 0,
}));

/** A new account, managed by these apps. */
export function addAccount(corp: Corp, name: string, agentIds: readonly number[]): KfAccount {
	const number = nextNumber(corp);
	const account: KfAccount = {
		openKfId: stableId('wk', corp.corpId, 'kf', number),
		number,
		name,
		avatar: `https://pictures.example/kf/${number}/0`,
		deleted: false,
		managedBy: new Set(agentIds),
		servicers: new Map(),
		departments: new Set(),
		rows: [],
		chats: new Map(),
		links: new Map(),
		usedMsgids: new Set(),
		journal: [],
	};
	kfOf(corp).accounts.set(account.openKfId, account);
	return account;
}

export function nextNumber(corp: Corp): number {
	const state = kfOf(corp);
	state.sequence += 1;
	return state.sequence;
}

export function livingAccounts(corp: Corp): KfAccount[] {
	return [...kfOf(corp).accounts.values()].filter((account) => !account.deleted);
}

/** The chat of the two, which begins when the customer first enters. */
export function chatOf(account: KfAccount, externalUserid: string): Chat {
	const known = account.chats.get(externalUserid);
	if (known) return known;
	const chat: Chat = {
		externalUserid,
		state: SESSION.ended,
		session: 0,
		replies: 0,
		blocked: false,
		rejected: false,
		upgraded: false,
		entries: [],
	};
	account.chats.set(externalUserid, chat);
	return chat;
}

export function note(
	account: KfAccount,
	chat: Chat,
	entry: Pick<JournalEntry, 'time' | 'what' | 'userid'>,
): void {
	const { externalUserid, session } = chat;
	account.journal.push({ ...entry, externalUserid, session });
}

/** 32 characters that no other message has. */
export function newMsgid(): string {
	return randomId(32);
}

/** Adds an event to what `sync_msg` reads. */
export function eventRow(time: number, event: Row['content']): Row {
	return { msgid: newMsgid(), sendTime: time, origin: 4, msgtype: 'event', content: event };
}

export function issueCode(
	corp: Corp,
	account: KfAccount,
	chat: Chat,
	kind: CodeKind,
	now: number,
): string {
	const code = randomId(43);
	const { state } = chat;
	kfOf(corp).codes.set(code, { kind, account, chat, issuedAt: now, state, used: false });
	return code;
}

/** The code, while it allows its message; undefined: unknown, of another corp, used or too old. */
export function usableCode(corp: Corp, code: string, now: number): EventCode | undefined {
	const known = kfOf(corp).codes.get(code);
	if (!known || known.used) return undefined;
	return now < known.issuedAt + CODE_SECONDS[known.kind] ? known : undefined;
}

/** The token of a callback about this account. */
export function issueToken(corp: Corp, account: KfAccount, now: number): string {
	const token = `ENC${randomId(61)}`;
	kfOf(corp).tokens.set(token, { account, issuedAt: now });
	return token;
}

export function isTokenValid(corp: Corp, account: KfAccount, token: string, now: number): boolean {
	const known = kfOf(corp).tokens.get(token);
	return known?.account === account && now < known.issuedAt + TOKEN_SECONDS;
}

/** 95004: no such account; 48007: another app manages it. A missing ID is for the schema (95000). */
export function requireAccount({ corp, app }: Call, openKfId: string): KfAccount {
	const account = kfOf(corp).accounts.get(openKfId);
	if (!account || account.deleted) throw new ApiError(95004);
	if (!account.managedBy.has(app.agentId)) throw new ApiError(48007);
	return account;
}

/**
 * An endpoint of customer service. The list of apps that may call it is the one of customer contact
 * (48002), and the switch of the whole interface (95017) comes after the parameters (A110).
 */
export function kfEndpoint(definition: AppEndpoint): AppEndpoint {
	return {
		...definition,
		handle(call, input) {
			if (!kfOf(call.corp).apiOpen) throw new ApiError(95017);
			return definition.handle(call, input);
		},
	};
}
