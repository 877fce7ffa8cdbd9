import { createHash } from 'node:crypto';

import type { WeComClient } from './client';
import { chunk, listCustomerIds } from './customers';
import { endpoints } from './endpoints';
import { BUSY, NO_RECIPIENTS } from './errcodes';
import { passOn, WeComApiError, WeComCancelledError, WeComError } from './errors';
import { MAX_CUSTOMERS_PER_TASK, MAX_GROUPS_PER_TASK } from './limits';
import { backOffMs, MAX_REPEATS, surelyNotDone } from './retry';
import type { RecipientCheck, SkippedRecipient } from './recipientChecks';
import type { CreatedTask, MemoEntry, TaskMemo } from './taskMemo';
import type { SameContentTask } from './taskSearch';
import { findSameContent } from './taskSearch';
import type { AddMsgTemplateRequest } from './types';

/** Milliseconds before each look for a task whose answer was lost; the list may lag behind. */
const LOOK_DELAYS_MS = [1_000, 2_000, 4_000];
/** Further looks while a task that may be it is still being handed out (41063). */
const DISPATCH_LOOK_DELAYS_MS = [8_000, 8_000];
/** Seconds by which this server's clock and WeCom's may differ. */
const CLOCK_MARGIN_SECONDS = 60;

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

/** Equal for two tasks that would say the same to the same people. */
export function taskKey(task: AddMsgTemplateRequest): string {
	return createHash('sha256')
		.update(JSON.stringify(sorted(task)))
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

/** Nobody can say whether the task exists. */
export class UnknownOutcomeError extends WeComError {
	override readonly name = 'UnknownOutcomeError';
	readonly kind = 'unknownOutcome';
	readonly remedy: string;

	constructor(
		/** Why the answer is not known. */
		reason: string,
		/** Tasks of the list that may be the one, but cannot be told apart from somebody else's. */
		readonly candidates: readonly string[],
		readonly errcode?: number,
	) {
		super('WeCom may or may not have created the task');
		const seen =
			candidates.length === 0
				? "It was not found in WeCom's list of tasks."
				: `WeCom's list shows ${candidates.join(', ')}, which may be it.`;
		this.remedy = `${reason}. ${seen} Look at the list (Message > List) before you send again, or a customer may get the message twice.`;
	}
}

/** Creates tasks, each exactly once, as far as WeCom lets anybody know. */
export class TaskCreator {
	constructor(
		private readonly client: WeComClient,
		private readonly memo: TaskMemo,
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
	 * @throws UnknownOutcomeError when the answer was lost and the task was not found
	 * @throws WeComError when it is sure that there is no task
	 */
	async create(task: AddMsgTemplateRequest): Promise<CreatedTask> {
		const key = taskKey(task);
		return await this.memo.alone(key, async () => {
			const earlier = this.memo.get(key);
			if (earlier?.task) return earlier.task;
			const result = earlier ? await this.resume(key, earlier) : await this.start(key, task);
			this.memo.set(key, { task: result });
			return result;
		});
	}

	/** The first time: asks the checks, then creates the task for whom they leave. */
	private async start(key: string, task: AddMsgTemplateRequest): Promise<CreatedTask> {
		let body = task;
		const skipped: SkippedRecipient[] = [];
		for (const check of this.options.checks) {
			const verdict = await check.check(body);
			skipped.push(...verdict.skipped);
			if (verdict.duplicateOf !== undefined) {
				return { state: 'duplicate', msgid: verdict.duplicateOf, fail_list: [], skipped };
			}
			body = without(body, verdict.skipped);
			if (verdict.skipped.length > 0 && recipientsOf(body).length === 0) {
				return { state: 'no_recipients', msgid: '', fail_list: [], skipped };
			}
		}
		const unknownSince = Math.floor(this.client.clock.now() / 1_000);
		return await this.request(key, { unknownSince, body, skipped }, false);
	}

	/** An earlier try of this execution got no answer: looks for its task first. */
	private async resume(key: string, earlier: OpenTask): Promise<CreatedTask> {
		const reason = 'An earlier try got no answer';
		const found = await this.lookFor(earlier, reason);
		if (found) return found;
		if (this.options.ifUnknown === 'stop') throw new UnknownOutcomeError(reason, []);
		return await this.request(key, earlier, true);
	}

	/** @param again whether a request for the same task may have arrived before */
	private async request(key: string, open: OpenTask, again: boolean): Promise<CreatedTask> {
		const { body, skipped } = open;
		for (let repeat = 0; ; repeat++) {
			this.memo.set(key, open);
			try {
				const { msgid, fail_list = [] } = await this.client.call(endpoints.createMassMessage, body);
				this.tellChecks(body, fail_list);
				return { state: 'created', msgid, fail_list, skipped };
			} catch (error) {
				if (isKnownFailure(error)) {
					// This try failed for sure, but an earlier one may have used up what it now lacks.
					if (again || repeat > 0) throw toUnknownOutcome(error, []);
					this.memo.forget(key);
					if (!isNoRecipients(error)) throw passOn(error);
					return { state: 'no_recipients', msgid: '', fail_list: recipientsOf(body), skipped };
				}
				const found = await this.lookFor(open, describe(error));
				if (found) return found;
				// WeCom asks to repeat after "busy" (doc 90313); else the builder decides.
				const repeatable = isBusy(error) || this.options.ifUnknown === 'tryAgain';
				if (!repeatable || repeat === MAX_REPEATS) throw toUnknownOutcome(error, []);
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
	 * @throws UnknownOutcomeError when there is one that may be it but cannot be told from another's
	 */
	private async lookFor(
		{ body, unknownSince, skipped }: OpenTask,
		reason: string,
	): Promise<CreatedTask | undefined> {
		const delays = [...LOOK_DELAYS_MS];
		let unclear: string[] = [];
		for (let look = 0; look < delays.length; look++) {
			await this.client.clock.sleep(delays[look] ?? 0);
			let candidates: SameContentTask[];
			try {
				candidates = await findSameContent(
					this.client,
					body,
					unknownSince - CLOCK_MARGIN_SECONDS,
					Math.floor(this.client.clock.now() / 1_000) + CLOCK_MARGIN_SECONDS,
					(msgid) => this.memo.isAccountedFor(msgid),
				);
			} catch (error) {
				throw toUnknownOutcome(error, unclear, reason);
			}
			const judged = await Promise.all(
				candidates.map(async (candidate) => ({
					candidate,
					verdict: await this.judge(body, candidate),
				})),
			);
			const ours = judged.filter(({ verdict }) => Array.isArray(verdict));
			const [first] = ours;
			if (first && (ours.length === 1 || body.external_userid)) {
				const fail_list = first.verdict as readonly string[];
				this.tellChecks(body, fail_list);
				return { state: 'recovered', msgid: first.candidate.msgid, fail_list, skipped };
			}
			unclear = judged
				.filter(({ verdict }) => verdict !== 'other')
				.map(({ candidate }) => candidate.msgid);
			const dispatching = judged.some(({ verdict }) => verdict === 'dispatching');
			if (dispatching && look === LOOK_DELAYS_MS.length - 1)
				delays.push(...DISPATCH_LOOK_DELAYS_MS);
		}
		if (unclear.length > 0) throw new UnknownOutcomeError(reason, unclear);
		return undefined;
	}

	/**
	 * Is a task with the same content the one that was asked for? A list says so with the recipients it does not
	 * reach.
	 */
	private async judge(
		task: AddMsgTemplateRequest,
		{ members, recipients }: SameContentTask,
	): Promise<readonly string[] | 'other' | 'unclear' | 'dispatching'> {
		if (!members || !recipients || members.length === 0) return 'dispatching';
		if (task.sender !== undefined && members.some((userid) => userid !== task.sender))
			return 'other';

		const wanted = recipientsOf(task);
		// By tag or all of a member: WeCom chose the recipients, so member and content have to do.
		if (wanted.length === 0) return [];
		const wantedSet = new Set(wanted);
		if ([...recipients].some((id) => !wantedSet.has(id))) return 'other';
		// Of a group task only what was sent has rows (W 4.3).
		if (task.chat_id_list) return [];

		const missing = wanted.filter((id) => !recipients.has(id));
		if (missing.length === 0) return [];
		if (recipients.size === 0 || task.sender === undefined) return 'unclear';
		// It reaches only some: ours if the others cannot be reached by this member, else perhaps another's.
		const reachable = new Set(await listCustomerIds(this.client, task.sender));
		return missing.some((id) => reachable.has(id)) ? 'unclear' : missing;
	}
}

type OpenTask = Exclude<MemoEntry, { readonly task: CreatedTask }>;

/** The task for those who are not skipped. */
function without(
	task: AddMsgTemplateRequest,
	skipped: readonly SkippedRecipient[],
): AddMsgTemplateRequest {
	if (skipped.length === 0) return task;
	const off = new Set(skipped.map(({ id }) => id));
	return { ...task, external_userid: task.external_userid?.filter((id) => !off.has(id)) };
}

/** External user IDs or chat IDs a task names; empty when WeCom chooses them. */
export function recipientsOf(task: AddMsgTemplateRequest): readonly string[] {
	return task.external_userid ?? task.chat_id_list ?? [];
}

function isNoRecipients(error: unknown): boolean {
	return error instanceof WeComApiError && error.errcode === NO_RECIPIENTS;
}

function isBusy(error: unknown): boolean {
	return error instanceof WeComApiError && error.errcode === BUSY;
}

/** Only WeCom's own word, or a request that surely never left, makes a failure certain. */
function isKnownFailure(error: unknown): boolean {
	if (surelyNotDone(error) || error instanceof WeComCancelledError) return true;
	return error instanceof WeComApiError && error.errcode !== BUSY;
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : 'The answer was lost';
}

function toUnknownOutcome(
	error: unknown,
	candidates: readonly string[],
	reason = describe(error),
): UnknownOutcomeError {
	if (error instanceof UnknownOutcomeError) return error;
	const errcode = error instanceof WeComApiError ? error.errcode : undefined;
	return new UnknownOutcomeError(reason, candidates, errcode);
}
