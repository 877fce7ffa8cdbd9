import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { TokenOwner } from '../client/auth/accessToken';
import { readToken } from '../client/auth/accessToken';
import { apiBaseUrl } from '../client/auth/baseUrl';
import type { Get } from '../client/auth/tokenRefresh';
import { refreshToken } from '../client/auth/tokenRefresh';
import { TokenError } from '../client/core/errors';
import { networkCode, toNetworkError } from '../client/core/networkErrors';
import { REQUEST_TIMEOUT_MS } from '../client/core/settings';

/** Asks `withAccessToken` for a fresh token. The header stops there and never reaches WeCom. */
export const NEW_TOKEN_HEADER = 'x-new-access-token';
const NEW_TOKEN_MS = 60_000;

/** Requests for which n8n has been asked for another token. What it then has is the one to use, even if it is the same. */
const refreshedFor = new WeakSet<IHttpRequestOptions>();

/** Requests of n8n's HTTP Request node that already have their token. */
const sentByHttpRequestNode = new WeakSet<IHttpRequestOptions>();

/**
 * Gets a token to replace the one in the credential.
 *
 * @throws TokenError
 */
export async function newAccessToken(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<string> {
	const owner = tokenOwner(credentials);
	return await refreshToken(
		owner,
		String(credentials.accessToken ?? ''),
		async (...request) => await get(helper, owner, ...request),
		Date.now,
	);
}

/**
 * Puts the token into the query, the only place where WeCom accepts it (observed 2026).
 *
 * A request that already carries a token is a retry of one that WeCom refused. n8n only refreshes a token on HTTP 401,
 * which WeCom never sends. So this function throws a 401 itself when the stored token is unusable: missing, expired,
 * another app's, the refused one, or not fresh when a fresh one is required.
 *
 * WeCom gives the same token as long as it lives (doc 91039), so the refused one may come back: then it is tried once
 * more, since WeCom has just said that it is good.
 */
export function withAccessToken(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	const owner = tokenOwner(credentials);
	if (urlOf(requestOptions).startsWith('/')) requestOptions.baseURL ??= owner.baseUrl;
	if (originOf(requestOptions) !== new URL(owner.baseUrl).origin) {
		throw new Error(
			"The access token is sent only to the 'API Base URL' of the credential. Use a URL that starts with it.",
		);
	}
	if (sentByHttpRequestNode.has(requestOptions)) {
		// n8n refreshes and retries after any failure there, so a message could be created twice.
		throw new Error(
			'The request failed and was not sent again, because WeCom may have received it. Before you repeat it, check the URL, the connection and what has arrived at WeCom.',
		);
	}
	const { [NEW_TOKEN_HEADER]: newToken, ...headers } = requestOptions.headers ?? {};
	const stored = readToken(String(credentials.accessToken ?? ''), owner, Date.now());
	const tooOld = newToken && stored && stored.obtainedAt < Date.now() - NEW_TOKEN_MS;
	const isRefused = stored && stored.token === requestOptions.qs?.access_token;
	if (!stored || tooOld || (isRefused && !refreshedFor.has(requestOptions))) {
		refreshedFor.add(requestOptions);
		throw Object.assign(new Error('The access token must be refreshed'), {
			response: { status: 401 },
		});
	}
	requestOptions.headers = headers;
	requestOptions.qs = { ...requestOptions.qs, access_token: stored.token };
	if (isOfHttpRequestNode(requestOptions)) sentByHttpRequestNode.add(requestOptions);
	return requestOptions;
}

function tokenOwner(credentials: ICredentialDataDecryptedObject): TokenOwner {
	return {
		baseUrl: apiBaseUrl(String(credentials.baseUrl ?? ''), credentials.allowUnencrypted === true),
		corpId: String(credentials.corpId ?? '').trim(),
		secret: String(credentials.secret ?? '').trim(),
	};
}

function originOf(options: IHttpRequestOptions): string | undefined {
	const url = urlOf(options);
	return URL.canParse(url, options.baseURL) ? new URL(url, options.baseURL).origin : undefined;
}

type OlderOptions = Partial<IHttpRequestOptions> & { readonly uri?: string };

function urlOf({ url, uri }: OlderOptions): string {
	return url ?? uri ?? '';
}

/** That node still uses an older n8n helper, whose options call the URL `uri`. */
function isOfHttpRequestNode({ uri }: OlderOptions): boolean {
	return uri !== undefined;
}

async function get(
	{ helpers }: IHttpRequestHelper,
	owner: TokenOwner,
	...[path, query, signal]: Parameters<Get>
): ReturnType<Get> {
	try {
		const response = (await helpers.httpRequest({
			method: 'GET',
			baseURL: owner.baseUrl,
			url: path,
			qs: query,
			encoding: 'text',
			// Only covers inactivity; `refreshToken` has a time-out for each waiter, and the last of them starts below one
			// time-out after the request.
			timeout: 2 * REQUEST_TIMEOUT_MS,
			abortSignal: signal,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; body: string };
		return { status: response.statusCode, body: response.body };
	} catch (error) {
		throw noAnswer(error);
	}
}

/** The library's error contains the URL, and the URL contains the secret. */
function noAnswer(error: unknown): TokenError {
	return new TokenError(toNetworkError(networkCode(error), REQUEST_TIMEOUT_MS));
}
