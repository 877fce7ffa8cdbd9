import type { WeComClient } from '../core/client';
import { asError, WeComApiError } from '../core/errors';
import { isOutcomeKnown, shouldRetry } from '../core/retry';
import { welcomeEndpoints } from './endpoints';
import {
	ANOTHER_APP_IS_SENDING,
	ARCHIVING_NOT_ACCEPTED,
	CHAT_STARTED,
	CODE_NOT_VALID,
} from './errorCodes';
import type { SendWelcomeRequest } from './types';

/** Milliseconds between two tries while another app is sending. */
const RETRY_MS = 1_000;

/** Why a welcome message did not go out. */
const REASONS = {
	[CODE_NOT_VALID]: 'code_not_valid',
	[CHAT_STARTED]: 'chat_started',
	[ARCHIVING_NOT_ACCEPTED]: 'archiving_not_accepted',
	[ANOTHER_APP_IS_SENDING]: 'another_app_is_sending',
} as const;

export type WelcomeReason = (typeof REASONS)[keyof typeof REASONS];

/** What became of a welcome message. */
export type WelcomeOutcome =
	| { readonly sent: true }
	| { readonly sent: false; readonly reason: WelcomeReason; readonly error: WeComApiError }
	/** The answer was lost. The code works once, so nobody can find out by sending again. */
	| { readonly sent: null; readonly reason: 'unknown'; readonly error: Error };

/**
 * Sends a welcome message (doc 92137). Resends it only where WeCom certainly did nothing, and only while the code is
 * still valid.
 *
 * @param validUntil when the code expires, in milliseconds of the client's clock
 * @throws WeComError for what is neither sent nor one of the reasons, such as a missing permission
 */
export async function sendWelcome(
	client: WeComClient,
	request: SendWelcomeRequest,
	validUntil: number,
): Promise<WelcomeOutcome> {
	for (let attempt = 0; ; attempt++) {
		try {
			await client.attempt(welcomeEndpoints.sendWelcome, request);
			return { sent: true };
		} catch (error) {
			const delayMs = delayBeforeRetry(client, error, attempt);
			if (delayMs === undefined || client.clock.now() + delayMs >= validUntil) {
				return outcomeOf(error);
			}
			await client.clock.sleep(delayMs);
		}
	}
}

function delayBeforeRetry(
	{ random }: WeComClient,
	error: unknown,
	attempt: number,
): number | undefined {
	if (error instanceof WeComApiError && error.errcode === ANOTHER_APP_IS_SENDING) return RETRY_MS;
	const retry = shouldRetry(error, { idempotent: false, attempt, random });
	return retry ? retry.delayMs : undefined;
}

function outcomeOf(error: unknown): WelcomeOutcome {
	if (!isOutcomeKnown(error)) return { sent: null, reason: 'unknown', error: asError(error) };
	if (error instanceof WeComApiError && error.errcode in REASONS) {
		const reason = REASONS[error.errcode as keyof typeof REASONS];
		return { sent: false, reason, error };
	}
	throw asError(error);
}
