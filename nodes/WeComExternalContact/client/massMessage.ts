import { createHash } from 'node:crypto';

import type { WeComClient } from './client';
import { chunk, listCustomerIds } from './customers';
import { endpoints } from './endpoints';
import { BUSY, NO_RECIPIENTS } from './errcodes';
import { passOn, WeComApiError, WeComCancelledError, WeComError } from './errors';
import { MAX_CUSTOMERS_PER_TASK, MAX_GROUPS_PER_TASK } from './limits';
import { backOffMs, MAX_REPEATS, surelyNotDone } from './retry';
import type { CreatedTask, TaskMemo } from './taskMemo';
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
		/** What to do when a task was not found after its answer was lost. */
		private readonly ifUnknown: 'stop' | 'tryAgain',
	) {}

	/**
	 * Creates the task unless this execution has already done so.
	 *
	 * @throws UnknownOutcomeError when the answer was lost and the task was not found
	 * @throws WeComError when it is sure that there is no task
	 */
	async create(task: AddMsgTemplateRequest): Promise<CreatedTask> {
		const key = taskKey(task);
		const earlier = this.memo.get(key);
		if (earlier?.task) return earlier.task;

		const since = earlier?.unknownSince ?? Math.floor(this.client.clock.now() / 1_000);
		if (earlier) {
			const found = await this.lookFor(task, since, 'An earlier try got no answer');
			if (found) return this.remember(key, found);
			if (this.ifUnknown === 'stop') {
				throw new UnknownOutcomeError('An earlier try got no answer', []);
			}
		}

		for (let repeat = 0; ; repeat++) {
			this.memo.set(key, { unknownSince: since });
			try {
				const answer = await this.client.call(endpoints.createMassMessage, task);
				return this.remember(key, {
					state: 'created',
					msgid: answer.msgid,
					fail_list: answer.fail_list ?? [],
				});
			} catch (error) {
				if (isKnownFailure(error)) {
					// This try failed for sure, but an earlier one may have used up what it now lacks.
					if (repeat > 0 || earlier) throw toUnknownOutcome(error, []);
					if (isNoRecipients(error)) {
						const fail_list = recipientsOf(task);
						return this.remember(key, { state: 'no_recipients', msgid: '', fail_list });
					}
					this.memo.forget(key);
					throw passOn(error);
				}
				const found = await this.lookFor(task, since, describe(error));
				if (found) return this.remember(key, found);
				// WeCom asks to repeat after "busy" (doc 90313); else the builder decides.
				const repeatable = isBusy(error) || this.ifUnknown === 'tryAgain';
				if (!repeatable || repeat === MAX_REPEATS) throw toUnknownOutcome(error, []);
				await this.client.clock.sleep(backOffMs(repeat, this.client.random));
			}
		}
	}

	private remember(key: string, task: CreatedTask): CreatedTask {
		this.memo.set(key, { task });
		return task;
	}

	/**
	 * Looks for a task whose answer was lost.
	 *
	 * @throws UnknownOutcomeError when there is one that may be it but cannot be told from another's
	 */
	private async lookFor(
		task: AddMsgTemplateRequest,
		since: number,
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
					task,
					since - CLOCK_MARGIN_SECONDS,
					Math.floor(this.client.clock.now() / 1_000) + CLOCK_MARGIN_SECONDS,
					(msgid) => this.memo.isAccountedFor(msgid),
				);
			} catch (error) {
				throw toUnknownOutcome(error, unclear, reason);
			}
			const judged = await Promise.all(
				candidates.map(async (candidate) => ({
					candidate,
					verdict: await this.judge(task, candidate),
				})),
			);
			const ours = judged.filter(({ verdict }) => Array.isArray(verdict));
			const [first] = ours;
			if (first && (ours.length === 1 || task.external_userid)) {
				const fail_list = first.verdict as readonly string[];
				return { state: 'recovered', msgid: first.candidate.msgid, fail_list };
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
