import { createHash } from 'node:crypto';

import { chosenCustomers } from './chosenCustomers';
import { chunk } from '../core/utils';
import type { WeComClient } from '../core/client';
import { massMessageEndpoints } from './endpoints';
import { BUSY } from '../core/errorCodes';
import { NO_RECIPIENTS } from './errorCodes';
import { asError, WeComApiError, WeComInputError, WeComUnknownOutcomeError } from '../core/errors';
import { lazily } from '../core/utils';
import { MAX_CUSTOMERS_PER_TASK, MAX_GROUPS_PER_TASK } from './limits';
import { memberKey } from '../customers/members';
import { backOffMs, isOutcomeKnown, MAX_REPEATS } from '../core/retry';
import type { RecipientCheck, SkippedRecipient } from './recipientCheck';
import type { CreatedTask, MemoEntry, ExecutionMemo, TaskIdentity } from './executionMemo';
import type { SameContentTask } from './sameContent';
import { CLOCK_MARGIN_SECONDS } from './records';
import { findSameContent } from './sameContent';
import type { AddMsgTemplateRequest } from './types';

/** Milliseconds before each look for a task whose answer was lost; the list may lag behind. */
const LOOK_DELAYS_MS = [1_000, 2_000, 4_000];
/** Further looks while a task that may be it is still being handed out (41063). */
const DISPATCH_LOOK_DELAYS_MS = [8_000, 8_000];
/** Seconds by which they usually differ at most. */
const SAME_MOMENT_SECONDS = 5;

/** Cuts a message into the tasks WeCom allows: 10,000 customers or 2,000 groups each, in order. */
export function planTasks(message: AddMsgTemplateRequest): AddMsgTemplateRequest[] {
	if (message.external_userid) {
		return chunk(message.external_userid, MAX_CUSTOMERS_PER_TASK).map((external_userid) => ({
			...message,
			external_userid,
		}));
	}
	if (message.chat_id_list) {
		return chunk(message.chat_id_list, MAX_GROUPS_PER_TASK).map((chat_id_list) => ({
			...message,
			chat_id_list,
		}));
	}
	return [message];
}

/**
 * Equal for two tasks that would say the same to the same people, in whatever order these are named: an AI agent
 * that asks again may name them in another one.
 */
export function taskKey(task: AddMsgTemplateRequest): string {
	return hashOf({
		...task,
		sender: task.sender && memberKey(task.sender),
		external_userid: task.external_userid && [...task.external_userid].sort(),
		chat_id_list: task.chat_id_list && [...task.chat_id_list].sort(),
		tag_filter: task.tag_filter && {
			group_list: task.tag_filter.group_list
				.map(({ tag_list }) => [...tag_list].sort().join())
				.sort(),
		},
	});
}

function identityOf(task: AddMsgTemplateRequest, items: readonly number[]): TaskIdentity {
	return {
		key: taskKey(task),
		address: taskKey({ ...task, text: undefined, attachments: undefined }),
		message: taskKey({ ...task, external_userid: undefined, chat_id_list: undefined }),
		sender: task.sender && memberKey(task.sender),
		items,
	};
}

function hashOf(value: object): string {
	return createHash('sha256')
		.update(JSON.stringify(sorted(value)))
		.digest('hex');
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, part]) => part !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, part]) => [name, sorted(part)]),
	);
}

/** Creates tasks, each exactly once, as far as WeCom lets anybody know. */
export class TaskCreator {
	constructor(
		private readonly client: WeComClient,
		private readonly memo: ExecutionMemo,
		private readonly options: {
			/** What to do when a task was not found after its answer was lost. */
			readonly ifUnknown: 'stop' | 'tryAgain';
			/** Who must not get a task, asked before it is created. */
			readonly checks: readonly RecipientCheck[];
		},
	) {}

	/**
	 * Creates the task unless this execution has already done so.
	 *
	 * @param items indexes of the input items that ask for it
	 * @throws WeComUnknownOutcomeError when the answer was lost and the task was not found
	 * @throws WeComError when it is sure that there is no task
	 */
	async create(task: AddMsgTemplateRequest, items: readonly number[]): Promise<CreatedTask> {
		const identity = identityOf(task, items);
		const key = this.memo.keyOf(identity);
		return await this.memo.alone(key, async () => {
			const earlier = this.memo.get(key);
			if (earlier?.task) return earlier.task;
			// What an earlier try asked for is what is looked for, whatever is asked for now.
			const same = { ...identity, key };
			const result = earlier ? await this.resume(same, earlier) : await this.start(same, task);
			this.memo.set(same, { task: result });
			return result;
		});
	}

	/** The first time: asks the checks, then creates the task for whom they leave. */
	private async start(identity: TaskIdentity, task: AddMsgTemplateRequest): Promise<CreatedTask> {
		let body = task;
		const skipped: SkippedRecipient[] = [];
		for (const check of this.options.checks) {
			const { skipped: off, left, duplicateOf } = await check.check(body);
			skipped.push(...off);
			if (duplicateOf !== undefined) {
				return { ...NOTHING_CREATED, state: 'duplicate', msgid: duplicateOf, skipped };
			}
			if (left?.length === 0) return { ...NOTHING_CREATED, skipped };
			if (left) body = onlyFor(body, left);
		}
		const firstAttemptAt = Math.floor(this.client.clock.now() / 1_000);
		return await this.request(identity, { firstAttemptAt, body, skipped }, false);
	}

	/** An earlier try of this execution got no answer: looks for its task first. */
	private async resume(identity: TaskIdentity, earlier: OpenTask): Promise<CreatedTask> {
		const reason = 'An earlier try got no answer';
		const found = await this.findLostTask(earlier, reason);
		if (found) return found;
		if (this.options.ifUnknown === 'stop') throw unknownOutcome(reason);
		return await this.request(identity, earlier, true);
	}

	/** @param again whether a request for the same task may have arrived before */
	private async request(
		identity: TaskIdentity,
		open: OpenTask,
		again: boolean,
	): Promise<CreatedTask> {
		const { body, skipped } = open;
		for (let repeat = 0; ; repeat++) {
			this.memo.set(identity, open);
			try {
				const { msgid, fail_list = [] } = await this.client.call(
					massMessageEndpoints.createMassMessage,
					body,
				);
				this.tellChecks(body, fail_list);
				return {
					state: 'created',
					msgid,
					recipient_count: countRecipients(body, fail_list),
					fail_list,
					skipped,
				};
			} catch (error) {
				if (isOutcomeKnown(error)) {
					// This try failed for sure, but an earlier one may have used up what it now lacks.
					if (again || repeat > 0) throw unknownOutcome(describe(error), [], errcodeOf(error));
					this.memo.forget(identity.key);
					if (!isNoRecipients(error)) throw asError(error);
					return { ...NOTHING_CREATED, fail_list: recipientsOf(body), skipped };
				}
				const found = await this.findLostTask(open, describe(error));
				if (found) return found;
				// WeCom asks to repeat after "busy" (doc 90313); else the builder decides.
				const mayRepeat = isBusy(error) || this.options.ifUnknown === 'tryAgain';
				if (!mayRepeat || repeat === MAX_REPEATS)
					throw unknownOutcome(describe(error), [], errcodeOf(error));
				await this.client.clock.sleep(backOffMs(repeat, this.client.random));
			}
		}
	}

	private tellChecks(body: AddMsgTemplateRequest, failed: readonly string[]): void {
		const unreached = new Set(failed);
		const reached = recipientsOf(body).filter((id) => !unreached.has(id));
		for (const check of this.options.checks) check.created?.(reached);
	}

	/**
	 * Looks for a task whose answer was lost.
	 *
	 * @throws WeComUnknownOutcomeError when there is one that may be it but cannot be told from another's
	 */
	private async findLostTask(
		{ body, firstAttemptAt, skipped }: OpenTask,
		reason: string,
	): Promise<CreatedTask | undefined> {
		const delays = [...LOOK_DELAYS_MS];
		const judge = this.matchCandidate(body, firstAttemptAt);
		let unclear: string[] = [];
		for (let look = 0; look < delays.length; look++) {
			await this.client.clock.sleep(delays[look] ?? 0);
			let judged: Array<{ candidate: SameContentTask; verdict: Judgement }>;
			try {
				const candidates = await findSameContent(
					this.client,
					body,
					firstAttemptAt - CLOCK_MARGIN_SECONDS,
					Math.floor(this.client.clock.now() / 1_000) + CLOCK_MARGIN_SECONDS,
					(msgid) => this.memo.ownedByAnyRun(msgid),
				);
				judged = await Promise.all(
					candidates.map(async (candidate) => ({ candidate, verdict: await judge(candidate) })),
				);
			} catch (error) {
				throw unknownOutcome(reason, unclear, errcodeOf(error));
			}
			const ours = judged.filter(({ verdict }) => Array.isArray(verdict));
			const [first] = ours;
			if (first && (ours.length === 1 || body.external_userid)) {
				const fail_list = first.verdict as readonly string[];
				this.tellChecks(body, fail_list);
				return {
					state: 'recovered',
					msgid: first.candidate.msgid,
					recipient_count: countRecipients(body, fail_list),
					fail_list,
					skipped,
				};
			}
			unclear = judged
				.filter(({ verdict }) => verdict !== 'other')
				.map(({ candidate }) => candidate.msgid);
			const dispatching = judged.some(({ verdict }) => verdict === 'dispatching');
			if (dispatching && look === LOOK_DELAYS_MS.length - 1)
				delays.push(...DISPATCH_LOOK_DELAYS_MS);
		}
		if (unclear.length > 0) throw unknownOutcome(reason, unclear);
		return undefined;
	}

	/** Tells whether a task with the same content is the one that was asked for. */
	private matchCandidate(
		task: AddMsgTemplateRequest,
		firstAttemptAt: number,
	): (candidate: SameContentTask) => Promise<Judgement> {
		const { external_userid, chat_id_list, sender } = task;
		const reachable = lazily(async () => await chosenCustomers(this.client, { sender }));
		const chosen = lazily(async () => await chosenCustomers(this.client, task));

		return async ({ parts, createdAt }) => {
			if (!parts) return 'dispatching';
			const isSender = (key: string) => sender === undefined || key === memberKey(sender);
			if (![...parts.keys()].every(isSender)) return 'other';
			const reached = new Set([...parts.values()].flatMap((ids) => [...ids]));

			if (chat_id_list) {
				const wanted = new Set(chat_id_list);
				if ([...reached].some((id) => !wanted.has(id))) return 'other';
				// The groups that still wait are not to be seen (doc 93338), so the time has to do.
				return createdAt >= firstAttemptAt - SAME_MOMENT_SECONDS ? [] : 'unclear';
			}
			if (!external_userid) {
				const wanted = await chosen();
				const equal = wanted.size === reached.size && [...reached].every((id) => wanted.has(id));
				// WeCom's choice may differ from what can be read of it, so nothing else is certain.
				return equal ? [] : 'unclear';
			}
			const wanted = new Set(external_userid);
			if ([...reached].some((id) => !wanted.has(id))) return 'other';
			const missing = external_userid.filter((id) => !reached.has(id));
			if (missing.length === 0) return [];
			if (reached.size === 0 || sender === undefined) return 'unclear';
			// It reaches only some: ours if the others cannot be reached by this member, else perhaps another's.
			const ofSender = await reachable();
			return missing.some((id) => ofSender.has(id)) ? 'unclear' : missing;
		};
	}
}

/** A list: the task that was asked for, and the recipients it does not reach. */
type Judgement = readonly string[] | 'other' | 'unclear' | 'dispatching';

type OpenTask = Exclude<MemoEntry, { readonly task: CreatedTask }>;

/**
 * The task for these customers only, by name.
 *
 * @throws WeComInputError when they are more than a task can name
 */
function onlyFor(task: AddMsgTemplateRequest, customers: readonly string[]): AddMsgTemplateRequest {
	if (customers.length > MAX_CUSTOMERS_PER_TASK) {
		throw new WeComInputError(
			'Some of the customers have a task with this message already, and the others are too many for one task',
			'Nothing was created. Send to Customers From Input Items, with the customers of Customer > List.',
		);
	}
	return { ...task, tag_filter: undefined, external_userid: [...customers] };
}

/** External user IDs or chat IDs a task names; empty when WeCom chooses them. */
export function recipientsOf(task: AddMsgTemplateRequest): readonly string[] {
	return task.external_userid ?? task.chat_id_list ?? [];
}

const NOTHING_CREATED: CreatedTask = {
	state: 'no_recipients',
	msgid: '',
	recipient_count: 0,
	fail_list: [],
	skipped: [],
};

/** How many the task reaches; null when WeCom chooses them. */
export function countRecipients(
	task: AddMsgTemplateRequest,
	failed: readonly string[] = [],
): number | null {
	const named = recipientsOf(task).length;
	return named === 0 ? null : named - failed.length;
}

function isNoRecipients(error: unknown): boolean {
	return error instanceof WeComApiError && error.errcode === NO_RECIPIENTS;
}

function isBusy(error: unknown): boolean {
	return error instanceof WeComApiError && error.errcode === BUSY;
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : 'The answer was lost';
}

function errcodeOf(error: unknown): number | undefined {
	return error instanceof WeComApiError ? error.errcode : undefined;
}

/**
 * Nobody can say whether the task exists.
 *
 * @param reason why the answer is not known
 * @param candidates tasks of the list that may be the one, but cannot be told apart from somebody else's
 */
function unknownOutcome(
	reason: string,
	candidates: readonly string[] = [],
	errcode?: number,
): WeComUnknownOutcomeError {
	const seen =
		candidates.length === 0
			? "It was not found in WeCom's list of tasks."
			: `WeCom's list shows ${candidates.join(', ')}, which may be it.`;
	return new WeComUnknownOutcomeError(
		'WeCom may or may not have created the task',
		`${reason}. ${seen} Look at the list (Message > List) before you send again, or a customer may get the message twice.`,
		errcode,
	);
}
