import type { IDataObject } from 'n8n-workflow';

import type { PreviewNumbers } from '../../../shared/client/appMessages/preview';
import {
	MAX_PREVIEWED,
	previewMessages,
	sendPreview,
} from '../../../shared/client/appMessages/preview';
import { recipientsOf } from '../../../shared/client/massMessages/draft';
import { messageKey } from '../../../shared/client/massMessages/taskKey';
import type { Field } from '../../../shared/fields/field';
import { locatorField } from '../../../shared/fields/locator';
import type { OperationContext } from '../../../shared/operation/operation';
import { onceOf } from '../../../shared/operation/operation';
import type { Confirmations } from './confirmations';
import type { PlannedTask } from './pairing';

const memberLocator = locatorField({
	displayName: 'Send Preview To',
	name: 'sendPreviewTo',
	description: `The member who gets the content as messages of your app, and below it one line with tasks, recipients and confirmations. Of several different contents the first ${MAX_PREVIEWED}. Needs the secret of a self-built app.`,
	list: { method: 'searchMembers', placeholder: 'Select a member…' },
	idPlaceholder: 'e.g. lin',
	kind: 'member',
	ifEmpty: 'Choose a member, or remove the option.',
});

/** Who gets a preview of a dry run. In a collection, n8n gives a locator as it is stored. */
export const previewToField: Field<string> = {
	property: memberLocator.property,
	parse: (value, label) =>
		memberLocator.parse(
			typeof value === 'object' && value !== null ? (value as IDataObject).value : value,
			label,
		),
};

/**
 * Sends the preview of a dry run to a member. Retry On Fail does not send it again once it has arrived.
 *
 * @throws PreviewNotDeliveredError
 */
export async function sendPreviewOf(
	member: string,
	tasks: readonly PlannedTask[],
	confirmations: Confirmations,
	numbers: Pick<PreviewNumbers, 'recipients' | 'obstacle'>,
	context: OperationContext,
): Promise<void> {
	const { client, uploads, calledByAgent, hint } = context;
	const contents = new Map(tasks.map(({ draft }) => [messageKey(draft), draft]));
	const messages = previewMessages([...contents.values()], {
		...numbers,
		tasks: tasks.length,
		noun: nounOf(tasks),
		confirmations: confirmations.perMember,
		byWeCom: confirmations.byWeCom,
	});
	await onceOf(context).run(
		`preview ${member} ${JSON.stringify([...contents.keys()].slice(0, MAX_PREVIEWED))}`,
		async () =>
			await sendPreview(
				client,
				member,
				messages,
				async (source) => await uploads.mediaIdOf(source),
			),
		{ cacheSuccess: !calledByAgent },
	);
	hint(`Preview sent to ${member}.`, 'info');
}

function nounOf(tasks: readonly PlannedTask[]): PreviewNumbers['noun'] {
	const groups = tasks.filter(({ draft }) => draft.recipients.kind === 'customerGroups').length;
	if (groups === 0) return 'customer';
	return groups === tasks.length ? 'customer group' : 'recipient';
}

/** How many different customers or groups the tasks are for; null where WeCom chooses some of them. */
export function countDistinct(
	tasks: readonly PlannedTask[],
	leftOut: ReadonlySet<string>,
): number | null {
	if (tasks.some(({ draft }) => !('ids' in draft.recipients))) return null;
	const ids = new Set(tasks.flatMap(({ draft }) => recipientsOf(draft)));
	return [...ids].filter((id) => !leftOut.has(id)).length;
}
