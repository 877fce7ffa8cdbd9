import { chosenCustomers } from './chosenCustomers';
import type { WeComClient } from '../core/client';
import { WeComInputError } from '../core/errors';
import { mapConcurrently } from '../core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { memberKey } from '../customers/members';
import { CLOCK_MARGIN_SECONDS, DISPATCH_DELAYS_MS, listMassMessages } from './records';
import type { SameContentTask } from './sameContent';
import { findSameContent } from './sameContent';
import { readTaskStatus } from './status';
import type { AddMsgTemplateRequest } from './types';

/** Who of a task's recipients must not get it, and why. */
export interface Verdict {
	readonly skipped: readonly SkippedRecipient[];
	/** External user IDs that are left; undefined when nobody was skipped. */
	readonly left?: readonly string[];
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

function skipping(
	wanted: readonly string[],
	reason: SkippedRecipient['reason'],
	isSkipped: (id: string) => boolean,
): Verdict {
	const skipped = wanted.filter(isSkipped);
	if (skipped.length === 0) return NOBODY;
	return {
		skipped: skipped.map((id) => ({ id, reason })),
		left: wanted.filter((id) => !isSkipped(id)),
	};
}

/**
 * Skips customers for whom a task with the same content and member was created a short while ago, by whatever
 * execution: a workflow that was started twice, or once more after a crash.
 *
 * The waiting recipients of a group task are not to be seen at WeCom (doc 93338). There each task that may be for the
 * same groups stands for one that is asked for.
 */
export class SkipAlreadyCreated implements RecipientCheck {
	private readonly claimed = new Set<string>();

	constructor(
		private readonly client: WeComClient,
		/** Whole seconds to look back. */
		private readonly withinSeconds: number,
		/** Tasks of this very execution, which its memo accounts for. */
		private readonly isOurs: (msgid: string) => boolean,
	) {}

	async check(task: AddMsgTemplateRequest): Promise<Verdict> {
		const same = await this.findSame(task);
		if (task.chat_id_list) return this.checkGroups(task.chat_id_list, same);

		const sender = task.sender && memberKey(task.sender);
		const reached = new Map<string, string>();
		for (const { msgid, parts = [] } of same) {
			for (const [member, ids] of parts) {
				if (sender !== undefined && sender !== member) continue;
				for (const id of ids) reached.set(id, msgid);
			}
		}
		if (reached.size === 0) return NOBODY;
		const wanted = task.external_userid ?? [...(await chosenCustomers(this.client, task))];
		const verdict = skipping(wanted, 'already_created', (id) => reached.has(id));
		const [first] = verdict.skipped;
		if (!first || verdict.left?.length !== 0) return verdict;
		return { ...verdict, duplicateOf: reached.get(first.id) };
	}

	private checkGroups(wanted: readonly string[], same: readonly SameContentTask[]): Verdict {
		const first = same.find(({ msgid, parts }) => {
			const sentTo = [...(parts?.values() ?? [])].flatMap((ids) => [...ids]);
			const elsewhere = sentTo.length > 0 && !sentTo.some((id) => wanted.includes(id));
			return !elsewhere && !this.claimed.has(msgid);
		});
		if (!first) return NOBODY;
		this.claimed.add(first.msgid);
		return { skipped: [], duplicateOf: first.msgid };
	}

	/** Tasks with the same content that WeCom has handed out, of the sender or, without one, of all members. */
	private async findSame(task: AddMsgTemplateRequest): Promise<SameContentTask[]> {
		const sender = task.sender && memberKey(task.sender);
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
			if (same.every(({ parts }) => parts)) {
				return same.filter(({ parts }) => sender === undefined || parts?.has(sender));
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
