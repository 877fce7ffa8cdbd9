import type { WeComClient } from '../core/client';
import { WeComApiError } from '../core/errors';
import { pages } from '../core/pagination';
import { onlyNew, withNumbers } from '../core/utils';
import { memberKey } from '../customers/members';
import { massMessageEndpoints } from './endpoints';
import { DISPATCHING, TASK_NOT_FOUND } from './errorCodes';
import { TASK_LIST_PAGE, TASK_LIST_SPAN_SECONDS, TASK_RESULT_PAGE } from './limits';
import type { MassMessage, MassMessageListRequest, MemberTask, SendResult } from './types';

/** Milliseconds between checks of a task that WeCom is still dispatching (doc 93338), which takes seconds. */
export const DISPATCH_DELAYS_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 8_000];

/** Seconds by which this server's clock and WeCom's may differ. */
export const CLOCK_MARGIN_SECONDS = 60;

/** Which records of a period to read (doc 93338). */
export type TaskListFilter = Pick<MassMessageListRequest, 'chat_type' | 'creator' | 'filter_type'>;

/**
 * A period of WeCom's time in Unix seconds, excluding `to`. Evaluated again after WeCom's first response, which may
 * reveal that this server's clock is off.
 */
export type Period = () => { readonly from: number; readonly to: number };

/** Seconds by which a period may shift without being read again. */
const SAME_PERIOD_SECONDS = 5;

/** One request's window of the list, in Unix seconds. */
export interface TaskListWindow {
	readonly start: number;
	readonly end: number;
}

/**
 * Splits a period into windows for WeCom, newest first, none longer than a month (doc 93338). Whether a window includes
 * its own first and last second is undocumented, so each reaches a second beyond the times it covers, and `isInWindow`
 * tells which records belong to it.
 *
 * @param from Unix seconds of the first record
 * @param to Unix seconds after the last one
 */
export function* taskListWindows(from: number, to: number): Generator<TaskListWindow, void> {
	for (let end = to; end > from; end -= TASK_LIST_SPAN_SECONDS - 1) {
		yield { start: Math.max(from - 1, end - TASK_LIST_SPAN_SECONDS), end };
	}
}

export function isInWindow(record: MassMessage, { start, end }: TaskListWindow): boolean {
	const time = createTimeOf(record);
	return start < time && time < end;
}

/** Unix seconds; WeCom's sample shows them as text. */
export function createTimeOf({ create_time }: MassMessage): number {
	return Number(create_time);
}

/** WeCom's mass message records for a period, newest windows first. */
export async function* listMassMessages(
	client: WeComClient,
	filter: TaskListFilter,
	period: Period,
): AsyncGenerator<MassMessage[], void> {
	for await (const { pages: records } of windowsOf(client, filter, period)) yield* records;
}

/** The same records one by one, newest first. Within a window, WeCom's order is undocumented. */
export async function* listMassMessagesNewestFirst(
	client: WeComClient,
	filter: TaskListFilter,
	period: Period,
): AsyncGenerator<MassMessage, void> {
	for await (const { pages: pagesOfOne } of windowsOf(client, filter, period)) {
		const records: MassMessage[] = [];
		for await (const page of pagesOfOne) records.push(...page);
		yield* newestFirst(records);
	}
}

/** The windows of a period, each with its pages. Starts over if the first response shifts the period. */
async function* windowsOf(
	client: WeComClient,
	filter: TaskListFilter,
	period: Period,
): AsyncGenerator<{ readonly pages: AsyncIterable<MassMessage[]> }, void> {
	const assumed = period();
	const [newest] = taskListWindows(assumed.from, assumed.to);
	if (!newest) return;
	const pagesOfNewest = pagesOfWindow(client, filter, newest);
	const first = await pagesOfNewest.next();
	const known = period();
	const moved = Math.abs(known.to - assumed.to) > SAME_PERIOD_SECONDS;
	const { from, to } = moved ? known : assumed;
	for (const window of taskListWindows(from, to)) {
		const isRead = !moved && window.end === newest.end;
		const ofWindow = pagesOfWindow(client, filter, window);
		yield { pages: isRead ? startingWith(first, pagesOfNewest) : ofWindow };
	}
}

async function* startingWith<T>(
	first: IteratorResult<T>,
	rest: AsyncIterator<T>,
): AsyncGenerator<T, void> {
	for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

export function newestFirst<T extends MassMessage>(records: readonly T[]): T[] {
	return [...records].sort((a, b) => createTimeOf(b) - createTimeOf(a));
}

async function* pagesOfWindow(
	client: WeComClient,
	filter: TaskListFilter,
	window: TaskListWindow,
): AsyncGenerator<MassMessage[], void> {
	const list = pages(
		massMessageEndpoints.massMessages.path,
		async (cursor) =>
			await client.call(massMessageEndpoints.massMessages, taskListRequest(filter, window, cursor)),
		(page) => page.group_msg_list,
	);
	const newOnes = onlyNew(({ msgid }: MassMessage) => msgid);
	for await (const page of list) {
		yield newOnes(page.group_msg_list ?? []).filter((record) => isInWindow(record, window));
	}
}

export function taskListRequest(
	filter: TaskListFilter,
	{ start, end }: TaskListWindow,
	cursor: string,
): MassMessageListRequest {
	return { ...filter, start_time: start, end_time: end, limit: TASK_LIST_PAGE, cursor };
}

/** WeCom can't report on the task yet: it is still dispatching it, or doesn't know its ID yet (doc 93338). */
export function isNotReady(error: unknown): boolean {
	return (
		error instanceof WeComApiError &&
		(error.errcode === DISPATCHING || error.errcode === TASK_NOT_FOUND)
	);
}

/** All members of a task, each once (doc 93338). */
export async function readMembers(client: WeComClient, msgid: string): Promise<MemberTask[]> {
	const members: MemberTask[] = [];
	const newOnes = onlyNew(({ userid }: MemberTask) => userid && memberKey(userid));
	const list = pages(
		massMessageEndpoints.massMessageMembers.path,
		async (cursor) =>
			await client.call(massMessageEndpoints.massMessageMembers, {
				msgid,
				limit: TASK_RESULT_PAGE,
				cursor,
			}),
		(page) => page.task_list,
	);
	for await (const page of list) members.push(...newOnes(page.task_list ?? []));
	return members.map((member) => withNumbers(member, 'status', 'send_time'));
}

/** All results of one member of a task, each once (doc 93338). */
export async function readResults(
	client: WeComClient,
	msgid: string,
	userid: string,
): Promise<SendResult[]> {
	const results: SendResult[] = [];
	const newOnes = onlyNew(({ external_userid, chat_id }: SendResult) => external_userid || chat_id);
	const list = pages(
		massMessageEndpoints.massMessageResults.path,
		async (cursor) =>
			await client.call(massMessageEndpoints.massMessageResults, {
				msgid,
				userid,
				limit: TASK_RESULT_PAGE,
				cursor,
			}),
		(page) => page.send_list,
	);
	for await (const page of list) results.push(...newOnes(page.send_list ?? []));
	return results.map((row) => withNumbers(row, 'status', 'send_time'));
}
