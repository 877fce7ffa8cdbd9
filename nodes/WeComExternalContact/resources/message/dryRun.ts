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
	const drafts = tasks.map(({ draft }) => draft);
	const checked = leaveOut
		? 'Apart from tags, members and customers were not checked with WeCom.'
		: 'Members and customers were not checked with WeCom.';
	hint(`${counted(tasks.length, 'task')} planned, none created. ${checked}`, 'info');
	const leftOut: SkippedRecipient[] = [];
	const confirmations = new Confirmations(drafts);
	await leaveOut?.check.expect(drafts);
	for (const task of tasks) {
		const { skipped = [] } = (await leaveOut?.check.check(task.draft)) ?? {};
		leftOut.push(...skipped);
		yield { json: dryRunRow(task, skipped, confirmations), items: task.items };
	}
	reportSkipped(leftOut);
	if (tasks.length > 0) tellConfirmations(confirmations, context);
	warnOfRepeated(tasks, context);
	const obstacle = await obstacleTo(check);
	if (obstacle !== undefined) hint(obstacle, 'warning');
	if (previewTo === undefined || tasks.length === 0) return;
	const recipients = countDistinct(tasks, new Set(leftOut.map(({ id }) => id)));
	try {
		await sendPreviewOf(previewTo, tasks, confirmations, { recipients, obstacle }, context);
	} catch (error) {
		yield { error, items: context.items.map(({ index }) => index) };
	}
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
