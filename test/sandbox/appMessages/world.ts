import type { App } from '../auth/model';
import { HOUR, MINUTE } from '../core/calendar';
import { randomId } from '../core/ids';
import type { Settings } from '../settings';
import type { Corp } from '../world/corp';
import { perCorp } from '../world/corp';
import type { AppMessage } from './model';

/** Everybody belongs to the root department. */
const ROOT_DEPARTMENT = 1;

interface AppMessagesState {
	readonly messages: Map<string, AppMessage>;
	/** By app and request: for the check for duplicates. */
	readonly checked: Map<string, AppMessage>;
	/** Departments and tags of the address book: user IDs by ID. */
	readonly departments: Map<number, ReadonlySet<string>>;
	readonly memberTags: Map<number, ReadonlySet<string>>;
}

const stateOf = perCorp<AppMessagesState>(() => ({
	messages: new Map(),
	checked: new Map(),
	departments: new Map(),
	memberTags: new Map(),
}));

/** What one member's phone shows. */
export interface Phone {
	/** Oldest first; recalled ones stay, marked. */
	readonly messages: readonly AppMessage[];
	/** Messages that were dropped because the member got too many. */
	readonly dropped: number;
}

/** The application messages of a member. */
export function phoneOf(corp: Corp, userid: string): Phone {
	const all = [...stateOf(corp).messages.values()];
	return {
		messages: all.filter(({ receivers }) => receivers.has(userid)),
		dropped: all.filter(({ dropped }) => dropped.has(userid)).length,
	};
}

export function findAppMessage(corp: Corp, msgid: string): AppMessage | undefined {
	return stateOf(corp).messages.get(msgid);
}

/** Sets who is in a department of the address book. The root department, 1, has everybody. */
export function setDepartment(corp: Corp, id: number, userids: readonly string[]): void {
	stateOf(corp).departments.set(id, new Set(userids));
}

/** Sets who has a tag of the address book. */
export function setMemberTag(corp: Corp, id: number, userids: readonly string[]): void {
	stateOf(corp).memberTags.set(id, new Set(userids));
}

/** The members in the department; undefined if there is none of that ID. */
export function membersOfDepartment(corp: Corp, id: number): ReadonlySet<string> | undefined {
	const { departments } = stateOf(corp);
	return id === ROOT_DEPARTMENT ? new Set(corp.members.keys()) : departments.get(id);
}

/** The members with the tag; undefined if there is none of that ID. */
export function membersWithTag(corp: Corp, id: number): ReadonlySet<string> | undefined {
	return stateOf(corp).memberTags.get(id);
}

type NewMessage = Pick<AppMessage, 'msgtype' | 'content'> & { to: readonly string[]; time: number };

/** The message arrives at everybody who has not got too many lately. */
export function deliver(
	corp: Corp,
	app: App,
	{ to, time, msgtype, content }: NewMessage,
	settings: Settings,
): AppMessage {
	const flooded = to.filter((userid) => isFlooded(corp, app, userid, time, settings));
	const dropped = new Set(flooded);
	const message: AppMessage = {
		msgid: randomId(43),
		agentId: app.agentId,
		from: app.name,
		msgtype,
		content,
		time,
		receivers: new Set(to.filter((userid) => !dropped.has(userid))),
		dropped,
	};
	stateOf(corp).messages.set(message.msgid, message);
	return message;
}

/** The limits look back from each message; what was dropped does not count (A131). */
function isFlooded(
	corp: Corp,
	{ agentId }: App,
	userid: string,
	now: number,
	settings: Settings,
): boolean {
	const times = [...stateOf(corp).messages.values()]
		.filter((message) => message.agentId === agentId && message.receivers.has(userid))
		.map(({ time }) => time);
	const since = (seconds: number) => times.filter((time) => time > now - seconds).length;
	return (
		since(MINUTE) >= settings.appMessagesPerMinute || since(HOUR) >= settings.appMessagesPerHour
	);
}

/** The message of the same app and the same request within these seconds, if there is one. */
export function findDuplicate(
	corp: Corp,
	app: App,
	request: object,
	{ now, seconds }: { now: number; seconds: number },
): AppMessage | undefined {
	const earlier = stateOf(corp).checked.get(keyOf(app, request));
	return earlier && now < earlier.time + seconds ? earlier : undefined;
}

/** Only messages that asked for the check are compared, and the interval counts from the one sent (A132). */
export function rememberForCheck(corp: Corp, app: App, request: object, message: AppMessage): void {
	stateOf(corp).checked.set(keyOf(app, request), message);
}

function keyOf({ agentId }: App, request: object): string {
	return JSON.stringify([agentId, request]);
}
