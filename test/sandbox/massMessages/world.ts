import type { Corp } from '../world/corp';
import { sees } from '../world/corp';
import type {
	App,
	Attachment,
	Delivery,
	RecipientResult,
	Relation,
	Task,
	TaskPart,
} from '../world/model';
import { atReceiveLimit } from './receiveLimit';

export interface NewTask {
	agentId?: number;
	createType: 0 | 1;
	creator?: string;
	chatType: 'single' | 'group';
	text?: string;
	attachments: readonly Attachment[];
	allowSelect: boolean;
	ownerChooses: boolean;
	/** userid -> external_userids or chat_ids */
	recipients: ReadonlyMap<string, readonly string[]>;
}

export function createTask(corp: Corp, init: NewTask, now: number): Task {
	const { recipients, ...rest } = init;
	const parts = new Map<string, TaskPart>();
	for (const [userid, ids] of recipients) {
		parts.set(userid, { userid, recipients: ids.map((id) => ({ id, status: 0 })) });
	}
	const msgid = corp.newId('msg');
	const task: Task = {
		...rest,
		seq: corp.nextNumber(),
		msgid,
		createTime: now,
		parts,
		cancelled: false,
		reminders: [],
	};
	corp.tasks.set(msgid, task);
	return task;
}

/**
 * Per customer the member who last talked with him (doc 92135), among the relations given.
 * Of two who talked in the same second it is the one who added him first (A18).
 */
export function lastTalking(relations: readonly Relation[]): Relation | undefined {
	return relations.reduce<Relation | undefined>(
		(best, relation) =>
			best === undefined || relation.lastInteraction > best.lastInteraction ? relation : best,
		undefined,
	);
}

/** Relations of the customer on which this app may act. */
export function actionable(app: App, relations: readonly Relation[]): Relation[] {
	return relations.filter(
		(relation) =>
			!relation.deleted && relation.member.customerContact && sees(app, relation.member.userid),
	);
}

export interface Confirmation {
	sent: number;
	notFriend: number;
	overLimit: number;
}

/**
 * The member presses "send" on the phone; with `only`, for these recipients alone. Either way the
 * member has acted: his status is 2, and the others' results stay 0 until he confirms again (A59).
 */
export function confirmPart(
	corp: Corp,
	task: Task,
	part: TaskPart,
	now: number,
	only?: readonly string[],
): Confirmation {
	if (task.ownerChooses) chooseGroups(corp, part, only);
	const chosen = only && new Set(only);
	const outcome: Confirmation = { sent: 0, notFriend: 0, overLimit: 0 };
	for (const recipient of part.recipients) {
		if (recipient.status !== 0 || (chosen && !chosen.has(recipient.id))) continue;
		recipient.status = deliver(corp, task, part.userid, recipient, now);
		if (recipient.status === 1) outcome.sent += 1;
		if (recipient.status === 2) outcome.notFriend += 1;
		if (recipient.status === 3) outcome.overLimit += 1;
	}
	part.sentAt ??= now;
	return outcome;
}

/** doc 92135: a group task with a sender only gets its groups when the owner picks them. */
function chooseGroups(corp: Corp, part: TaskPart, only: readonly string[] | undefined): void {
	const known = new Set(part.recipients.map((recipient) => recipient.id));
	for (const group of corp.groups.values()) {
		if (group.owner !== part.userid || known.has(group.chatId)) continue;
		if (only === undefined || only.includes(group.chatId)) {
			part.recipients.push({ id: group.chatId, status: 0 });
		}
	}
}

function deliver(
	corp: Corp,
	task: Task,
	userid: string,
	recipient: RecipientResult,
	now: number,
): 1 | 2 | 3 {
	const reachable =
		task.chatType === 'single'
			? corp.relation(userid, recipient.id) !== undefined
			: corp.groups.get(recipient.id)?.owner === userid;
	if (!reachable) return 2;
	if (atReceiveLimit(corp, recipient.id, now)) return 3;
	recipient.sentAt = now;
	const delivery: Delivery = {
		time: now,
		msgid: task.msgid,
		userid,
		createType: task.createType,
		text: task.text,
		attachments: task.attachments,
	};
	const received = corp.deliveries.get(recipient.id);
	if (received) received.push(delivery);
	else corp.deliveries.set(recipient.id, [delivery]);
	return 1;
}
