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
 * kept for a few seconds, for requests that read n8n's database just before it was stored. Each waiter has its own
 * time-out. The first one to give up ends the sharing: those who already wait go on, and the next caller starts a new
 * request. So nobody joins a request that is older than one time-out.
 */
const pendingTokenRequests = new Map<string, PendingTokenRequest>();

interface PendingTokenRequest {
	/** Settles when WeCom has answered gettoken. */
	readonly answer: Promise<unknown>;
	/** The value to store, after the probe. */
	readonly result: Promise<string>;
	/** Callers who are waiting for the answer. */
	waiting: number;
	/** Cancels the request, once nobody waits for it. */
	readonly cancel: () => void;
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
	const wait = async (request: PendingTokenRequest) => {
		try {
			return await resultOf(request);
		} catch (error) {
			forget(request);
			throw toTokenError(error);
		}
	};
	for (
		let pending = pendingTokenRequests.get(key);
		pending && isRecent(pending, now());
		pending = pendingTokenRequests.get(key)
	) {
		const stored = await wait(pending);
		if (!isSameToken(stored, unwanted)) return stored;
		// It returned the very token that was refused, so it is useless to everyone.
		forget(pending);
	}

	const request = startRequest(owner, get, now);
	pendingTokenRequests.set(key, request);
	return await wait(request);
}

/**
 * Waits for a shared request, at most one time-out for gettoken, counted from now. The probe has its own. Giving up
 * cancels the request only if nobody else waits for it.
 */
async function resultOf(request: PendingTokenRequest): Promise<string> {
	request.waiting++;
	try {
		await answerWithin(REQUEST_TIMEOUT_MS, async (takeSignal) => {
			takeSignal();
			await request.answer;
		});
	} catch (error) {
		if (request.waiting === 1) request.cancel();
		throw asError(error);
	} finally {
		request.waiting--;
	}
	return await request.result;
}

function isRecent({ endedAt }: PendingTokenRequest, now: number): boolean {
	return endedAt === undefined || now - endedAt < RESULT_REUSE_MS;
}

function startRequest(owner: TokenOwner, get: Get, now: () => number): PendingTokenRequest {
	const controller = new AbortController();
	const answer = requestToken(owner, get, controller.signal);
	const result = answer.then(async (token) => {
		await probe(owner, get, token.access_token);
		return serializeToken(owner, token.access_token, token.expires_in, now());
	});
	const request: PendingTokenRequest = {
		answer,
		result,
		waiting: 0,
		cancel: () => controller.abort(),
	};
	result.then(
		() => (request.endedAt = now()),
		// Whoever waits is told. If all have given up, nobody needs to know.
		() => undefined,
	);
	return request;
}

/** Gets a token from WeCom. */
async function requestToken(owner: TokenOwner, get: Get, signal: AbortSignal) {
	const { accessToken } = authEndpoints;
	const query = { corpid: owner.corpId, corpsecret: owner.secret };
	const response = await get(accessToken.path, query, signal);
	const { access_token, expires_in } = decodeResponse(accessToken, {
		...response,
		secrets: [owner.secret],
	});
	if (typeof access_token !== 'string') {
		throw new WeComResponseError(
			'The server answered an access_token that is not text',
			accessToken.path,
		);
	}
	return { access_token, expires_in };
}

/**
 * Probes a new token with a harmless customer-contact read. Throws for a missing permission; any other failure says
 * nothing about the token.
 *
 * gettoken alone proves little: it is exempt from the trusted IPs (observed 2026) and does not check the list of apps
 * that may call customer contact. With the probe, a credential that can't work fails right away, both in n8n's
 * credential test and in the first run after a token has expired.
 */
async function probe(owner: TokenOwner, get: Get, access_token: string): Promise<void> {
	const { members } = customerEndpoints;
	try {
		const response = await answerWithin(
			TRIAL_TIMEOUT_MS,
			async (takeSignal) => await get(members.path, { access_token }, takeSignal()),
		);
		decodeResponse(members, { ...response, secrets: [owner.secret, access_token] });
	} catch (error) {
		if (error instanceof WeComError && error.kind === 'permission') throw asError(error);
	}
}

function toTokenError(error: unknown): unknown {
	return error instanceof WeComError && !(error instanceof TokenError)
		? new TokenError(error)
		: error;
}
