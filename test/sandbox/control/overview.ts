import type { LoggedRequest, RequestLog } from '../core/log';
import type { Customer, Member } from '../customers/model';
import { addedCustomersOf } from '../customers/actions';
import { groupWelcomesOf } from '../groupWelcome/model';
import { deliveriesOf } from '../massMessages/deliveries';
import type { Delivery, Task, TaskPart } from '../massMessages/model';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { World } from '../world/world';

/** How many of each the page shows at most; a large world has far more. */
const SHOWN_MEMBERS = 100;
const SHOWN_CUSTOMERS = 100;
const SHOWN_TASKS = 30;
const SHOWN_REQUESTS = 60;
/** How far back the page looks for them: polls that repeat themselves for days are many. */
const SEARCHED_REQUESTS = 5_000;
/** A poll may be several calls, which come again in the same order. */
const CALLS_OF_A_POLL = 3;

/** Everything that the page shows, in one small response. */
export function overview(world: World, log: RequestLog, corpId?: string): object {
	const corp = world.corps.get(corpId ?? '') ?? world.corp;
	const tasks = [...corp.tasks.values()].reverse();
	return {
		clock: { now: world.now(), frozen: world.clock.frozen },
		corps: [...world.corps.values()].map(({ corpId: id, name }) => ({ corpId: id, name })),
		corp: {
			corpId: corp.corpId,
			name: corp.name,
			secret: corp.apps.get(CALLABLE_AGENT_ID)?.secret ?? '',
			receiveLimit: corp.receiveLimit,
			members: corp.members.size,
			customers: corp.customers.size,
		},
		members: membersBy(tasks, corp).map((member) => memberCard(world, member, tasks)),
		customers: customersByLastEvent(world, corp).map((customer) =>
			customerCard(world, corp, customer),
		),
		requests: shownRequests(log.calls()),
	};
}

/** Members with tasks come first: they have something to do. */
function membersBy(tasks: readonly Task[], corp: Corp): Member[] {
	const busy = new Set(tasks.flatMap((task) => [...task.parts.keys()]));
	const members = [...corp.members.values()];
	return [
		...members.filter((member) => busy.has(member.userid)),
		...members.filter((member) => !busy.has(member.userid)),
	].slice(0, SHOWN_MEMBERS);
}

function memberCard(world: World, { userid, name, relations }: Member, tasks: readonly Task[]) {
	const own = tasks.flatMap((task) => {
		const part = task.parts.get(userid);
		return part ? [taskCard(world, task, part)] : [];
	});
	return { userid, name, customers: relations.length, tasks: own.slice(0, SHOWN_TASKS) };
}

function taskCard(world: World, task: Task, part: TaskPart): object {
	const { msgid, chatType, createType, text, attachments, createTime, reminders } = task;
	return {
		msgid,
		chatType,
		createType,
		text,
		attachments,
		createTime,
		reminders: reminders.length,
		ownerChooses: task.ownerChooses,
		recipients: part.recipients.length,
		sent: part.recipients.filter((recipient) => recipient.status === 1).length,
		state: taskState(world, task, part),
	};
}

function taskState(world: World, task: Task, part: TaskPart): string {
	if (task.cancelled) return 'cancelled';
	if (!world.isDispatched(task)) return 'dispatching';
	if (part.sentAt === undefined) return 'waiting';
	return part.recipients.some((recipient) => recipient.status === 0) ? 'partly sent' : 'sent';
}

/** Customers with something new come first: a message, a welcome, a member they have just added. */
function customersByLastEvent(world: World, corp: Corp): Customer[] {
	const lastEvents = new Map<Customer, number>();
	const note = (customer: Customer | undefined, time: number) => {
		if (customer) lastEvents.set(customer, Math.max(time, lastEvents.get(customer) ?? 0));
	};
	for (const [id, deliveries] of deliveriesOf(corp)) {
		note(corp.customers.get(id), deliveries.at(-1)?.time ?? 0);
	}
	for (const { externalUserid, sent } of world.welcomes.sent(corp)) {
		note(corp.customers.get(externalUserid), sent.time);
	}
	for (const { externalUserid, time } of groupWelcomesOf(corp)) {
		note(corp.customers.get(externalUserid), time);
	}
	for (const [customer, time] of addedCustomersOf(corp)) note(customer, time);
	const shown = new Set(
		[...lastEvents]
			.sort(([, a], [, b]) => b - a)
			.slice(0, SHOWN_CUSTOMERS)
			.map(([customer]) => customer),
	);
	for (const customer of corp.customers.values()) {
		if (shown.size >= SHOWN_CUSTOMERS) break;
		shown.add(customer);
	}
	return [...shown];
}

function customerCard(world: World, corp: Corp, customer: Customer): object {
	const { externalUserid, name, relations } = customer;
	const living = relations.filter(({ deleted }) => !deleted);
	return {
		externalUserid,
		name,
		members: living.map(({ member }) => member.name),
		contacts: living.map(({ member, state, remark, tagIds }) => ({
			userid: member.userid,
			name: member.name,
			state,
			remark,
			tagIds,
		})),
		received: received(world, corp, externalUserid).sort((a, b) => b.time - a.time),
	};
}

/** Everything that arrived at the customer, with where it came from. */
function received(world: World, corp: Corp, externalUserid: string) {
	const messages = (deliveriesOf(corp).get(externalUserid) ?? []).map(deliveryView);
	const welcomes = world.welcomes
		.sent(corp)
		.filter((welcome) => welcome.externalUserid === externalUserid)
		.map(({ userid, sent }) => ({ ...sent, userid, origin: `welcome from ${userid}` }));
	const groupWelcomes = groupWelcomesOf(corp)
		.filter((welcome) => welcome.externalUserid === externalUserid)
		.map(({ time, chatId, text, attachment }) => ({
			time,
			text,
			attachments: attachment ? [attachment] : [],
			origin: `welcome to ${corp.groups.get(chatId)?.name ?? chatId}`,
		}));
	return [...groupWelcomes, ...welcomes, ...messages.reverse()];
}

function deliveryView({ time, userid, createType, text, attachments }: Delivery) {
	return { time, userid, createType, text, attachments, origin: `from ${userid}` };
}

/** Newest first. Calls that come again and again with the same outcome are one row, so that they push out nothing. */
function shownRequests(calls: readonly LoggedRequest[]): object[] {
	const rows: Array<{ newest: LoggedRequest; count: number }> = [];
	for (const call of calls.slice(-SEARCHED_REQUESTS).reverse()) {
		const row = rows.slice(-CALLS_OF_A_POLL).find(({ newest }) => isRepeated(newest, call));
		if (row) row.count += 1;
		else if (rows.length === SHOWN_REQUESTS) break;
		else rows.push({ newest: call, count: 1 });
	}
	return rows.map(({ newest, count }) => ({ ...requestRow(newest), count }));
}

function isRepeated(a: LoggedRequest, b: LoggedRequest): boolean {
	const asked = ({ query, body }: LoggedRequest) => JSON.stringify([query, body]);
	return (
		a.method === b.method &&
		a.path === b.path &&
		a.status === b.status &&
		a.errcode === b.errcode &&
		a.fault === b.fault &&
		asked(a) === asked(b)
	);
}

/** Without the bodies: a task of 10,000 customers would fill the page. */
function requestRow({ seq, time, method, path, status, errcode, fault }: LoggedRequest): object {
	return { seq, time, method, path, status, errcode, fault };
}
