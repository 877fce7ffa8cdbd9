import type { WeComClient } from '../core/client';
import { massMessageEndpoints } from './endpoints';
import { CANCELLED, DISPATCHING, TASK_NOT_FOUND } from './errorCodes';
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
import type { MemberTask, SendResult } from './types';

/**
 * - `dispatching`: WeCom is still handing the task out to the members
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

/** Seconds for which a task that WeCom does not know yet is looked up in its list. */
const YOUNG_TASK_SECONDS = 24 * 60 * 60;

/** A member has acted from status 1 on; whether 1 still occurs is unconfirmed (doc 93338). */
export function hasActed(member: MemberTask): boolean {
	return member.status >= 1;
}

/**
 * Asks WeCom about a task. One that WeCom is still handing out is waited for; undefined when it stays so.
 *
 * @throws WeComApiError 41047 when WeCom does not know the task
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
			// Seen once, unconfirmed: 41047 for a task that exists. The list knows whether it does.
			const unknown = (error as WeComApiError).errcode === TASK_NOT_FOUND;
			if (unknown && look === 0 && !(await isListed(client, msgid))) throw asError(error);
			const delay = DISPATCH_DELAYS_MS[look];
			if (delay === undefined) return undefined;
			await client.clock.sleep(delay);
		}
	}
}

/** Reading a task fails while WeCom hands it out (doc 93338); that this is so here too is an assumption. */
export async function onceHandedOut(
	client: WeComClient,
	msgid: string,
	act: () => Promise<object>,
): Promise<void> {
	if (await whenReady(client, msgid, act)) return;
	throw new WeComApiError(DISPATCHING, '', massMessageEndpoints.massMessageMembers);
}

/**
 * The whole status of a task: all members, and all results of every member. One that WeCom keeps handing out is
 * a status, not a failure.
 *
 * @throws WeComApiError 41047 when WeCom does not know the task
 */
export async function readTaskStatus(client: WeComClient, msgid: string): Promise<TaskStatus> {
	return await unlessCancelled(
		msgid,
		async () =>
			(await whenReady(client, msgid, async () => await readOnce(client, msgid))) ??
			dispatching(msgid),
	);
}

export interface WaitPolicy {
	/** Milliseconds between looks. */
	readonly intervalMs: number;
	/** Milliseconds since 1970 after which nothing is waited for. */
	readonly deadline: number;
}

/**
 * The status of a task once all members have confirmed it or it is cancelled, or at the deadline. In between only
 * the members are looked at, so that a look is one call for up to 1,000 of them.
 */
export async function awaitTask(
	client: WeComClient,
	msgid: string,
	{ intervalMs, deadline }: WaitPolicy,
): Promise<{ status: TaskStatus; timedOut: boolean }> {
	for (;;) {
		const pending = await unlessCancelled(msgid, async () => {
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

/** What `ask` gives, or the status of a cancelled task. */
async function unlessCancelled<T>(msgid: string, ask: () => Promise<T>): Promise<T | TaskStatus> {
	try {
		return await ask();
	} catch (error) {
		if (!(error instanceof WeComApiError && error.errcode === CANCELLED)) throw asError(error);
		return { msgid, state: 'cancelled', members: [] };
	}
}

function dispatching(msgid: string): TaskStatus {
	return { msgid, state: 'dispatching', members: [] };
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

async function isListed(client: WeComClient, msgid: string): Promise<boolean> {
	const now = client.serverTime();
	for (const chat_type of ['single', 'group'] as const) {
		const filter = { chat_type, filter_type: 0 } as const;
		const list = listMassMessages(
			client,
			filter,
			now - YOUNG_TASK_SECONDS,
			now + CLOCK_MARGIN_SECONDS,
		);
		for await (const page of list) {
			if (page.some((message) => message.msgid === msgid)) return true;
		}
	}
	return false;
}
