import { AppMessageMemo } from '../../../shared/client/appMessages/appMessageMemo';
import {
	DUPLICATE_CHECK_SECONDS,
	MAX_DUPLICATE_CHECK_SECONDS,
	MAX_MESSAGES_PER_MINUTE,
} from '../../../shared/client/appMessages/limits';
import type { AppMessage } from '../../../shared/client/appMessages/message';
import type { NotReached } from '../../../shared/client/appMessages/sendAppMessage';
import { sendAppMessage as sendToMembers } from '../../../shared/client/appMessages/sendAppMessage';
import { VISIBLE_RANGE } from '../../../shared/client/core/consoleMenus';
import { memberKey } from '../../../shared/client/customers/members';
import { agentIds, appField } from '../../../shared/fields/app';
import { optional } from '../../../shared/fields/field';
import { numberField } from '../../../shared/fields/kinds';
import { optionsField, readForRun, requestTimeoutOption } from '../../../shared/fields/options';
import { counted, listed } from '../../../shared/operation/format';
import type { ItemInput, Operation, OperationContext } from '../../../shared/operation/operation';
import { appMessageContentFields, readAppMessageContent } from './appMessageContent';
import { appMessageRow } from './appMessageRow';
import { appMessageToFields, readAppMessageTo } from './appMessageTo';

const dropRepeatsOption = optional(
	numberField({
		displayName: 'Drop Repeats For (Minutes)',
		name: 'dropRepeatsMinutes',
		min: 0,
		max: MAX_DUPLICATE_CHECK_SECONDS / 60,
		whole: true,
		unit: 'minutes',
		default: DUPLICATE_CHECK_SECONDS / 60,
		description:
			'How long WeCom drops a message that equals an earlier one of the app, recipients included, also from other executions. While that holds, a message whose answer was lost is sent again. With 0, repeats arrive, and a lost answer is an error.',
	}),
	DUPLICATE_CHECK_SECONDS / 60,
);

/** A message from the app to members, per input item. Doc 90236. */
export const sendAppMessage: Operation = {
	name: 'Send App Message',
	value: 'sendAppMessage',
	action: 'Send an app message to members',
	description:
		'Message members, not customers, at once. Can be recalled for 24 hours. Returns the msgid.',
	fields: [
		...appMessageToFields,
		...appMessageContentFields,
		appField,
		optionsField([dropRepeatsOption, requestTimeoutOption]),
	],
	async *execute(context) {
		const { items, client, uploads, run, calledByAgent, timezone } = context;
		const memo = run.state('app messages', () => new AppMessageMemo());
		const agentIdOf = agentIds(context);
		const duplicateCheckSeconds = 60 * (readForRun(items, dropRepeatsOption) ?? 0);
		const sentTo = new Map<string, number>();
		const missed: NotReached[] = [];
		for (const item of items) {
			const ofItem = [item.index];
			try {
				const read = async () => await readMessage(item, context);
				// A later call of an agent is another message; a later attempt of a workflow is the same one.
				const message = calledByAgent ? await read() : await memo.keep(item.index, read);
				const agentId = await agentIdOf(item);
				const { sent, isDuplicate } = await memo.send(
					message,
					{ item: item.index, attempt: run.attempt, isAgent: calledByAgent },
					{ mayRepeat: duplicateCheckSeconds > 0, now: client.clock.now() },
					async (unansweredAt) =>
						await sendToMembers(
							client,
							message,
							agentId,
							async (source) => await uploads.mediaIdOf(source),
							{ duplicateCheckSeconds, earlierAttemptAt: unansweredAt },
						),
				);
				missed.push(...sent.notReached);
				if (!isDuplicate) countMembers(sentTo, message);
				const state = isDuplicate ? 'duplicate' : 'sent';
				const json = appMessageRow(message, sent, state, timezone);
				yield { json, items: ofItem, created: isDuplicate ? undefined : sent.msgid };
			} catch (error) {
				yield { error, items: ofItem };
			}
		}
		tellNotReached(missed, context);
		warnOfDropped(sentTo, context);
	},
};

async function readMessage(
	item: ItemInput,
	{ uploads, calledByAgent }: OperationContext,
): Promise<AppMessage> {
	const recipients = readAppMessageTo(item, calledByAgent);
	return { recipients, content: await readAppMessageContent(item, uploads) };
}

const BECAUSE: Readonly<Record<NotReached['reason'], string>> = {
	unknown_or_out_of_range: `they do not exist or are outside the ${VISIBLE_RANGE} of the app`,
	no_license: 'they have no license for the basic interfaces (基础接口许可)',
};

function tellNotReached(missed: readonly NotReached[], { hint }: OperationContext): void {
	for (const [reason, because] of Object.entries(BECAUSE)) {
		const ids = new Set(missed.filter((each) => each.reason === reason).map(({ id }) => id));
		if (ids.size > 0) hint(`Not reached: ${listed([...ids])}, because ${because}.`, 'warning');
	}
}

function countMembers(sentTo: Map<string, number>, { recipients }: AppMessage): void {
	if (recipients.kind === 'everybody') return;
	for (const member of recipients.members) {
		const key = memberKey(member);
		sentTo.set(key, (sentTo.get(key) ?? 0) + 1);
	}
}

/** WeCom takes more messages than it delivers, and does not say so. */
function warnOfDropped(sentTo: ReadonlyMap<string, number>, { hint }: OperationContext): void {
	const many = [...sentTo].filter(([, count]) => count > MAX_MESSAGES_PER_MINUTE);
	if (many.length === 0) return;
	const most = Math.max(...many.map(([, count]) => count));
	hint(
		`${counted(many.length, 'member')} got up to ${most} messages in this run. WeCom delivers ${MAX_MESSAGES_PER_MINUTE} a minute and 1,000 an hour to one member and drops the rest without an error. Put several items into one message.`,
		'warning',
	);
}
