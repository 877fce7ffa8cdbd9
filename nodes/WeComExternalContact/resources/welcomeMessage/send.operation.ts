import type { IDataObject } from 'n8n-workflow';

import { mapConcurrently } from '../../../shared/client/core/concurrency';
import { asError, WeComUnknownOutcomeError } from '../../../shared/client/core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../../../shared/client/core/settings';
import { toAttachment } from '../../../shared/client/massMessages/draft';
import { WELCOME_CODE_LIFETIME_MS } from '../../../shared/client/welcome/limits';
import type { WelcomeOutcome } from '../../../shared/client/welcome/sendWelcome';
import { sendWelcome } from '../../../shared/client/welcome/sendWelcome';
import type { SendWelcomeRequest } from '../../../shared/client/welcome/types';
import type { Content } from '../../../shared/fields/content';
import { contentFields, readContent } from '../../../shared/fields/content';
import { optional, read, readOption } from '../../../shared/fields/field';
import { idField, timeField } from '../../../shared/fields/kinds';
import { ifNotSentOption, requiredCode } from '../../../shared/fields/onEvent';
import { notice } from '../../../shared/fields/notice';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import type { Operation, OperationContext } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { toIso } from '../../../shared/operation/time';

const twentySecondsNotice = notice(
	'twentySecondsNotice',
	'A welcome code works once, within 20 seconds of the event. Put this node right after the trigger, with no Wait before it. WeCom gives no code if the admin console has a welcome message for the member.',
);

const codeField = idField({
	kind: 'welcomeCode',
	displayName: 'Welcome Code',
	name: 'welcomeCode',
	required: true,
	default: '={{ $json.welcome_code }}',
	description: "The code of the event 'Customer Added'",
});

const welcomeCode = requiredCode(codeField, {
	so: 'so there is nobody to welcome',
	remedy:
		'Not every event has a code: none comes when the admin console has a welcome message for the member, or when the member and the customer have talked before. Filter out the items without one.',
});

const ifNotSent = ifNotSentOption({
	reason: "The item says 'sent: false' and why, and the workflow goes on",
	description:
		'What to do when the code is no longer valid, the customer already chats, or another app was faster',
});

const validUntilOption = optional(
	timeField({
		displayName: 'Valid Until',
		name: 'validUntil',
		description:
			'When the code expires: welcome_code_valid_until of the trigger. While another app is sending its welcome message, the node tries again until then. Default: 20 seconds from the start of this node.',
	}),
);

/** The first message to a new customer. Doc 92137. */
export const send: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Send a welcome message',
	description:
		'Welcome a customer who was just added. Delivered at once, no confirmation by the member.',
	fields: [
		twentySecondsNotice,
		welcomeCode,
		...contentFields,
		optionsField([ifNotSent, requestTimeoutOption, validUntilOption]),
	],
	execute: perItem(async function* (item, context) {
		const { client, timezone, hint } = context;
		const startedAt = client.clock.now();
		const welcome_code = read(item, welcomeCode);
		const content = await readContent(item, context.uploads);
		const until = readOption(item, validUntilOption)?.(timezone);
		const mustSend = readOption(item, ifNotSent) === 'error';
		const validUntil =
			until === undefined ? startedAt + WELCOME_CODE_LIFETIME_MS : localTime(context, until);
		// The code works once: Retry On Fail would only learn that it was used.
		const key = JSON.stringify(['send welcome', item.index, welcome_code]);
		const row = await onceOf(context).run(key, async () => {
			const request = await toRequest(welcome_code, content, context);
			const outcome = await sendWelcome(client, request, validUntil);
			return { outcome, send_time: client.serverTime() };
		});
		if (row.outcome.sent !== true && mustSend) throw notSent(row.outcome);
		if (row.outcome.sent === null) hint(UNKNOWN, 'warning');
		yield welcomeRow(welcome_code, row, timezone);
	}),
};

const UNKNOWN =
	"WeCom's answer to a welcome message was lost, so nobody knows whether the customer got it. It is not sent again, because a code works once.";

/** A moment of WeCom's clock, in milliseconds of this server's. */
function localTime({ client }: OperationContext, seconds: number): number {
	return client.clock.now() + (seconds - client.serverTime()) * 1_000;
}

/** Uploads the files side by side: one upload after the other could use up the 20 seconds. */
async function toRequest(
	welcome_code: string,
	{ text, attachments }: Content,
	{ uploads }: OperationContext,
): Promise<SendWelcomeRequest> {
	const wired = await mapConcurrently(
		attachments,
		MAX_CONCURRENT_REQUESTS,
		async (attachment) =>
			await toAttachment(attachment, async (source) => await uploads.mediaIdOf(source)),
	);
	return {
		welcome_code,
		...(text !== '' && { text: { content: text } }),
		...(wired.length > 0 && { attachments: wired }),
	};
}

function notSent(outcome: Exclude<WelcomeOutcome, { sent: true }>): Error {
	return outcome.sent === null
		? new WeComUnknownOutcomeError(
				'The welcome message may or may not have been sent',
				`${outcome.error.message}. It is not sent again, because a code works once.`,
			)
		: asError(outcome.error);
}

function welcomeRow(
	welcome_code: string,
	{ outcome, send_time }: { outcome: WelcomeOutcome; send_time: number },
	timezone: string,
): IDataObject {
	const { sent } = outcome;
	return {
		welcome_code,
		sent,
		reason: sent ? null : outcome.reason,
		send_time: sent ? send_time : null,
		sent_at: sent ? toIso(send_time, timezone) : null,
	};
}
