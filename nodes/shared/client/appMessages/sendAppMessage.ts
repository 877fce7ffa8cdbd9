import type { WeComClient } from '../core/client';
import { asError, WeComApiError, WeComUnknownOutcomeError } from '../core/errors';
import { isOutcomeKnown, withRetry } from '../core/retry';
import { memberKey } from '../customers/members';
import type { MediaSource } from '../media/uploads';
import { appMessageEndpoints } from './endpoints';
import { NOBODY_REACHED } from './errorCodes';
import { RECALL_SECONDS } from './limits';
import type { AppMessage, AppMessageRecipients } from './message';
import { checkRecipients, toRequest } from './message';
import type { AppMessageResponse } from './types';

/** A recipient that did not get the message, and why. */
export interface NotReached {
	readonly kind: 'member' | 'department' | 'tag';
	/** As the sender of the message spelled it, where WeCom spells it otherwise. */
	readonly id: string;
	readonly reason: 'unknown_or_out_of_range' | 'no_license';
}

export interface SentAppMessage {
	/** Undefined if WeCom gave none. */
	readonly msgid: string | undefined;
	readonly agentId: number;
	readonly notReached: readonly NotReached[];
	/** Unix seconds, in WeCom's time. */
	readonly sentAt: number;
	/** Unix seconds until which the message can be recalled (doc 94867). */
	readonly recallUntil: number;
}

/** What happens when the response to a message is lost. */
export interface RepeatPolicy {
	/**
	 * Seconds for which WeCom drops a message with the same request, up to 14,400 (doc 90236). While they last a
	 * message whose response was lost is sent again: if the first one arrived, the second one does not. 0: WeCom does
	 * not look for repeats.
	 */
	readonly duplicateCheckSeconds: number;
	/** Sends again without that check. Only for messages that may arrive twice. */
	readonly mayArriveTwice?: boolean;
	/** When an earlier attempt at the same message got no response, in milliseconds of the client's clock. */
	readonly earlierAttemptAt?: number;
}

/**
 * Sends an application message from the app with this agent ID to members (doc 90236).
 *
 * The check for recipients comes before every request, also before the upload of a file.
 *
 * @param mediaIdOf returns a media ID, uploading the file if necessary
 * @returns the message and who did not get it; at least one recipient did, as far as WeCom says
 * @throws WeComInputError when the recipients are nobody, or too many
 * @throws WeComApiError when WeCom refuses, also when it can reach none of the recipients
 * @throws WeComUnknownOutcomeError when the response was lost and sending again could reach somebody twice
 */
export async function sendAppMessage(
	client: WeComClient,
	message: AppMessage,
	agentId: number,
	mediaIdOf: (source: MediaSource) => Promise<string>,
	policy: RepeatPolicy,
): Promise<SentAppMessage> {
	checkRecipients(message.recipients);
	const { duplicateCheckSeconds } = policy;
	const request = await toRequest(message, agentId, duplicateCheckSeconds, mediaIdOf);
	const send = async () => await client.attempt(appMessageEndpoints.sendAppMessage, request);
	const response = await repeating(client, policy, send);
	const notReached = notReachedIn(response, message.recipients);
	if (reachesNobody(message.recipients, notReached)) {
		// WeCom answers that with 81013, or with a success that lists them all.
		throw new WeComApiError(
			NOBODY_REACHED,
			notReached.map(({ id, reason }) => `${id}: ${reason}`).join('; '),
			appMessageEndpoints.sendAppMessage,
		);
	}
	const sentAt = client.serverTime();
	return {
		msgid: response.msgid || undefined,
		agentId,
		notReached,
		sentAt,
		recallUntil: sentAt + RECALL_SECONDS,
	};
}

/** Before the end of the interval, in milliseconds: time for one more attempt to reach WeCom. */
const MARGIN_MS = 30_000;

async function repeating<T>(
	{ clock, random }: WeComClient,
	{ duplicateCheckSeconds, mayArriveTwice = false, earlierAttemptAt }: RepeatPolicy,
	send: () => Promise<T>,
): Promise<T> {
	const isChecked = duplicateCheckSeconds > 0;
	let unansweredAt = earlierAttemptAt;
	const isTooLate = () =>
		unansweredAt !== undefined &&
		clock.now() + MARGIN_MS > unansweredAt + duplicateCheckSeconds * 1_000;
	const attempt = async () => {
		if (isChecked && isTooLate()) {
			throw unknownOutcome('An earlier attempt got no answer', LOOK_FIRST);
		}
		const startedAt = clock.now();
		try {
			return await send();
		} catch (error) {
			if (!isOutcomeKnown(error)) unansweredAt ??= startedAt;
			throw asError(error);
		}
	};
	try {
		return await withRetry(attempt, { idempotent: isChecked || mayArriveTwice, clock, random });
	} catch (error) {
		if (isOutcomeKnown(error)) throw asError(error);
		throw unknownOutcome(
			asError(error).message,
			isChecked && !isTooLate()
				? `WeCom drops a repeat of the same message for ${duplicateCheckSeconds / 60} minutes, so within that time you can run it again without sending it twice.`
				: LOOK_FIRST,
		);
	}
}

const LOOK_FIRST = 'Look in WeCom whether it arrived before you send it again.';

function unknownOutcome(problem: string, advice: string): WeComUnknownOutcomeError {
	return new WeComUnknownOutcomeError(
		'WeCom may or may not have sent the message',
		`${problem}. ${advice}`,
	);
}

function notReachedIn(
	response: AppMessageResponse,
	recipients: AppMessageRecipients,
): NotReached[] {
	const spelled = new Map(
		recipients.kind === 'named' ? recipients.members.map((id) => [memberKey(id), id]) : [],
	);
	const rows = (
		ids: string | string[] | undefined,
		kind: NotReached['kind'],
		reason: NotReached['reason'],
	): NotReached[] =>
		// Lists of other endpoints are arrays. The message is out, so nothing here may fail.
		[ids ?? []]
			.flat()
			.flatMap((joined) => String(joined).split('|'))
			.filter((id) => id !== '')
			.map((id) => ({
				kind,
				id: kind === 'member' ? (spelled.get(memberKey(id)) ?? id) : id,
				reason,
			}));
	const { invaliduser, invalidparty, invalidtag, unlicenseduser } = response;
	return [
		...rows(invaliduser, 'member', 'unknown_or_out_of_range'),
		...rows(unlicenseduser, 'member', 'no_license'),
		...rows(invalidparty, 'department', 'unknown_or_out_of_range'),
		...rows(invalidtag, 'tag', 'unknown_or_out_of_range'),
	];
}

/** Whether every recipient is among those who did not get it. */
function reachesNobody(
	recipients: AppMessageRecipients,
	notReached: readonly NotReached[],
): boolean {
	if (recipients.kind === 'everybody') return false;
	const { members, departments, tags } = recipients;
	const missed = new Set(notReached.map(({ kind, id }) => `${kind} ${memberKey(id)}`));
	return [
		...members.map((id) => `member ${memberKey(id)}`),
		...departments.map((id) => `department ${id}`),
		...tags.map((id) => `tag ${id}`),
	].every((recipient) => missed.has(recipient));
}
