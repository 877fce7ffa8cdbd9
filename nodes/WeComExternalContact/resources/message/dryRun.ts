import type { IDataObject } from 'n8n-workflow';

import { asError, WeComInputError } from '../../../shared/client/core/errors';
import { countRecipients } from '../../../shared/client/massMessages/draft';
import type { SkippedRecipient } from '../../../shared/client/massMessages/recipientCheck';
import { optional, shownWhen } from '../../../shared/fields/field';
import { switchField } from '../../../shared/fields/kinds';
import { bytesOf } from '../../../shared/fields/textLimits';
import { counted } from '../../../shared/operation/format';
import type { OperationContext, Result } from '../../../shared/operation/operation';
import { Confirmations } from './confirmations';
import type { Creation } from './createOptions';
import type { PlannedTask } from './pairing';
import { tellConfirmations, warnOfRepeated } from './planHints';
import { countDistinct, previewToField, sendPreviewOf } from './preview';
import { taskRow } from './taskRow';

export const dryRunOption = optional(
	switchField({
		displayName: 'Dry Run',
		name: 'dryRun',
		default: true,
		description: 'Whether to only show the tasks that would be created, without creating any',
	}),
	false,
);

export const sendPreviewToOption = optional(shownWhen(dryRunOption, [true], previewToField));

/** The tasks as they would be created, and what would keep them from it. Sends a preview of them to `previewTo`. */
export async function* showPlan(
	tasks: readonly PlannedTask[],
	check: () => Promise<void>,
	{ leaveOut, reportSkipped }: Creation,
	previewTo: string | undefined,
	context: OperationContext,
): AsyncGenerator<Result, void> {
	const { hint } = context;
	const checked = leaveOut
		? 'Apart from tags, members and customers were not checked with WeCom.'
		: 'Members and customers were not checked with WeCom.';
	const planned: Array<{ task: PlannedTask; skipped: readonly SkippedRecipient[] }> = [];
	for (const task of tasks) {
		const { skipped = [] } = (await leaveOut?.check.check(task.draft)) ?? {};
		planned.push({ task, skipped });
	}
	// Where nobody is left, the run would create no task, and nobody would have one to confirm.
	const wanted = planned.filter(({ task, skipped }) => !isForNobody(task, skipped));
	const toCreate = wanted.map(({ task }) => task);
	hint(`${counted(toCreate.length, 'task')} planned, none created. ${checked}`, 'info');
	const forNobody = tasks.length - toCreate.length;
	if (forNobody > 0) {
		hint(`${counted(forNobody, 'task')} would not be created: nobody is left to send to.`, 'info');
	}
	const confirmations = new Confirmations(toCreate.map(({ draft }) => draft));
	for (const { task, skipped } of planned) {
		yield { json: dryRunRow(task, skipped, confirmations), items: task.items };
	}
	const leftOut = planned.flatMap(({ skipped }) => skipped);
	reportSkipped(leftOut);
	if (toCreate.length > 0) tellConfirmations(confirmations, context);
	warnOfRepeated(toCreate, context);
	const obstacle = await obstacleTo(check);
	if (obstacle !== undefined) hint(obstacle, 'warning');
	if (previewTo === undefined || tasks.length === 0) return;
	if (toCreate.length === 0) {
		hint('No preview was sent: nobody is left to send to.', 'info');
		return;
	}
	const recipients = countDistinct(toCreate, new Set(leftOut.map(({ id }) => id)));
	try {
		await sendPreviewOf(previewTo, toCreate, confirmations, { recipients, obstacle }, context);
	} catch (error) {
		yield { error, items: context.items.map(({ index }) => index) };
	}
}

function isForNobody(
	{ draft: { recipients } }: PlannedTask,
	skipped: readonly SkippedRecipient[],
): boolean {
	return 'ids' in recipients && recipients.ids.length === skipped.length;
}

/** What would stop the run, as sentences. */
async function obstacleTo(check: () => Promise<void>): Promise<string | undefined> {
	try {
		await check();
	} catch (error) {
		if (!(error instanceof WeComInputError)) throw asError(error);
		return `Without 'Dry Run' this run would stop: ${error.message}. ${error.remedy}`;
	}
	return undefined;
}

function dryRunRow(
	task: PlannedTask,
	skipped: readonly SkippedRecipient[],
	confirmations: Confirmations,
): IDataObject {
	const { draft } = task;
	const unreached = skipped.map(({ id }) => id);
	const recipient_count = countRecipients(draft, unreached);
	const planned = { msgid: '', fail_list: [], skipped, recipient_count, state: 'planned' } as const;
	return {
		...taskRow(task, planned),
		confirmations: confirmations.of(draft),
		text_bytes: bytesOf(draft.text),
		attachment_count: draft.attachments.length,
	};
}
