import type { WeComClient } from '../core/client';
import { BUSY } from '../core/errorCodes';
import { asError, WeComApiError, WeComInputError } from '../core/errors';
import { isOutcomeKnown, shouldRetry } from '../core/retry';
import { chosenCustomers } from './chosenCustomers';
import type { MessageDraft } from './draft';
import { countRecipients, recipientsOf } from './draft';
import { massMessageEndpoints } from './endpoints';
import { NO_RECIPIENTS } from './errorCodes';
import type { CreatedTask, ExecutionMemo, OpenTask } from './executionMemo';
import { MAX_CUSTOMERS_PER_TASK } from './limits';
import type { Unsettled } from './processTasks';
import { processTasks } from './processTasks';
import type { RecipientCheck, SkippedRecipient } from './recipientCheck';
import { skipping } from './recipientCheck';
import { errcodeOf, findLostTask, unknownOutcome } from './recoverTask';
import { justCreated, Rivals } from './rivals';
import { creationKey, messageKey, taskKey } from './taskKey';
import type { AddMsgTemplateRequest, AddMsgTemplateResponse } from './types';

/** How often to recreate a task because another process got to some of its customers first. */
const MAX_ROUNDS = 5;

/** Milliseconds after which every process has looked whether its task may stay. */
const SETTLING_MS = 5_000;

export interface TaskCreatorOptions {
	/** What to do when a task was not found after its response was lost. */
	readonly ifUnknown: 'stop' | 'tryAgain';
	/** Decide who must not get a task. They run before it is created. */
	readonly checks: readonly RecipientCheck[];
	/** Builds the wire request; uploads the draft's files. */
	toRequest(draft: MessageDraft): Promise<AddMsgTemplateRequest>;
}

/** Creates each task exactly once, as far as WeCom's answers allow. */
export class TaskCreator {
	private readonly rivals: Rivals;

	constructor(
		private readonly client: WeComClient,
		private readonly memo: ExecutionMemo,
		private readonly options: TaskCreatorOptions,
	) {
		this.rivals = new Rivals(client, options.checks);
	}

	/** Created tasks of which nobody could tell whether another process created the same. */
	get notLookedAfter(): readonly string[] {
		return this.rivals.notLookedAfter;
	}

	/**
	 * Creates the task unless this execution has already done so.
	 *
	 * @param draft with no more recipients than one task takes, once those are off whom the checks skip
	 * @throws WeComUnknownOutcomeError when the response was lost and the task was not found
	 * @throws WeComError when there is certainly no task
	 */
	async create(draft: MessageDraft, attempt = 1): Promise<CreatedTask> {
		return await this.memo.turns.take(messageKey(draft), async () => {
			const key = taskKey(draft);
			const earlier = this.memo.get(key);
			if (earlier?.task) return earlier.task;
			const resumed = earlier && (await this.resume(key, earlier));
			const task =
				resumed ?? (await this.inTurn(draft, async () => await this.start(key, draft, attempt)));
			this.memo.set(key, draft, { task });
			return task;
		});
	}

	/** Waits for other executions in this process whose creations may be for the same customers. */
	private async inTurn<T>(draft: MessageDraft, work: () => Promise<T>): Promise<T> {
		const turns = this.options.checks.flatMap((check) => check.turnOf?.(draft) ?? []);
		return await turns.reduceRight<() => Promise<T>>(
			(inner, turn) => async () => await processTasks.turns.take(turn, inner),
			work,
		)();
	}

	/** First attempt: runs the recipient checks, then creates the task for whoever is left. */
	private async start(key: string, draft: MessageDraft, attempt: number): Promise<CreatedTask> {
		const asked = await this.alreadyAsked(key, draft, attempt);
		for (let round = 0; ; round++) {
			// The others of the same moment may withdraw as well: whoever stays is known a little later.
			if (round > 0) await this.client.clock.sleep(SETTLING_MS);
			const left = await this.checked(draft, asked);
			if ('task' in left) return left.task;
			const body = await this.options.toRequest(left.draft);
			const firstAttemptAt = this.client.clock.now();
			const shared: Unsettled = {
				account: this.client.account,
				key: creationKey(left.draft),
				draft: left.draft,
				firstAttemptAt,
				owner: this.memo,
			};
			const open = { firstAttemptAt, draft: left.draft, body, skipped: left.skipped, shared };
			const task = await this.request(key, draft, open, false);
			if (task) {
				// If anything fails from here on, a repeated run must know about the task.
				this.memo.set(key, draft, { task });
				if (task.msgid === '' || (await this.rivals.stays(justCreated(left.draft, task))))
					return task;
			}
			this.memo.forget(key);
			if (round === MAX_ROUNDS) throw tooManyCreators();
		}
	}

	/** The draft for whoever passes the checks, or the outcome if no one does. */
	private async checked(
		draft: MessageDraft,
		asked: ReadonlyMap<string, string>,
	): Promise<
		{ draft: MessageDraft; skipped: readonly SkippedRecipient[] } | { task: CreatedTask }
	> {
		// A task that names nobody would be for everybody.
		if ('ids' in draft.recipients && draft.recipients.ids.length === 0) {
			return { task: NOTHING_CREATED };
		}
		const skipped: SkippedRecipient[] = [];
		let left = draft;
		const wanted = asked.size === 0 ? [] : await this.recipientsNow(draft);
		const verdicts = [
			() => skipping(wanted, 'already_created', (id) => asked.has(id)),
			...this.options.checks.map((check) => async () => await check.check(left)),
		];
		for (const [index, verdict] of verdicts.entries()) {
			const { skipped: off, left: rest, duplicateOf } = await verdict();
			skipped.push(...off);
			if (duplicateOf !== undefined) return { task: duplicate(duplicateOf, skipped) };
			if (rest?.length === 0) {
				// If an AI agent has already asked for all of these recipients, its task exists.
				const [first] = index === 0 ? asked.values() : [];
				return { task: first ? duplicate(first, skipped) : { ...NOTHING_CREATED, skipped } };
			}
			if (rest) left = onlyFor(left, rest);
		}
		if (left !== draft) checkFits(left);
		return { draft: left, skipped };
	}

	/**
	 * Recipients whom this run, at an earlier attempt, or this AI agent has asked for with the same message, each with
	 * the msgid. A task whose response was lost is looked for first.
	 */
	private async alreadyAsked(
		key: string,
		draft: MessageDraft,
		attempt: number,
	): Promise<ReadonlyMap<string, string>> {
		const asked = new Map<string, string>();
		for (const [earlier, entry] of this.memo.asksBefore(key, draft, attempt)) {
			const task = entry.task ?? (await this.resume(earlier, entry));
			if (!task) continue;
			if (!entry.task) this.memo.set(earlier, entry.draft, { task });
			const unreached = new Set([...task.fail_list, ...task.skipped.map(({ id }) => id)]);
			for (const id of await this.recipientsNow(entry.draft)) {
				if (!unreached.has(id)) asked.set(id, task.msgid);
			}
		}
		return asked;
	}

	/** The recipients a draft names, or those whom WeCom would choose for it now. */
	private async recipientsNow(draft: MessageDraft): Promise<readonly string[]> {
		if ('ids' in draft.recipients) return draft.recipients.ids;
		return [...(await chosenCustomers(this.client, draft))];
	}

	/**
	 * An earlier attempt of this execution got no response: looks for its task first.
	 *
	 * @returns undefined when another process withdrew it: it has to be created anew
	 */
	private async resume(key: string, open: OpenTask): Promise<CreatedTask | undefined> {
		const reason = 'An earlier attempt got no answer';
		const found = await this.recover(key, open.draft, open, reason);
		if (found === 'withdrawn') return undefined;
		if (found) return found;
		if (this.options.ifUnknown === 'stop') throw unknownOutcome(reason);
		return await this.request(key, open.draft, open, true);
	}

	/**
	 * @param again whether an earlier request for the same task may have arrived
	 * @returns undefined when the task was found, and another process withdrew it: it has to be created anew
	 */
	private async request(
		key: string,
		wanted: MessageDraft,
		open: OpenTask,
		again: boolean,
	): Promise<CreatedTask | undefined> {
		const { draft, body, skipped } = open;
		// Other executions in this process must know of it until its outcome is known.
		processTasks.leaveUnsettled(open.shared);
		for (let attempt = 0; ; attempt++) {
			this.memo.set(key, wanted, open);
			let response: AddMsgTemplateResponse;
			try {
				response = await this.client.call(massMessageEndpoints.createMassMessage, body);
			} catch (error) {
				if (isOutcomeKnown(error)) {
					// This attempt certainly failed, but an earlier one may have used up what this one lacks.
					if (again || attempt > 0) throw unknownOutcome(describe(error), [], errcodeOf(error));
					this.memo.forget(key);
					processTasks.settle(open.shared);
					if (!isNoRecipients(error)) throw asError(error);
					return { ...NOTHING_CREATED, fail_list: recipientsOf(draft), skipped };
				}
				const found = await this.recover(key, wanted, open, describe(error));
				if (found === 'withdrawn') return undefined;
				if (found) return found;
				// WeCom asks to retry after "busy" (doc 90313). Otherwise the workflow builder decides.
				const mayRepeat = isBusy(error) || this.options.ifUnknown === 'tryAgain';
				const { random } = this.client;
				const retry = shouldRetry(error, { idempotent: mayRepeat, attempt, random });
				if (!retry) throw unknownOutcome(describe(error), [], errcodeOf(error));
				await this.client.clock.sleep(retry.delayMs);
				continue;
			}
			const msgid = String(response.msgid);
			const fail_list = textsOf(response.fail_list);
			processTasks.claim(msgid);
			if (draft.recipients.kind === 'customerGroups') {
				processTasks.markGroups(msgid, draft.recipients.ids);
			}
			processTasks.creations++;
			processTasks.settle(open.shared);
			const recipient_count = countRecipients(draft, fail_list);
			return { state: 'created', msgid, recipient_count, fail_list, skipped };
		}
	}

	/** Looks for a task whose response was lost; see `findLostTask`. Nothing is open any more once one is found. */
	private async recover(
		key: string,
		wanted: MessageDraft,
		open: OpenTask,
		reason: string,
	): Promise<CreatedTask | 'withdrawn' | undefined> {
		const found = await findLostTask(this.client, open, reason);
		if (!found) return undefined;
		const { msgid, unreached } = found;
		const task: CreatedTask = {
			state: 'recovered',
			msgid,
			recipient_count: countRecipients(open.draft, unreached),
			fail_list: unreached,
			skipped: open.skipped,
		};
		// If anything fails from here on, a repeated run must know about the task.
		this.memo.set(key, wanted, { task });
		processTasks.settle(open.shared);
		const stands = await this.rivals.keepsOnly(justCreated(open.draft, task), open.firstAttemptAt);
		if (stands) return task;
		this.memo.forget(key);
		return 'withdrawn';
	}
}

/** Narrows the draft to these recipients, named individually. */
function onlyFor(draft: MessageDraft, ids: readonly string[]): MessageDraft {
	const kind = draft.recipients.kind === 'customerGroups' ? 'customerGroups' : 'customers';
	return { ...draft, recipients: { kind, ids } };
}

/** @throws WeComInputError when a narrowed draft has more customers than a task can name */
function checkFits({ recipients }: MessageDraft): void {
	if (recipients.kind !== 'customers' || recipients.ids.length <= MAX_CUSTOMERS_PER_TASK) return;
	throw new WeComInputError(
		'Some of the customers are left out, and the others are too many for one task',
		"Nothing was created. Send to 'Customers From Input Items', with the customers that Customer > List gives.",
	);
}

const NOTHING_CREATED: CreatedTask = {
	state: 'no_recipients',
	msgid: '',
	recipient_count: 0,
	fail_list: [],
	skipped: [],
};

function duplicate(msgid: string, skipped: readonly SkippedRecipient[]): CreatedTask {
	return { ...NOTHING_CREATED, state: 'duplicate', msgid, skipped };
}

/** WeCom has created the task: no odd part of its response may hide the msgid. */
function textsOf(list: unknown): string[] {
	return Array.isArray(list) ? [...new Set(list.filter((entry) => typeof entry === 'string'))] : [];
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

function tooManyCreators(): WeComInputError {
	return new WeComInputError(
		'Other executions keep creating the same task at the same moment',
		'This execution created nothing. Run it again when the others have finished.',
	);
}
