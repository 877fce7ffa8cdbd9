import type { WeComClient } from '../core/client';
import { BUSY } from '../core/errorCodes';
import { asError, WeComApiError, WeComInputError } from '../core/errors';
import { backOffMs, isOutcomeKnown, MAX_RETRIES } from '../core/retry';
import { massMessageEndpoints } from './endpoints';
import { NO_RECIPIENTS } from './errorCodes';
import type { CreatedTask, ExecutionMemo, MemoEntry, TaskIdentity } from './executionMemo';
import { MAX_CUSTOMERS_PER_TASK } from './limits';
import { countRecipients, recipientsOf } from './plan';
import type { RecipientCheck, SkippedRecipient } from './recipientCheck';
import { errcodeOf, findLostTask, unknownOutcome } from './recoverTask';
import { identityOf } from './taskKey';
import type { AddMsgTemplateRequest } from './types';

/** Creates each task exactly once, as far as WeCom's answers allow. */
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

	/** First attempt: runs the recipient checks, then creates the task for whoever is left. */
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
		const found = await this.recover(earlier, reason);
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
				const found = await this.recover(open, describe(error));
				if (found) return found;
				// WeCom asks to repeat after "busy" (doc 90313); else the builder decides.
				const mayRepeat = isBusy(error) || this.options.ifUnknown === 'tryAgain';
				if (!mayRepeat || repeat === MAX_RETRIES)
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

	/** Looks for a task whose response was lost; see `findLostTask`. */
	private async recover(open: OpenTask, reason: string): Promise<CreatedTask | undefined> {
		const { body, skipped } = open;
		const isKnown = (msgid: string) => this.memo.ownedByAnyRun(msgid);
		const found = await findLostTask(this.client, open, reason, isKnown);
		if (!found) return undefined;
		this.tellChecks(body, found.unreached);
		return {
			state: 'recovered',
			msgid: found.msgid,
			recipient_count: countRecipients(body, found.unreached),
			fail_list: found.unreached,
			skipped,
		};
	}
}

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

const NOTHING_CREATED: CreatedTask = {
	state: 'no_recipients',
	msgid: '',
	recipient_count: 0,
	fail_list: [],
	skipped: [],
};

function isNoRecipients(error: unknown): boolean {
	return error instanceof WeComApiError && error.errcode === NO_RECIPIENTS;
}

function isBusy(error: unknown): boolean {
	return error instanceof WeComApiError && error.errcode === BUSY;
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : 'The answer was lost';
}
