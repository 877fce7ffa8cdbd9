import type { WeComClient } from '../core/client';
import { massMessageEndpoints } from './endpoints';
import { CANCELLED, DISPATCHING, TASK_NOT_FOUND } from './errorCodes';
import { TASK_LIST_SPAN_SECONDS } from './limits';
import { asError, WeComApiError } from '../core/errors';
import { mapConcurrently } from '../core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import {
	CLOCK_MARGIN_SECONDS,
	DISPATCH_DELAYS_MS,
	isNotReady,
	listMassMessages,
	readMembers,
	readResults,
} from './records';
import type { ChatType, MemberTask, SendResult } from './types';

/**
 * - `dispatching`: WeCom is still dispatching the task to the members
 * - `awaiting_members`: no member has confirmed yet
 * - `in_progress`: some have
 * - `completed`: all have
 * - `cancelled`
 */
export type TaskStateName =
	| 'dispatching'
	| 'awaiting_members'
	| 'in_progress'
	| 'completed'
	| 'cancelled';

export interface TaskStatus {
	readonly msgid: string;
	readonly state: TaskStateName;
	readonly members: ReadonlyArray<MemberTask & { readonly results: readonly SendResult[] }>;
}

/** Age in seconds up to which a task that WeCom doesn't know yet is looked up in its list. */
const YOUNG_TASK_SECONDS = 24 * 60 * 60;

/** A member has acted from status 1 on. Whether 1 still occurs is unconfirmed (doc 93338). */
export function hasActed(member: MemberTask): boolean {
	return member.status >= 1;
}

/**
 * Asks WeCom about a task and waits while WeCom is still dispatching it; undefined if that takes too long.
 *
 * @throws WeComApiError 41047 when WeCom doesn't know the task
 */
export async function whenReady<T>(
	client: WeComClient,
	msgid: string,
	ask: () => Promise<T>,
): Promise<T | undefined> {
	for (let look = 0; ; look++) {
		try {
			return await ask();
		} catch (error) {
			if (!isNotReady(error)) throw asError(error);
			// Seen once, unconfirmed: 41047 for a task that exists. The list shows whether it does.
			const unknown = (error as WeComApiError).errcode === TASK_NOT_FOUND;
			if (unknown && look === 0 && !(await listedAs(client, msgid, YOUNG_TASK_SECONDS))) {
				throw asError(error);
			}
			const delay = DISPATCH_DELAYS_MS[look];
			if (delay === undefined) return undefined;
			await client.clock.sleep(delay);
		}
	}
}

/** Reading a task fails while WeCom dispatches it (doc 93338). That the same applies here is an assumption. */
export async function onceHandedOut(
	client: WeComClient,
	msgid: string,
	act: () => Promise<object>,
): Promise<void> {
	if (await whenReady(client, msgid, act)) return;
	throw new WeComApiError(DISPATCHING, '', massMessageEndpoints.massMessageMembers);
}

/**
 * The full status of a task: all members, and all results of each. A task that WeCom keeps dispatching is a status, not
 * a failure.
 *
 * @throws WeComApiError 41047 when WeCom doesn't know the task
 */
export async function readTaskStatus(client: WeComClient, msgid: string): Promise<TaskStatus> {
	const read = async () =>
		(await whenReady(client, msgid, async () => await readOnce(client, msgid))) ??
		withoutMembers(msgid, 'dispatching');
	return (await unlessCancelled(read)) ?? withoutMembers(msgid, 'cancelled');
}

export interface WaitPolicy {
	/** Milliseconds between checks. */
	readonly intervalMs: number;
	/** Milliseconds since 1970 after which waiting stops. */
	readonly deadline: number;
}

/**
 * The task's status once all members have confirmed it, it is cancelled, or the deadline has passed. Until then only
 * the members are read, so each check is one call for up to 1,000 of them.
 */
export async function awaitTask(
	client: WeComClient,
	msgid: string,
	{ intervalMs, deadline }: WaitPolicy,
): Promise<{ status: TaskStatus; timedOut: boolean }> {
	for (;;) {
		const pending = await unlessCancelled(async () => {
			const members = await whenReady(client, msgid, async () => await readMembers(client, msgid));
			return members === undefined || members.length === 0 || !members.every(hasActed);
		});
		const left = deadline - client.clock.now();
		if (pending !== true || left <= 0) {
			const status = await readTaskStatus(client, msgid);
			const ended = status.state === 'completed' || status.state === 'cancelled';
			if (ended || left <= 0) return { status, timedOut: !ended };
		}
		await client.clock.sleep(Math.min(intervalMs, left));
	}
}

/** The result of `ask`; undefined for a cancelled task. */
export async function unlessCancelled<T>(ask: () => Promise<T>): Promise<T | undefined> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof WeComApiError && error.errcode === CANCELLED) return undefined;
		throw asError(error);
	}
}

function withoutMembers(msgid: string, state: 'dispatching' | 'cancelled'): TaskStatus {
	return { msgid, state, members: [] };
}

async function readOnce(client: WeComClient, msgid: string): Promise<TaskStatus> {
	const tasks = await readMembers(client, msgid);
	const members = await mapConcurrently(tasks, MAX_CONCURRENT_REQUESTS, async (member) => ({
		...member,
		results: await readResults(client, msgid, member.userid),
	}));
	return { msgid, state: stateOf(members), members };
}

function stateOf(members: TaskStatus['members']): TaskStateName {
	const acted = members.filter(hasActed);
	if (acted.length === 0) return 'awaiting_members';
	if (acted.length < members.length) return 'in_progress';
	const stillSending = acted.some(
		({ status, results }) => status === 1 && results.some((row) => row.status === 0),
	);
	return stillSending ? 'in_progress' : 'completed';
}

/**
 * Whom a task is for. A task for customers has a row for each of them from the start. One for customer groups only has
 * rows for those it was sent to (doc 93338), so without rows the list must tell.
 *
 * @returns undefined when neither does
 */
export async function chatTypeOfTask(
	client: WeComClient,
	{ msgid, members }: TaskStatus,
): Promise<ChatType | undefined> {
	const rows = members.flatMap((member) => member.results);
	if (rows.some((row) => row.external_userid && !row.chat_id)) return 'single';
	if (rows.some((row) => row.chat_id && !row.external_userid)) return 'group';
	return members.length === 0 ? undefined : await listedAs(client, msgid, TASK_LIST_SPAN_SECONDS);
}

/** Finds which list shows a task from the last given number of seconds. */
async function listedAs(
	client: WeComClient,
	msgid: string,
	seconds: number,
): Promise<ChatType | undefined> {
	for (const chat_type of ['single', 'group'] as const) {
		const filter = { chat_type, filter_type: 0 } as const;
		const list = listMassMessages(client, filter, () => ({
			from: client.serverTime() - seconds,
			to: client.serverTime() + CLOCK_MARGIN_SECONDS,
		}));
		for await (const page of list) {
			if (page.some((message) => message.msgid === msgid)) return chat_type;
		}
	}
	return undefined;
}
