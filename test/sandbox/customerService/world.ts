import { stableId } from '../core/ids';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { World } from '../world/world';
import { Bell } from './bell';
import type { Entrance } from './entrance';
import { contextOf, isWelcome } from './entrance';
import type { Chat, ChatEntry, Content, KfAccount, Row } from './model';
import { SESSION } from './model';
import {
	addAccount,
	chatOf,
	eventRow,
	issueCode,
	issueToken,
	kfOf,
	newMsgid,
	nextNumber,
	note,
} from './state';
import { moveSession } from './serviceState';
import { ServicersAtWork } from './servicersAtWork';
import type { Written } from './written';
import { onTheWire } from './written';

/** What customers, servicers and the admin do in customer service. */
export class CustomerService {
	readonly bell: Bell;
	/** What servicers do in the WeCom client. */
	readonly servicers = new ServicersAtWork(this);

	constructor(readonly world: World) {
		this.bell = new Bell(world);
	}

	// What the admin does

	/** Creates an account in the admin console, for the callable app to manage. */
	addAccount(name: string, userids: readonly string[] = [], corp = this.world.corp): KfAccount {
		const account = addAccount(corp, name, [CALLABLE_AGENT_ID]);
		for (const userid of userids) account.servicers.set(userid, 'receiving');
		return account;
	}

	/** Lets the app manage the account, or no longer (48007); the app hears of it (doc 97712). */
	setManaged(openKfId: string, agentId: number, managed: boolean): void {
		const { corp, account } = this.locate(openKfId);
		if (account.managedBy.has(agentId) === managed) return;
		if (managed) account.managedBy.add(agentId);
		else account.managedBy.delete(agentId);
		if (agentId !== CALLABLE_AGENT_ID) return;
		const nodes = { [managed ? 'AuthAddOpenKfId' : 'AuthDelOpenKfId']: openKfId };
		this.world.callbacks.emit({ event: 'kf_account_auth_change', nodes }, corp);
	}

	/** Opens the whole interface or closes it (95017). */
	setApiOpen(open: boolean, corp = this.world.corp): void {
		kfOf(corp).apiOpen = open;
	}

	/** An unverified corp may have 10 accounts (95027). */
	setVerified(verified: boolean, corp = this.world.corp): void {
		kfOf(corp).verified = verified;
	}

	/** Whom servicers may recommend: members and customer groups (95021). */
	setUpgradeRange(range: { userids?: string[]; chatIds?: string[] }, corp = this.world.corp): void {
		const known = kfOf(corp).upgradeRange;
		if (range.userids) known.userids = range.userids;
		if (range.chatIds) known.chatIds = range.chatIds;
	}

	// What customers do

	/** Somebody on WeChat whom no member of the corp knows. */
	addWeChatUser(name: string, corp = this.world.corp): string {
		const externalUserid = stableId('wm', corp.corpId, 'wechat', nextNumber(corp));
		return corp.addCustomer({ externalUserid, name }).externalUserid;
	}

	/** Opens the chat on WeChat. The code for a welcome comes with the event, if there is one. */
	enter(openKfId: string, externalUserid: string, entrance: Entrance = {}): string | undefined {
		const { corp, account } = this.locate(openKfId);
		requireCustomer(corp, externalUserid);
		const chat = chatOf(account, externalUserid);
		const now = this.world.now();
		const context = contextOf(account, entrance);
		chat.entered = { at: now, context };
		const code = isWelcome(chat, now) ? issueCode(corp, account, chat, 'welcome', now) : undefined;
		this.addEvent(corp, account, {
			event_type: 'enter_session',
			open_kfid: openKfId,
			external_userid: externalUserid,
			...context,
			...(code === undefined ? {} : { welcome_code: code }),
		});
		return code;
	}

	/** Writes to the account; gives the msgid, undefined when a servicer rejects the customer. */
	write(openKfId: string, externalUserid: string, written: Written): string | undefined {
		const { corp, account } = this.locate(openKfId);
		requireCustomer(corp, externalUserid);
		const wire = onTheWire(corp, written, this.world.now());
		return this.fromCustomer(corp, account, chatOf(account, externalUserid), wire);
	}

	/** Taps an item of a menu that an app or a servicer sent: its text is written, with its ID. */
	clickMenu(
		openKfId: string,
		externalUserid: string,
		msgid: string,
		id: string,
	): string | undefined {
		const { corp, account } = this.locate(openKfId);
		const chat = chatOf(account, externalUserid);
		const menu = chat.entries.find((entry) => entry.msgid === msgid && entry.msgtype === 'msgmenu');
		const items = (menu?.content.list ?? []) as Array<{ click?: { id?: string; content: string } }>;
		const item = items.find(({ click }) => click && (click.id ?? click.content) === id)?.click;
		if (!item) throw new Error(`Message ${msgid} has no menu item ${id} to click`);
		const content = { content: item.content, menu_id: item.id ?? '' };
		const restores = this.world.settings.kfMenuClickRestores;
		return this.fromCustomer(corp, account, chat, { msgtype: 'text', content }, restores);
	}

	/** Recalls a message of the customer or of a servicer; whose it was tells the event. */
	recall(openKfId: string, msgid: string): void {
		const { corp, account } = this.locate(openKfId);
		const { chat, entry } = entryOf(account, msgid);
		if (entry.from !== 'customer' && entry.from !== 'servicer') {
			throw new Error(`Message ${msgid} was not written by a person`);
		}
		entry.recalled = true;
		this.addEvent(corp, account, {
			event_type: entry.from === 'customer' ? 'user_recall_msg' : 'servicer_recall_msg',
			open_kfid: openKfId,
			external_userid: chat.externalUserid,
			recall_msgid: msgid,
			...(entry.userid === undefined ? {} : { servicer_userid: entry.userid }),
		});
	}

	/** Rejects what the account sends, or no longer: accepted messages fail (`msg_send_fail`, 10). */
	setBlocked(openKfId: string, externalUserid: string, blocked: boolean): void {
		chatOf(this.locate(openKfId).account, externalUserid).blocked = blocked;
	}

	// What the app and the platform do

	/** An app hands the customer to a servicer, or to the pool, as by `service_state/trans`. */
	handOver(openKfId: string, externalUserid: string, userid?: string): void {
		const { world } = this;
		const { corp, account } = this.locate(openKfId);
		const chat = chatOf(account, externalUserid);
		const state = userid === undefined ? SESSION.pool : SESSION.human;
		moveSession({ world, corp, now: world.now() }, account, chat, state, userid);
	}

	/** A message that was accepted never reaches the customer (doc 94670). */
	fail(openKfId: string, msgid: string, failType: number): void {
		const { corp, account } = this.locate(openKfId);
		const { chat, entry } = entryOf(account, msgid);
		entry.failType = failType;
		this.addEvent(corp, account, {
			event_type: 'msg_send_fail',
			open_kfid: openKfId,
			external_userid: chat.externalUserid,
			fail_msgid: msgid,
			fail_type: failType,
		});
	}

	/** A token as a callback brings it, for who reads without one. */
	issueToken(openKfId: string): string {
		const { corp, account } = this.locate(openKfId);
		return issueToken(corp, account, this.world.now());
	}

	/** What the customer sees on WeChat, oldest first. */
	chat(openKfId: string, externalUserid: string): Chat {
		return chatOf(this.locate(openKfId).account, externalUserid);
	}

	// What the rest of the area needs

	locate(openKfId: string): { corp: Corp; account: KfAccount } {
		for (const corp of this.world.corps.values()) {
			const account = kfOf(corp).accounts.get(openKfId);
			if (account && !account.deleted) return { corp, account };
		}
		throw new Error(`There is no customer service account ${openKfId}`);
	}

	addEvent(corp: Corp, account: KfAccount, event: Content): void {
		this.addRow(corp, account, eventRow(this.world.now(), event));
	}

	/** What `sync_msg` reads next; the bell rings for it. */
	addRow(corp: Corp, account: KfAccount, row: Row): void {
		account.rows.push(row);
		this.bell.ring(corp, account);
	}

	private fromCustomer(
		corp: Corp,
		account: KfAccount,
		chat: Chat,
		wire: Pick<Row, 'msgtype' | 'content' | 'silkMediaId'>,
		restores = true,
	): string | undefined {
		const now = this.world.now();
		if (chat.rejected) {
			note(account, chat, { time: now, what: 'rejected_message' });
			return undefined;
		}
		if (chat.state === SESSION.ended) {
			chat.state = SESSION.new;
			chat.session = nextNumber(corp);
			chat.servicerUserid = undefined;
			note(account, chat, { time: now, what: 'session' });
		}
		if (restores) {
			chat.lastMessageAt = now;
			chat.replies = 0;
		}
		const msgid = newMsgid();
		const { externalUserid, servicerUserid: userid } = chat;
		note(account, chat, { time: now, what: 'customer_message', userid });
		const { msgtype, content } = wire;
		chat.entries.push({ msgid, time: now, from: 'customer', msgtype, content, recalled: false });
		this.addRow(corp, account, { msgid, sendTime: now, origin: 3, externalUserid, ...wire });
		return msgid;
	}
}

function entryOf(account: KfAccount, msgid: string): { chat: Chat; entry: ChatEntry } {
	for (const chat of account.chats.values()) {
		const entry = chat.entries.find((each) => each.msgid === msgid);
		if (entry) return { chat, entry };
	}
	throw new Error(`There is no message ${msgid}`);
}

function requireCustomer(corp: Corp, externalUserid: string): void {
	if (!corp.customers.has(externalUserid))
		throw new Error(`There is no customer ${externalUserid}`);
}
