import type { WeComClient } from '../core/client';
import { WeComInputError } from '../core/errors';
import { memberKey } from '../customers/members';
import { chosenCustomers } from './chosenCustomers';
import type { MessageDraft } from './draft';
import { chatTypeOf } from './draft';
import type { ExecutionMemo } from './executionMemo';
import type { Unsettled } from './processTasks';
import { processTasks } from './processTasks';
import type { JustCreated, RecipientCheck, Verdict } from './recipientCheck';
import { isOlder, isWithdrawn, NOBODY, skipping, stillDispatching } from './recipientCheck';
import { CLOCK_MARGIN_SECONDS, DISPATCH_DELAYS_MS } from './records';
import type { SameContentTask } from './sameContent';
import { findSameContent, RecentTasks } from './sameContent';
import { creationKey } from './taskKey';
import { settleOthers } from './unsettled';
import type { ChatType } from './types';

/** Seconds for which a read of WeCom's list stays fresh, so that two consecutive tasks need only one. */
const LOOK_IS_FRESH_SECONDS = 1;

/** Seconds after which a task is not withdrawn any more. */
const SETTLING_SECONDS = 5;

/**
 * Skips customers for whom any execution recently created a task with the same content and member: for example a
 * workflow that was started twice, or again after a crash.
 *
 * WeCom doesn't show the waiting recipients of a group task (doc 93338). For groups, each existing task that may be for
 * the same groups therefore stands in for one requested task.
 */
export class SkipAlreadyCreated implements RecipientCheck {
	private readonly lists = new Map<ChatType, Look>();
	/** Group tasks that stand in for one of this run's. */
	private readonly standIns = new Set<string>();

	constructor(
		private readonly client: WeComClient,
		/** How far to look back, in whole seconds. */
		private readonly withinSeconds: number,
		/** The memo of this very execution, which accounts for its tasks. */
		private readonly ours: Pick<ExecutionMemo, 'owns'>,
		/** Stop where nobody can tell for which customer groups an existing task is. */
		private readonly stopIfUnclear = false,
	) {}

	turnOf(draft: MessageDraft): string {
		return creationKey(draft);
	}

	async check(draft: MessageDraft): Promise<Verdict> {
		await settleOthers(this.client, draft, this.ours, async (other) => await this.isListed(other));
		const same = await this.findSettled(draft);
		if (draft.recipients.kind === 'customerGroups') {
			return this.checkGroups(draft, draft.recipients.ids, same);
		}
		const reached = reachedBy(same, draft);
		if (reached.size === 0) return NOBODY;
		const wanted =
			draft.recipients.kind === 'customers'
				? draft.recipients.ids
				: [...(await chosenCustomers(this.client, draft))];
		const verdict = skipping(wanted, 'already_created', (id) => reached.has(id));
		const [first] = verdict.skipped;
		if (!first || verdict.left?.length !== 0) return verdict;
		return { ...verdict, duplicateOf: reached.get(first.id) };
	}

	/**
	 * Whether WeCom lists a task that another execution requested without getting an answer. The list is read from then
	 * on each time: what is listed late would be missing among what is new.
	 */
	private async isListed({ draft, firstAttemptAt }: Unsettled): Promise<boolean> {
		const accounted = (msgid: string) => processTasks.isClaimed(msgid) || this.ours.owns(msgid);
		const since = () => this.client.serverTime(firstAttemptAt) - CLOCK_MARGIN_SECONDS;
		const same = await findSameContent(this.client, draft, since, accounted);
		if (!same.some((task) => this.mayBeOf(draft, task))) return false;
		this.lists.clear();
		return true;
	}

	/** Whether a listed task may be the requested one: it is for no others. */
	private mayBeOf(draft: MessageDraft, task: SameContentTask): boolean {
		const { recipients } = draft;
		if (recipients.kind === 'customerGroups') return this.mayBeFor(recipients, task);
		const reached = [...reachedBy([task], draft).keys()];
		if (recipients.kind !== 'customers') return reached.length > 0;
		const wanted = new Set(recipients.ids);
		return reached.length > 0 && reached.every((id) => wanted.has(id));
	}

	/**
	 * Tasks with the same content that stay: one created seconds ago may be withdrawn because of an older one, and
	 * whoever is left out because of it would get nothing.
	 */
	private async findSettled(draft: MessageDraft): Promise<SameContentTask[]> {
		const mine = (msgid: string) => this.ours.owns(msgid);
		const same = await this.findSame(draft, mine);
		const now = this.client.serverTime();
		const youngest = Math.max(-Infinity, ...same.map(({ createdAt }) => createdAt));
		const age = now - youngest;
		if (age >= SETTLING_SECONDS) return same;
		await this.client.clock.sleep((SETTLING_SECONDS - age) * 1_000);
		this.listOf(draft).tasks.forgetParts();
		return await this.findSame(draft, mine, { fresh: true });
	}

	async rivalOf({ msgid, draft, reached }: JustCreated): Promise<string | undefined> {
		const mine = (each: string) => each === msgid || this.ours.owns(each);
		const others = await this.findSame(draft, mine, { fresh: true });
		const { tasks } = this.listOf(draft);
		const createdAt = tasks.createdAt(msgid) ?? this.client.serverTime();
		const rivals = others.filter((other) => this.isRival(other, draft, reached));
		const older = rivals.find((other) => isOlder(other, { createdAt, msgid }));
		if (older) return older.msgid;
		for (const younger of rivals) {
			if (!(await isWithdrawn(this.client, younger.msgid))) return younger.msgid;
			tasks.forget(younger.msgid);
		}
		return undefined;
	}

	/** Whether a task shares recipients with a created one; any task does if WeCom chose them. */
	private isRival(
		other: SameContentTask,
		draft: MessageDraft,
		reached: readonly string[],
	): boolean {
		if (draft.recipients.kind === 'customerGroups') return this.mayBeFor(draft.recipients, other);
		const theirs = reachedBy([other], draft);
		return theirs.size > 0 && (reached.length === 0 || reached.some((id) => theirs.has(id)));
	}

	async surplusBeside(
		{ msgid, draft, reached }: JustCreated,
		firstAttemptAt: number,
	): Promise<readonly string[]> {
		if (draft.recipients.kind !== 'customers') return [];
		const mine = (each: string) => each === msgid || this.ours.owns(each);
		const wanted = new Set(reached);
		const since = this.client.serverTime(firstAttemptAt) - CLOCK_MARGIN_SECONDS;
		return (await this.findSame(draft, mine, { fresh: true }))
			.filter(({ msgid: other, createdAt }) => createdAt >= since && !processTasks.isClaimed(other))
			.filter((task) => [...reachedBy([task], draft).keys()].every((id) => wanted.has(id)))
			.map(({ msgid: other }) => other);
	}

	withdrawn(): void {
		// Others may withdraw theirs, too: read all of it again.
		this.lists.clear();
	}

	/** @throws WeComInputError when nobody can tell for which groups an existing task is, and that must be known */
	private checkGroups(
		draft: MessageDraft,
		wanted: readonly string[],
		same: readonly SameContentTask[],
	): Verdict {
		const candidates = same.filter((task) => this.mayBeFor(draft.recipients, task));
		const certain = candidates.find((task) => isFor(wanted, task));
		const first = certain ?? candidates[0];
		if (!first) return NOBODY;
		if (!certain && this.stopIfUnclear) throw unclearGroups(first);
		this.standIns.add(first.msgid);
		return { skipped: [], duplicateOf: first.msgid };
	}

	private mayBeFor(recipients: MessageDraft['recipients'], task: SameContentTask): boolean {
		const wanted = new Set('ids' in recipients ? recipients.ids : []);
		const known = processTasks.groupsOf(task.msgid) ?? sentTo(task);
		const elsewhere = known.length > 0 && !known.some((id) => wanted.has(id));
		return !elsewhere && !this.standIns.has(task.msgid);
	}

	/** Tasks with the same content that WeCom has dispatched: the sender's or, without a sender, all members'. */
	private async findSame(
		draft: MessageDraft,
		ignore: (msgid: string) => boolean,
		{ fresh = false } = {},
	): Promise<SameContentTask[]> {
		const sender = draft.sender && memberKey(draft.sender);
		const list = this.listOf(draft);
		if (fresh || !isFresh(list, this.client.serverTime())) await look(list, this.client);
		for (let attempt = 0; ; attempt++) {
			const same = await list.tasks.withContentOf(draft, ignore);
			if (same.every(({ parts }) => parts)) {
				return same.filter(({ parts }) => sender === undefined || parts?.has(sender));
			}
			const delay = DISPATCH_DELAYS_MS[attempt];
			if (delay === undefined) throw stillDispatching("'Skip If Created Within'");
			await this.client.clock.sleep(delay);
		}
	}

	private listOf(draft: MessageDraft): Look {
		const chatType = chatTypeOf(draft);
		const known = this.lists.get(chatType);
		if (known) return known;
		const now = this.client.clock.now();
		const from = () => this.client.serverTime(now) - this.withinSeconds;
		const list: Look = { tasks: new RecentTasks(this.client, chatType, from) };
		this.lists.set(chatType, list);
		return list;
	}
}

/** WeCom's list, and when it was last read. */
interface Look {
	readonly tasks: RecentTasks;
	/** Unix seconds. */
	at?: number;
	/** How many tasks this process had created by then. */
	creations?: number;
}

async function look(list: Look, client: WeComClient): Promise<void> {
	const { creations } = processTasks;
	await list.tasks.refresh();
	Object.assign(list, { at: client.serverTime(), creations });
}

function isFresh({ at, creations }: Look, now: number): boolean {
	return (
		at !== undefined && now - at < LOOK_IS_FRESH_SECONDS && creations === processTasks.creations
	);
}

/** Chat IDs of the customer groups that a task was sent to so far. */
function sentTo({ parts }: SameContentTask): string[] {
	return [...(parts?.values() ?? [])].flatMap((ids) => [...ids]);
}

/** Whether a task is certainly for these groups: it was created for them here, or sent to some of them and no others. */
function isFor(wanted: readonly string[], task: SameContentTask): boolean {
	const created = processTasks.groupsOf(task.msgid);
	const known = created ?? sentTo(task);
	const isComplete = created === undefined || created.length === wanted.length;
	return known.length > 0 && isComplete && known.every((id) => wanted.includes(id));
}

function unclearGroups({ msgid, createdAt, parts }: SameContentTask): WeComInputError {
	const members = [...(parts?.keys() ?? [])].join(', ');
	const time = new Date(createdAt * 1_000).toISOString();
	return new WeComInputError(
		'A task with this message exists, and nobody can tell whether it is for these customer groups',
		`Task ${msgid} of member ${members} was created at ${time}. WeCom names only groups that it was sent to. Nothing was created beside it. Look at it in WeCom, or with Message > Get Task Status after the member has confirmed. If it is for these groups, there is nothing to do: add 'Skip If Created Within (Hours)' and such a task counts as the same. If it is for others, start the workflow anew for these groups instead of pressing Retry.`,
	);
}

/** Recipients reached by tasks of the draft's sender, or of anyone if it names none; each with a msgid. */
function reachedBy(tasks: readonly SameContentTask[], draft: MessageDraft): Map<string, string> {
	const sender = draft.sender && memberKey(draft.sender);
	const reached = new Map<string, string>();
	for (const { msgid, parts = new Map<string, Set<string>>() } of tasks) {
		for (const [member, ids] of parts) {
			if (sender !== undefined && sender !== member) continue;
			for (const id of ids) reached.set(id, msgid);
		}
	}
	return reached;
}
