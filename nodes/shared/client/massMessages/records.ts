import type { WeComClient } from '../core/client';
import { massMessageEndpoints } from './endpoints';
import { DISPATCHING, TASK_NOT_FOUND } from './errorCodes';
import { WeComApiError } from '../core/errors';
import { TASK_LIST_PAGE, TASK_LIST_SPAN_SECONDS, TASK_RESULT_PAGE } from './limits';
import { pages } from '../core/pagination';
import type { MassMessage, MassMessageListRequest, MemberTask, SendResult } from './types';

/** Milliseconds between looks at a task that WeCom is still handing out (doc 93338), which takes seconds. */
export const DISPATCH_DELAYS_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 8_000];

/** Seconds by which this server's clock and WeCom's may differ. */
export const CLOCK_MARGIN_SECONDS = 60;

/**
 * WeCom's records of mass messages between two times (Unix seconds), newest windows last. A span above a month
 * is asked for in windows (doc 93338).
 */
export async function* listMassMessages(
	client: WeComClient,
	filter: Pick<MassMessageListRequest, 'chat_type' | 'creator' | 'filter_type'>,
	from: number,
	to: number,
): AsyncGenerator<MassMessage[], void> {
	for (let start = from; start < to; start += TASK_LIST_SPAN_SECONDS) {
		const list = pages(
			massMessageEndpoints.massMessages.path,
			async (cursor) =>
				await client.call(massMessageEndpoints.massMessages, {
					...filter,
					start_time: start,
					end_time: Math.min(start + TASK_LIST_SPAN_SECONDS, to),
					limit: TASK_LIST_PAGE,
					cursor,
				}),
		);
		for await (const page of list) yield page.group_msg_list ?? [];
	}
}

/** WeCom cannot be asked about the task yet: it is being handed out, or its ID is not known yet (doc 93338). */
export function isNotReady(error: unknown): boolean {
	return (
		error instanceof WeComApiError &&
		(error.errcode === DISPATCHING || error.errcode === TASK_NOT_FOUND)
	);
}

/** All members of a task (doc 93338). */
export async function readMembers(client: WeComClient, msgid: string): Promise<MemberTask[]> {
	const members: MemberTask[] = [];
	const list = pages(
		massMessageEndpoints.massMessageMembers.path,
		async (cursor) =>
			await client.call(massMessageEndpoints.massMessageMembers, {
				msgid,
				limit: TASK_RESULT_PAGE,
				cursor,
			}),
	);
	for await (const page of list) members.push(...(page.task_list ?? []));
	return members;
}

/** All results of one member of a task (doc 93338). */
export async function readResults(
	client: WeComClient,
	msgid: string,
	userid: string,
): Promise<SendResult[]> {
	const results: SendResult[] = [];
	const list = pages(
		massMessageEndpoints.massMessageResults.path,
		async (cursor) =>
			await client.call(massMessageEndpoints.massMessageResults, {
				msgid,
				userid,
				limit: TASK_RESULT_PAGE,
				cursor,
			}),
	);
	for await (const page of list) results.push(...(page.send_list ?? []));
	return results;
}
