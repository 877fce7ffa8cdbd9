import type { CallbackDelivery } from '../callbacks/world';
import type { Corp } from '../world/corp';
import { perCorp } from '../world/corp';
import type { World } from '../world/world';
import { consoleWelcomesOf } from '../welcome/world';
import type { Customer, Member, Relation } from './model';

/** Whoever adds whom is a pair; calls name it by these two. */
export interface Pair {
	userid: string;
	externalUserid: string;
}

export interface NewContact {
	userid: string;
	/** Of a customer who exists; otherwise a new one is made. */
	externalUserid?: string;
	/** Of a new customer. */
	name?: string;
	/** The channel: of a contact way, or the `customer_channel` of an acquisition link (doc 92130). */
	state?: string;
	addWay?: number;
	/** The two have talked before the member accepts. */
	chatStarted?: boolean;
	/** The member's chats are archived, and the customer has not agreed yet (doc 92005). */
	awaitsConsent?: boolean;
}

/** QR code (doc 92114). */
const DEFAULT_ADD_WAY = 1;

/** Customers who have added a member, with when they last did: Unix seconds. */
export const addedCustomersOf = perCorp(() => new Map<Customer, number>());

/** Additions without verification that the member has not accepted, with their welcome codes. */
const halfAdded = perCorp(() => new Map<string, { state: string; code?: string }>());

/**
 * A customer adds a member by a contact way that needs no verification, and the member has not
 * accepted yet. Until then they are no contacts for the calls (A87).
 */
export function addHalf(world: World, corp: Corp, contact: NewContact) {
	const { member, customer } = strangers(corp, contact);
	const pair = { userid: member.userid, externalUserid: customer.externalUserid };
	const { state = '' } = contact;
	const code = welcomeCode(world, corp, pair, customer, contact);
	halfAdded(corp).set(key(pair), { state, code });
	addedCustomersOf(corp).set(customer, world.now());
	const delivery = emit(world, corp, 'add_half_external_contact', pair, state, code);
	return { ...pair, welcomeCode: code, delivery };
}

/** A customer and a member become contacts; or the member accepts whom `addHalf` left waiting. */
export function addContact(world: World, corp: Corp, contact: NewContact) {
	const { member, customer } = strangers(corp, contact);
	const pair = { userid: member.userid, externalUserid: customer.externalUserid };
	const half = halfAdded(corp).get(key(pair));
	halfAdded(corp).delete(key(pair));
	const state = contact.state ?? half?.state ?? '';
	corp.befriend(member, customer, {
		createTime: world.now(),
		state,
		addWay: contact.addWay ?? DEFAULT_ADD_WAY,
	});
	const welcomed = half?.code !== undefined && world.welcomes.isUsed(half.code);
	const code = welcomed ? undefined : welcomeCode(world, corp, pair, customer, contact);
	addedCustomersOf(corp).set(customer, world.now());
	const delivery = emit(world, corp, 'add_external_contact', pair, state, code);
	if (!welcomed) {
		world.welcomes.sendFromConsole(corp, pair.userid, pair.externalUserid, world.now());
	}
	return { ...pair, welcomeCode: code, delivery };
}

/** The customer agrees to chat archiving, which gives the app a code that works (doc 92005). */
export function agreeToArchiving(world: World, corp: Corp, pair: Pair) {
	const { userid, externalUserid } = pair;
	requireRelation(corp, pair);
	const code = world.welcomes.issue(corp, userid, externalUserid, world.now());
	const delivery = emit(world, corp, 'msg_audit_approved', pair, '', code);
	return { welcomeCode: code, delivery };
}

/** One of the two deletes the other; either way they are no contacts any more (A88). */
export function deleteContact(
	world: World,
	corp: Corp,
	pair: Pair,
	by: 'member' | 'customer' | 'transfer',
): CallbackDelivery {
	requireRelation(corp, pair).deleted = true;
	if (by === 'customer') return emit(world, corp, 'del_follow_user', pair);
	const { userid, externalUserid } = pair;
	const source = by === 'transfer' ? 'DELETE_BY_TRANSFER' : undefined;
	const nodes = { UserID: userid, ExternalUserID: externalUserid, Source: source };
	return world.callbacks.emit({ ...CONTACT, changeType: 'del_external_contact', nodes }, corp);
}

export interface ContactEdit {
	remark?: string;
	description?: string;
	remarkCompany?: string;
	remarkMobiles?: string[];
	addTags?: string[];
	removeTags?: string[];
}

/** A member edits a customer in the app. Phone numbers alone cause no event (doc 92277; A89). */
export function editContact(
	world: World,
	corp: Corp,
	pair: Pair,
	{ addTags = [], removeTags = [], ...fields }: ContactEdit,
): CallbackDelivery | undefined {
	const relation = requireRelation(corp, pair);
	for (const tagId of addTags) {
		if (!corp.livingTag(tagId)) throw new Error(`There is no tag ${tagId}`);
	}
	const given = Object.entries(fields).filter(([, value]) => value !== undefined);
	Object.assign(relation, Object.fromEntries(given));
	const kept = relation.tagIds.filter((tagId) => !removeTags.includes(tagId));
	relation.tagIds = [...new Set([...kept, ...addTags])];
	const isNoticed =
		addTags.length + removeTags.length > 0 || given.some(([name]) => name !== 'remarkMobiles');
	return isNoticed ? emit(world, corp, 'edit_external_contact', pair, relation.state) : undefined;
}

/** The takeover of a customer by another member fails. */
export function failTransfer(
	world: World,
	corp: Corp,
	{ userid, externalUserid }: Pair,
	reason: 'customer_refused' | 'customer_limit_exceed',
): CallbackDelivery {
	const nodes = { UserID: userid, ExternalUserID: externalUserid, FailReason: reason };
	return world.callbacks.emit({ ...CONTACT, changeType: 'transfer_fail', nodes }, corp);
}

const CONTACT = { event: 'change_external_contact' };

/** An empty State is left out, as in the calls (A65). */
function emit(
	world: World,
	corp: Corp,
	changeType: string,
	{ userid, externalUserid }: Pair,
	state = '',
	code?: string,
): CallbackDelivery {
	const nodes = {
		UserID: userid,
		ExternalUserID: externalUserid,
		State: state === '' ? undefined : state,
		WelcomeCode: code,
	};
	return world.callbacks.emit({ ...CONTACT, changeType, nodes }, corp);
}

/**
 * No code when the two have talked already, for WeCom users of other companies, and when the console
 * has a welcome text for the member (doc 92130).
 */
function welcomeCode(
	world: World,
	corp: Corp,
	{ userid, externalUserid }: Pair,
	{ type }: Customer,
	{ chatStarted, awaitsConsent }: NewContact,
): string | undefined {
	if (chatStarted || type === 2 || consoleWelcomesOf(corp).has(userid)) return undefined;
	return world.welcomes.issue(corp, userid, externalUserid, world.now(), { awaitsConsent });
}

function strangers(
	corp: Corp,
	{ userid, externalUserid, name = 'New customer' }: NewContact,
): { member: Member; customer: Customer } {
	const member = corp.members.get(userid);
	if (!member) throw new Error(`There is no member ${userid}`);
	if (!member.customerContact) throw new Error(`${userid} may not have customers`);
	if (externalUserid === undefined) {
		return { member, customer: corp.addCustomer({ externalUserid: corp.newId('wm'), name }) };
	}
	const customer = corp.customers.get(externalUserid);
	if (!customer) throw new Error(`There is no customer ${externalUserid}`);
	if (corp.relation(userid, externalUserid)) {
		throw new Error(`${externalUserid} is a customer of ${userid} already`);
	}
	return { member, customer };
}

function requireRelation(corp: Corp, { userid, externalUserid }: Pair): Relation {
	const relation = corp.relation(userid, externalUserid);
	if (!relation) throw new Error(`${externalUserid} is not a customer of ${userid}`);
	return relation;
}

function key({ userid, externalUserid }: Pair): string {
	return `${userid} ${externalUserid}`;
}
