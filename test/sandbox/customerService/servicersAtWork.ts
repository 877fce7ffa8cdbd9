import type { Chat, Content, KfAccount, ServicerStatus, SessionState } from './model';
import { SESSION } from './model';
import { chatOf, issueCode, newMsgid, note } from './state';
import type { CustomerService } from './world';
import type { Written } from './written';
import { onTheWire } from './written';

/** `change_type` of the event (doc 94670). */
const CHANGE = { taken: 1, transferred: 2, ended: 3, reopened: 4 } as const;

/**
 * What servicers do in the WeCom client. Only they cause `session_status_change`; what an app does by
 * `service_state/trans` has no event (A116).
 */
export class ServicersAtWork {
	constructor(private readonly service: CustomerService) {}

	/** Takes the customer from the pool. */
	take(openKfId: string, externalUserid: string, userid: string): void {
		const { account, chat } = this.find(openKfId, externalUserid, SESSION.pool);
		requireServicer(account, userid);
		this.assign(account, chat, userid);
		this.changed(account, chat, CHANGE.taken, {
			new_servicer_userid: userid,
			msg_code: this.code(account, chat, 'human'),
		});
	}

	/** Hands the customer to another servicer. */
	transfer(openKfId: string, externalUserid: string, userid: string): void {
		const { account, chat } = this.find(openKfId, externalUserid, SESSION.human);
		requireServicer(account, userid);
		const before = chat.servicerUserid;
		this.assign(account, chat, userid);
		this.changed(account, chat, CHANGE.transferred, {
			old_servicer_userid: before,
			new_servicer_userid: userid,
		});
	}

	/** Ends the session; the event's code allows a closing message. */
	end(openKfId: string, externalUserid: string): void {
		const { account, chat } = this.find(openKfId, externalUserid, SESSION.human);
		chat.state = SESSION.ended;
		this.changed(account, chat, CHANGE.ended, {
			old_servicer_userid: chat.servicerUserid,
			msg_code: this.code(account, chat, 'ended'),
		});
	}

	/** Goes on with a session that has ended. */
	reopen(openKfId: string, externalUserid: string, userid: string): void {
		const { account, chat } = this.find(openKfId, externalUserid, SESSION.ended);
		requireServicer(account, userid);
		const before = chat.servicerUserid;
		if (before === undefined) throw new Error(`No servicer has served ${externalUserid} before`);
		this.assign(account, chat, userid);
		this.changed(account, chat, CHANGE.reopened, {
			old_servicer_userid: before,
			new_servicer_userid: userid,
		});
	}

	/** Writes to the customer whom the servicer serves; gives the msgid. */
	write(openKfId: string, externalUserid: string, userid: string, written: Written): string {
		const { account, chat } = this.find(openKfId, externalUserid, SESSION.human);
		if (chat.servicerUserid !== userid) {
			throw new Error(`${externalUserid} is served by ${chat.servicerUserid}, not ${userid}`);
		}
		const { corp } = this.service.locate(openKfId);
		const time = this.service.world.now();
		const wire = onTheWire(corp, written, time);
		const msgid = newMsgid();
		note(account, chat, { time, what: 'servicer_reply', userid });
		const { msgtype, content } = wire;
		chat.entries.push({
			...{ msgid, time, from: 'servicer', userid },
			...{ msgtype, content, recalled: false },
		});
		this.service.addRow(corp, account, {
			...{ msgid, sendTime: time, origin: 5, externalUserid, servicerUserid: userid },
			...wire,
		});
		return msgid;
	}

	/** Starts to take customers, stops, or suspends it. The event counts from 1, the list from 0. */
	setStatus(openKfId: string, userid: string, status: ServicerStatus): void {
		const { corp, account } = this.service.locate(openKfId);
		if (!account.servicers.has(userid)) throw new Error(`${userid} is no servicer of the account`);
		account.servicers.set(userid, status);
		this.service.addEvent(corp, account, {
			event_type: 'servicer_status_change',
			servicer_userid: userid,
			status: status === 'receiving' ? 1 : 2,
			...(status === 'receiving' ? {} : { stop_type: status === 'stopped' ? 0 : 1 }),
			open_kfid: openKfId,
		});
	}

	/** Rejects what the customer writes, or no longer. Rejected messages reach nobody (A117). */
	setRejected(openKfId: string, externalUserid: string, userid: string, rejected: boolean): void {
		const { corp, account } = this.service.locate(openKfId);
		chatOf(account, externalUserid).rejected = rejected;
		this.service.addEvent(corp, account, {
			event_type: 'reject_customer_msg_switch_change',
			servicer_userid: userid,
			open_kfid: openKfId,
			external_userid: externalUserid,
			reject_switch: rejected ? 1 : 0,
		});
	}

	private find(openKfId: string, externalUserid: string, state: SessionState) {
		const { account } = this.service.locate(openKfId);
		const chat = chatOf(account, externalUserid);
		if (chat.state !== state) {
			throw new Error(`The session of ${externalUserid} is in state ${chat.state}, not ${state}`);
		}
		return { account, chat };
	}

	private assign(account: KfAccount, chat: Chat, userid: string): void {
		chat.state = SESSION.human;
		chat.servicerUserid = userid;
		note(account, chat, { time: this.service.world.now(), what: 'assigned', userid });
	}

	private code(account: KfAccount, chat: Chat, kind: 'human' | 'ended'): string {
		const { corp } = this.service.locate(account.openKfId);
		return issueCode(corp, account, chat, kind, this.service.world.now());
	}

	private changed(
		account: KfAccount,
		chat: Chat,
		changeType: (typeof CHANGE)[keyof typeof CHANGE],
		more: Content,
	): void {
		const { corp } = this.service.locate(account.openKfId);
		this.service.addEvent(corp, account, {
			event_type: 'session_status_change',
			open_kfid: account.openKfId,
			external_userid: chat.externalUserid,
			change_type: changeType,
			...more,
		});
	}
}

function requireServicer(account: KfAccount, userid: string): void {
	const status = account.servicers.get(userid);
	if (status !== 'receiving') {
		throw new Error(`${userid} is ${status ?? 'no servicer'}, and takes no customers`);
	}
}
