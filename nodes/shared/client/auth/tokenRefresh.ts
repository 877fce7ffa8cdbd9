import { customerEndpoints } from '../customers/endpoints';
import { asError, TokenError, WeComError, WeComResponseError } from '../core/errors';
import { decodeResponse } from '../core/response';
import { REQUEST_TIMEOUT_MS } from '../core/settings';
import { answerWithin } from '../core/timeout';
import type { TokenOwner } from './accessToken';
import { fingerprint, isSameToken, serializeToken } from './accessToken';
import { authEndpoints } from './endpoints';

/**
 * The token requests of this process, by fingerprint, so that requests which need a token at the same time share
 * one. A result stays for some seconds, for the requests that read n8n's database just before it was stored. A request
 * without an answer ends by its time-out, for all who share it; whoever comes after that starts anew.
 */
const pendingTokenRequests = new Map<string, PendingTokenRequest>();

interface PendingTokenRequest {
	readonly result: Promise<string>;
	/** Milliseconds since 1970; undefined while it is under way. */
	endedAt?: number;
}

const RESULT_REUSE_MS = 10_000;

/**
 * Time for trying a new token, in milliseconds. It is short, since others wait for the token, and what the trial may
 * find the first request finds as well.
 */
const TRIAL_TIMEOUT_MS = REQUEST_TIMEOUT_MS / 3;

/** Sends a GET with this path and query to the owner's API base URL, and gives up when the signal says so. */
export type Get = (
	path: string,
	query: Record<string, string>,
	signal: AbortSignal,
) => Promise<{ status: number; body: string }>;

/**
 * The life of an access token:
 *
 * 1. n8n keeps one token per credential in its database, for all executions and processes.
 * 2. Before a request `authenticate` puts it into the query. If there is none, or it has expired or belongs to
 *    another app, `authenticate` fails as an HTTP 401 would.
 * 3. On that 401 n8n calls `preAuthentication`, which comes here, stores what it returns, and authenticates again.
 * 4. WeCom refuses a token with 40014 or 42001 in the body of an HTTP 200, which n8n takes for success. The client
 *    sees it and sends the request again, with the refused token already in its query.
 * 5. `authenticate` finds the stored token equal to the refused one and goes to step 3; or finds another one, which
 *    somebody else has fetched meanwhile, and uses that.
 * 6. The request is sent again, once. A second refusal is an error.
 *
 * @param unwanted the stored value that is of no use; a token equal to it is not shared
 * @returns what n8n is to store
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
		// It brought the very token that was found refused: of no more use to anybody.
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
 * Asks WeCom for a token and tries it on a harmless customer-contact read.
 *
 * The read is there because gettoken says little: it is exempt from the trusted IPs (observed 2026) and does not
 * look at the list of apps that may call customer contact. So a credential that cannot work says so at once,
 * in n8n's credential test as well as in the first run after a token has ended.
 *
 * @returns what n8n is to store
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

/** Passes on a missing permission; any other failure says nothing about the token. */
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
