import type { WeComClient } from './client';
import { WeComInputError } from './errors';
import { inLanes } from './lanes';
import { LANES } from './limits';
import { listMassMessages } from './taskRecords';
import type { SameContentTask } from './taskSearch';
import { findSameContent } from './taskSearch';
import { readTaskStatus } from './taskStatus';
import type { AddMsgTemplateRequest } from './types';

/** Who of a task's recipients must not get it, and why. */
export interface Verdict {
	readonly skipped: readonly SkippedRecipient[];
	/** The task as a whole exists already: its msgid. */
	readonly duplicateOf?: string;
}

export interface SkippedRecipient {
	/** External user ID. */
	readonly id: string;
	readonly reason: 'already_created' | 'receive_limit';
}

/** Looks at a task before it is created. */
export interface RecipientCheck {
	check(task: AddMsgTemplateRequest): Promise<Verdict>;
	/** The task exists now, for these recipients. */
	created?(recipients: readonly string[]): void;
}

const NOBODY: Verdict = { skipped: [] };

/** Milliseconds between looks at tasks that WeCom is still handing out. */
const DISPATCH_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 8_000];

/** Seconds by which this server's clock and WeCom's may differ. */
const CLOCK_MARGIN_SECONDS = 60;

/**
 * Skips customers for whom a task with the same content and member was created a short while ago, by whatever
 * execution: a workflow that was started twice, or once more after a crash.
 *
 * Where WeCom chooses the customers, and for groups, whose waiting ones WeCom does not list (W 4.3), recipients
 * cannot be compared: there each task that exists stands for one that is asked for.
 */
export class SkipAlreadyCreated implements RecipientCheck {
	private readonly claimed = new Set<string>();

	constructor(
		private readonly client: WeComClient,
		/** Seconds to look back. */
		private readonly withinSeconds: number,
		/** Tasks of this very execution, which its memo accounts for. */
		private readonly isOurs: (msgid: string) => boolean,
	) {}

	async check(task: AddMsgTemplateRequest): Promise<Verdict> {
		const same = await this.findSame(task);
		if (!task.external_userid) {
			const [first] = same.filter(({ msgid }) => !this.claimed.has(msgid));
			if (!first) return NOBODY;
			this.claimed.add(first.msgid);
			return { skipped: [], duplicateOf: first.msgid };
		}
		const reached = new Map<string, string>();
		for (const { msgid, recipients } of same) {
			for (const id of recipients ?? []) reached.set(id, msgid);
		}
		const skipped = task.external_userid.filter((id) => reached.has(id));
		return {
			skipped: skipped.map((id) => ({ id, reason: 'already_created' })),
			duplicateOf:
				skipped.length === task.external_userid.length ? reached.get(skipped[0] ?? '') : undefined,
		};
	}

	private async findSame(task: AddMsgTemplateRequest): Promise<SameContentTask[]> {
		for (let look = 0; ; look++) {
			const now = Math.floor(this.client.clock.now() / 1_000);
			const from = now - this.withinSeconds;
			const same = await findSameContent(
				this.client,
				task,
				from,
				now + CLOCK_MARGIN_SECONDS,
				this.isOurs,
			);
			const ready = same.filter(({ members }) => members && members.length > 0);
			if (ready.length === same.length) {
				return ready.filter(
					({ members }) =>
						task.sender === undefined || members?.every((userid) => userid === task.sender),
				);
			}
			const delay = DISPATCH_DELAYS_MS[look];
			if (delay === undefined) throw stillDispatching('Skip If Already Created Within');
			await this.client.clock.sleep(delay);
		}
	}
}

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
 * corporation, and what waits for a confirmation, counted from WeCom's own records (W 2.4).
 */
export class SkipAtReceiveLimit implements RecipientCheck {
	private counts?: Promise<Map<string, number>>;
	/** Tasks that were read for it. */
	tasksRead = 0;

	constructor(
		private readonly client: WeComClient,
		private readonly limit: ReceiveLimit,
	) {}

	async check(task: AddMsgTemplateRequest): Promise<Verdict> {
		if (!task.external_userid) {
			throw new WeComInputError(
				'Customers at their limit can be skipped only where customers are named',
				'Send to Customers or Customers From Input Items, for example from Customer > List, or switch the option off.',
			);
		}
		this.counts ??= this.count();
		const counts = await this.counts;
		const most = this.period().limit;
		return {
			skipped: task.external_userid
				.filter((id) => (counts.get(id) ?? 0) >= most)
				.map((id) => ({ id, reason: 'receive_limit' })),
		};
	}

	created(recipients: readonly string[]): void {
		void this.counts?.then((counts) => {
			for (const id of recipients) counts.set(id, (counts.get(id) ?? 0) + 1);
		});
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
		await inLanes([...msgids], LANES, async (msgid) => {
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

function stillDispatching(option: string): WeComInputError {
	return new WeComInputError(
		'WeCom is still handing out a task that has to be looked at first',
		`Run again in a minute, or switch off ${option}.`,
	);
}

function tooManyTasks(): WeComInputError {
	return new WeComInputError(
		`The corporation has more than ${MAX_COUNTING_TASKS} tasks in the period`,
		'Counting them would take too many requests. Choose a shorter period, or switch off Skip Customers At Their Limit.',
	);
}
