import type { WeComClient } from '../core/client';
import { mapConcurrently } from '../core/concurrency';
import { WeComInputError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import type { RecipientCheck, Verdict } from './recipientCheck';
import { skipping, stillDispatching } from './recipientCheck';
import { CLOCK_MARGIN_SECONDS, listMassMessages } from './records';
import { readTaskStatus } from './status';
import type { AddMsgTemplateRequest } from './types';

export type ReceiveLimit = 'perDay' | 'perWeek' | 'perMonth';

/** A member may confirm a task days after its creation; it counts when it is sent. */
const LATE_CONFIRMATION_SECONDS = 7 * 24 * 60 * 60;

/** Requests that counting may take; beyond, it would itself run into WeCom's limits. */
const MAX_COUNTING_TASKS = 2_000;
/** Tasks from which on the user is told how much counting is done. */
export const MANY_COUNTING_TASKS = 100;

const CHINA_OFFSET_SECONDS = 8 * 60 * 60;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Skips customers who have reached the receive limit: what they got in the period from any member of the
 * corporation, and what waits for a confirmation, counted from WeCom's own records (doc 92135).
 */
export class SkipAtReceiveLimit implements RecipientCheck {
	private counts?: Promise<Map<string, number>>;
	/** Tasks that were read for it. */
	tasksRead = 0;

	constructor(
		private readonly client: WeComClient,
		private readonly limit: ReceiveLimit,
	) {}

	/** @throws WeComInputError when the task names no customers to look at */
	customersOf(task: AddMsgTemplateRequest): readonly string[] {
		if (task.external_userid) return task.external_userid;
		throw new WeComInputError(
			'Customers at their limit can be skipped only where customers are named',
			'Send to Customers or Customers From Input Items, for example from Customer > List, or remove Skip Customers At Their Limit.',
		);
	}

	async check(task: AddMsgTemplateRequest): Promise<Verdict> {
		const customers = this.customersOf(task);
		this.counts ??= this.count();
		const counts = await this.counts;
		const most = this.period().limit;
		return skipping(customers, 'receive_limit', (id) => (counts.get(id) ?? 0) >= most);
	}

	created(recipients: readonly string[]): void {
		const add = (counts: Map<string, number>) => {
			for (const id of recipients) counts.set(id, (counts.get(id) ?? 0) + 1);
		};
		// Counting may have failed, for an earlier task, which was told of it; this one was found again.
		void this.counts?.then(add, () => undefined);
	}

	private async count(): Promise<Map<string, number>> {
		const { start } = this.period();
		const now = Math.floor(this.client.clock.now() / 1_000) + CLOCK_MARGIN_SECONDS;
		const filter = { chat_type: 'single', filter_type: 2 } as const;
		const msgids = new Set<string>();
		const records = listMassMessages(this.client, filter, start - LATE_CONFIRMATION_SECONDS, now);
		for await (const page of records) {
			for (const { msgid } of page) msgids.add(msgid);
			if (msgids.size > MAX_COUNTING_TASKS) throw tooManyTasks();
		}
		this.tasksRead = msgids.size;
		const counts = new Map<string, number>();
		await mapConcurrently([...msgids], MAX_CONCURRENT_REQUESTS, async (msgid) => {
			const { state, members } = await readTaskStatus(this.client, msgid);
			if (state === 'dispatching') throw stillDispatching('Skip Customers At Their Limit');
			for (const row of members.flatMap((member) => member.results)) {
				const counted =
					row.status === 0 || (row.status === 1 && (row.send_time ?? Infinity) >= start);
				if (!counted || row.external_userid === undefined) continue;
				counts.set(row.external_userid, (counts.get(row.external_userid) ?? 0) + 1);
			}
		});
		return counts;
	}

	/** The period that runs now, in China time: its start in Unix seconds, and how many messages it allows. */
	private period(): { start: number; limit: number } {
		const local = Math.floor(this.client.clock.now() / 1_000) + CHINA_OFFSET_SECONDS;
		const today = local - (local % DAY_SECONDS);
		if (this.limit === 'perDay') return { start: today - CHINA_OFFSET_SECONDS, limit: 1 };
		if (this.limit === 'perWeek') {
			return { start: today - 6 * DAY_SECONDS - CHINA_OFFSET_SECONDS, limit: 7 };
		}
		const { year, month } = yearAndMonth(today);
		return {
			start: Date.UTC(year, month) / 1_000 - CHINA_OFFSET_SECONDS,
			limit: (Date.UTC(year, month + 1) - Date.UTC(year, month)) / (DAY_SECONDS * 1_000),
		};
	}
}

function yearAndMonth(seconds: number): { year: number; month: number } {
	const [year, month] = new Date(seconds * 1_000).toISOString().split('-');
	return { year: Number(year), month: Number(month) - 1 };
}

function tooManyTasks(): WeComInputError {
	return new WeComInputError(
		`The corporation has more than ${MAX_COUNTING_TASKS} tasks in the period`,
		'Counting them would take too many requests. Choose a shorter period, or switch off Skip Customers At Their Limit.',
	);
}
