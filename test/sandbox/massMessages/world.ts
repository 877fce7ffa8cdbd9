import type { Corp } from '../world/corp';
import { addDelivery, atReceiveLimit } from './deliveries';
import type { Attachment, RecipientResult, Task, TaskPart, Wire } from './model';

/** A task before it has an ID. */
export interface NewTask {
	agentId?: number;
	createType: 0 | 1;
	creator?: string;
	chatType: 'single' | 'group';
	text?: string;
	attachments: readonly Attachment[];
	allowSelect: boolean;
	ownerChooses: boolean;
	/** userid → external_userids or chat_ids */
	recipients: ReadonlyMap<string, readonly string[]>;
	wire?: Wire;
}

/** Creates the task; `now` is Unix seconds. */
export function addTask(corp: Corp, init: NewTask, now: number): Task {
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

/** How many recipients ended with which result. */
export interface Confirmation {
	sent: number;
	notFriend: number;
	overLimit: number;
}

/**
 * The member presses "send" on the phone; with `only`, for these recipients alone. Either way the
 * member has acted and has status 2. The other recipients stay at 0 until the next confirmation (A59).
 */
export function confirmPart(
	corp: Corp,
	task: Task,
	part: TaskPart,
	now: number,
	only?: readonly string[],
): Confirmation {
	if (task.ownerChooses) chooseCustomerGroups(corp, part, only);
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

/** A task with a sender alone gets its customer groups when the owner picks them (doc 92135). */
function chooseCustomerGroups(
	corp: Corp,
	part: TaskPart,
	only: readonly string[] | undefined,
): void {
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
	addDelivery(corp, recipient.id, {
		time: now,
		msgid: task.msgid,
		userid,
		createType: task.createType,
		text: task.text,
		attachments: task.attachments,
	});
	return 1;
}
