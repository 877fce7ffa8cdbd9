import type { WeComClient } from '../core/client';
import { mapConcurrently } from '../core/concurrency';
import { asError, WeComApiError, WeComInputError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import type { MessageDraft } from './draft';
import type { JustCreated, RecipientCheck, Verdict } from './recipientCheck';
import { isOlder, isWithdrawn, skipping } from './recipientCheck';
import type { ReceiveLimit } from './receivePeriods';
import { receivePeriod } from './receivePeriods';
import { CLOCK_MARGIN_SECONDS, createTimeOf, listMassMessages } from './records';
import { readTaskStatus } from './status';

/** A member may confirm a task days after its creation; it counts when it is sent. */
const LATE_CONFIRMATION_SECONDS = 7 * 24 * 60 * 60;

/** Maximum requests for counting. Beyond that, counting would itself hit WeCom's limits. */
const MAX_COUNTING_TASKS = 2_000;
/** Number of tasks from which the user is told how much counting takes. */
export const MANY_COUNTING_TASKS = 100;

/** Refusals that are about one task's member, and hold for no other task (doc 90313). */
const OUT_OF_REACH: ReadonlySet<number> = new Set([60011, 84074, 84084]);

/** How many messages each customer has received or is waiting for in the current period. */
interface Counts {
	readonly perCustomer: Map<string, number>;
	/** Tasks already counted. */
	readonly msgids: Set<string>;
	/** How far the list has been read, in milliseconds of this server's clock; undefined before the first read. */
	readUntil?: number;
}

/**
 * Skips customers who have reached the receive limit. Counts what they received in the period from any member of the
 * corporation, and what awaits confirmation, from WeCom's own records (doc 92135).
 *
 * A task that WeCom won't let us read counts for nobody and is listed in `unreadable`.
 */
export class SkipAtReceiveLimit implements RecipientCheck {
	private counts?: Promise<Counts>;
	/** Tasks whose recipients could not be read. Their recipients are not counted. */
	readonly unreadable = new Set<string>();
	/** Number of tasks read for counting. */
	tasksRead = 0;

	constructor(
		private readonly client: WeComClient,
		private readonly limit: ReceiveLimit,
	) {}

	/** @throws WeComInputError when the draft names no customers to check */
	customersOf({ recipients }: Pick<MessageDraft, 'recipients'>): readonly string[] {
		if (recipients.kind === 'customers') return recipients.ids;
		throw new WeComInputError(
			'Customers at their limit can be skipped only in a message that names its customers',
			"Send to 'Customers' or 'Customers From Input Items', for example from Customer > List, or remove 'Skip Customers at Their Limit'.",
		);
	}

	/** Any two messages may be for the same customer. */
	turnOf(): string {
		return 'create under a receive limit';
	}

	async check(draft: MessageDraft): Promise<Verdict> {
		const customers = this.customersOf(draft);
		const { perCustomer } = await this.counted();
		const most = this.period().limit;
		return skipping(customers, 'receive_limit', (id) => (perCustomer.get(id) ?? 0) >= most);
	}

	async rivalOf({ msgid, reached }: JustCreated): Promise<string | undefined> {
		const counts = await this.counted();
		const most = this.period().limit;
		const createdAtOf = await this.readNew(counts);
		counts.msgids.add(msgid);
		const mine = { msgid, createdAt: createdAtOf.get(msgid) ?? this.client.serverTime() };
		createdAtOf.delete(msgid);
		const rivals: Array<{ msgid: string; isOlder: boolean; customers: ReadonlySet<string> }> = [];
		for (const [other, createdAt] of createdAtOf) {
			const customers = await this.count(counts, other);
			const isOverLimit = (id: string) =>
				customers.has(id) && (counts.perCustomer.get(id) ?? 0) >= most;
			if (reached.some(isOverLimit)) {
				rivals.push({
					msgid: other,
					isOlder: isOlder({ msgid: other, createdAt }, mine),
					customers,
				});
			}
		}
		add(counts.perCustomer, reached, 1);
		const older = rivals.find((rival) => rival.isOlder);
		if (older) return older.msgid;
		for (const younger of rivals) {
			if (!(await isWithdrawn(this.client, younger.msgid))) return younger.msgid;
			add(counts.perCustomer, younger.customers, -1);
		}
		return undefined;
	}

	withdrawn(): void {
		// Others may withdraw theirs, too: count again.
		this.counts = undefined;
	}

	private async counted(): Promise<Counts> {
		this.counts ??= this.countAll();
		try {
			return await this.counts;
		} catch (error) {
			// WeCom may have recovered by the next task.
			this.counts = undefined;
			throw asError(error);
		}
	}

	private async countAll(): Promise<Counts> {
		const counts: Counts = {
			perCustomer: new Map(),
			msgids: new Set(),
		};
		const tasks = await this.readNew(counts);
		this.tasksRead = tasks.size;
		await mapConcurrently([...tasks.keys()], MAX_CONCURRENT_REQUESTS, async (msgid) => {
			await this.count(counts, msgid);
		});
		return counts;
	}

	/** Tasks not in the list at the previous read, with their creation time in Unix seconds. */
	private async readNew(counts: Counts): Promise<Map<string, number>> {
		const { readUntil } = counts;
		const now = this.client.clock.now();
		const filter = { chat_type: 'single', filter_type: 2 } as const;
		const found = new Map<string, number>();
		const records = listMassMessages(this.client, filter, () => ({
			from:
				readUntil === undefined
					? this.period().start - LATE_CONFIRMATION_SECONDS
					: this.client.serverTime(readUntil) - CLOCK_MARGIN_SECONDS,
			to: this.client.serverTime(now) + CLOCK_MARGIN_SECONDS,
		}));
		for await (const page of records) {
			for (const record of page) {
				if (!counts.msgids.has(record.msgid)) found.set(record.msgid, createTimeOf(record));
			}
			if (found.size > MAX_COUNTING_TASKS) throw tooManyTasks();
		}
		counts.readUntil = now;
		return found;
	}

	/** Counts a task; returns the customers it counts for. */
	private async count(counts: Counts, msgid: string): Promise<ReadonlySet<string>> {
		counts.msgids.add(msgid);
		const { start } = this.period();
		const customers = new Set<string>();
		for (const row of await this.resultsOf(msgid)) {
			const isCounted =
				row.status === 0 || (row.status === 1 && (row.send_time ?? Infinity) >= start);
			if (isCounted && row.external_userid) customers.add(row.external_userid);
		}
		add(counts.perCustomer, customers, 1);
		return customers;
	}

	private async resultsOf(msgid: string) {
		try {
			const { state, members } = await readTaskStatus(this.client, msgid);
			const results = members.flatMap((member) => member.results);
			if (state !== 'cancelled' && results.length === 0) this.unreadable.add(msgid);
			return results;
		} catch (error) {
			if (
				!(
					error instanceof WeComApiError &&
					(error.kind === 'input' || OUT_OF_REACH.has(error.errcode))
				)
			)
				throw asError(error);
			this.unreadable.add(msgid);
			return [];
		}
	}

	private period(): { start: number; limit: number } {
		return receivePeriod(this.limit, this.client.serverTime());
	}
}

function add(counts: Map<string, number>, customers: Iterable<string>, by: number): void {
	for (const id of customers) counts.set(id, (counts.get(id) ?? 0) + by);
}

function tooManyTasks(): WeComInputError {
	return new WeComInputError(
		`The corporation has more than ${MAX_COUNTING_TASKS} tasks in the period`,
		"Counting them would take too many requests. Choose a shorter period, or turn off 'Skip Customers at Their Limit'.",
	);
}
