import { customerEndpoints } from '../customers/endpoints';
import { asError, TokenError, WeComError, WeComResponseError } from '../core/errors';
import { decodeResponse } from '../core/response';
import { REQUEST_TIMEOUT_MS } from '../core/settings';
import { answerWithin } from '../core/timeout';
import type { TokenOwner } from './accessToken';
import { fingerprint, isSameToken, serializeToken } from './accessToken';
import { authEndpoints } from './endpoints';

/**
 * This process's token requests by fingerprint, so that concurrent requests that need a token share one. A result is
 * kept for a few seconds, for requests that read n8n's database just before it was stored. A request without a response
 * times out for everyone who shares it; the next caller starts a new one.
 */
const pendingTokenRequests = new Map<string, PendingTokenRequest>();

interface PendingTokenRequest {
	readonly result: Promise<string>;
	/** Milliseconds since 1970; undefined while in flight. */
	endedAt?: number;
}

const RESULT_REUSE_MS = 10_000;

/**
 * Time limit for probing a new token, in milliseconds. Short, because others are waiting for the token, and the first
 * real request would find the same problems anyway.
 */
const TRIAL_TIMEOUT_MS = REQUEST_TIMEOUT_MS / 3;

/** Sends a GET with this path and query to the owner's API base URL. Aborts on the signal. */
export type Get = (
	path: string,
	query: Record<string, string>,
	signal: AbortSignal,
) => Promise<{ status: number; body: string }>;

/**
 * The life of an access token:
 *
 * 1. n8n keeps one token per credential in its database, for all executions and processes.
 * 2. Before a request, `authenticate` puts it into the query. If there is none, or if it has expired or belongs to
 *    another app, `authenticate` fails like an HTTP 401.
 * 3. On that 401, n8n calls `preAuthentication`, which ends up here, stores the result, and authenticates again.
 * 4. WeCom refuses a token with 40014 or 42001 in the body of an HTTP 200, which n8n takes for success. The client
 *    detects it and sends the request again, with the refused token already in its query.
 * 5. If the stored token equals the refused one, `authenticate` goes to step 3. Otherwise another request has refreshed
 *    it in the meantime, and `authenticate` uses that one.
 * 6. The request is resent once. A second refusal is an error.
 *
 * @param unwanted the stored value that is no longer usable; a token equal to it is not shared
 * @returns the value for n8n to store
 * @throws TokenError
 */
export async function refreshToken(
	owner: TokenOwner,
	unwanted: string,
	get: Get,
	now: () => number,
): Promise<string> {
	const key = fingerprint(owner);
	const forget = (request: PendingTokenRequest) => {
		if (pendingTokenRequests.get(key) === request) pendingTokenRequests.delete(key);
	};
	for (
		let pending = pendingTokenRequests.get(key);
		pending && isRecent(pending, now());
		pending = pendingTokenRequests.get(key)
	) {
		const stored = await pending.result;
		if (!isSameToken(stored, unwanted)) return stored;
		// It returned the very token that was refused, so it is useless to everyone.
		forget(pending);
	}

	const request: PendingTokenRequest = { result: requestToken(owner, get, now) };
	pendingTokenRequests.set(key, request);
	try {
		const stored = await request.result;
		request.endedAt = now();
		return stored;
	} catch (error) {
		forget(request);
		throw asError(error);
	}
}

function isRecent({ endedAt }: PendingTokenRequest, now: number): boolean {
	return endedAt === undefined || now - endedAt < RESULT_REUSE_MS;
}

/**
 * Gets a token from WeCom and probes it with a harmless customer-contact read.
 *
 * gettoken alone proves little: it is exempt from the trusted IPs (observed 2026) and does not check the list of apps
 * that may call customer contact. With the probe, a credential that can't work fails right away, both in n8n's
 * credential test and in the first run after a token has expired.
 *
 * @returns the value for n8n to store
 * @throws TokenError
 */
async function requestToken(owner: TokenOwner, get: Get, now: () => number): Promise<string> {
	const { accessToken } = authEndpoints;
	const { members } = customerEndpoints;
	try {
		const query = { corpid: owner.corpId, corpsecret: owner.secret };
		const secrets = [owner.secret];
		const response = await answerWithin(
			REQUEST_TIMEOUT_MS,
			async (takeSignal) => await get(accessToken.path, query, takeSignal()),
		);
		const { access_token, expires_in } = decodeResponse(accessToken, { ...response, secrets });
		if (typeof access_token !== 'string') {
			throw new WeComResponseError(
				'The server answered an access_token that is not text',
				accessToken.path,
			);
		}
		await probe(async () => {
			const probed = await answerWithin(
				TRIAL_TIMEOUT_MS,
				async (takeSignal) => await get(members.path, { access_token }, takeSignal()),
			);
			return decodeResponse(members, { ...probed, secrets: [...secrets, access_token] });
		});
		return serializeToken(owner, access_token, expires_in, now());
	} catch (error) {
		throw toTokenError(error);
	}
}

/** Rethrows a missing permission. Any other failure says nothing about the token. */
async function probe(read: () => Promise<unknown>): Promise<void> {
	try {
		await read();
	} catch (error) {
		if (error instanceof WeComError && error.kind === 'permission') throw asError(error);
	}
}

function toTokenError(error: unknown): unknown {
	return error instanceof WeComError && !(error instanceof TokenError)
		? new TokenError(error)
		: error;
}
