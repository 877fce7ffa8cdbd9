import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import type { TokenOwner } from '../nodes/shared/client/auth/accessToken';
import {
	apiBaseUrl,
	explain,
	fingerprint,
	isSameToken,
	readToken,
	requestToken,
	TokenError,
} from '../nodes/shared/client/auth/accessToken';
import { endpoints } from '../nodes/shared/client/endpoints';
import { WeComApiError } from '../nodes/shared/client/core/errors';
import { REQUEST_TIMEOUT_MS } from '../nodes/shared/client/core/settings';
import { networkCode, toNetworkError } from '../nodes/shared/client/core/networkErrors';

/** Asks `authenticate` for a token that is new. It stops there and never reaches WeCom. */
const NEW_TOKEN_HEADER = 'x-new-access-token';
const NEW_TOKEN_MS = 60_000;

/** Errors that n8n's credential test meets after the token itself was fine. */
const TEST_ERRCODES = [40014, 42001, 45009, 48001, 48002, 60011, 60020, 84074];

/**
 * The token requests of this process, by fingerprint, so that requests which need a token at the same time share
 * one. A result stays for some seconds, for the requests that read n8n's database just before it was stored.
 */
const pendingTokenRequests = new Map<string, PendingTokenRequest>();
interface PendingTokenRequest {
	readonly result: Promise<string>;
	/** Milliseconds since 1970; undefined while it is under way. */
	endedAt?: number;
}
const RESULT_REUSE_MS = 10_000;

/** Requests of n8n's HTTP Request node that have got their token. */
const sentByHttpRequestNode = new WeakSet<IHttpRequestOptions>();

export class WeComExternalContactApi implements ICredentialType {
	name = 'weComExternalContactApi';

	displayName = 'WeCom External Contact API';

	icon: Icon = {
		light: 'file:../icons/wecom-external-contact.svg',
		dark: 'file:../icons/wecom-external-contact.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-wecom/n8n-nodes-wecom-external-contact#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'In the WeCom admin console, allow the app to call customer contact, and add the IP of this n8n server to its trusted company IPs',
			name: 'setup',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Corp ID',
			name: 'corpId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ww0123456789abcdef',
			description: 'In the WeCom admin console: My Company &gt; Company Information, at the bottom',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Secret of a self-built app that is listed under Customer Contact &gt; API as callable. Corporations that used the Customer Contact secret before 2023-12-01 may use that one.',
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://qyapi.weixin.qq.com',
			required: true,
			description:
				'Change it only to reach WeCom through a proxy of yours, for example one with a fixed IP that the app trusts',
		},
		{
			displayName: 'Allow Unencrypted Connection',
			name: 'allowUnencrypted',
			type: 'boolean',
			default: false,
			description:
				'Whether to accept an API Base URL with http:// on another machine. Secret and messages then travel readable.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * A read that every app which may call customer contact can make, with a token made for it: one that is
	 * stored would say nothing of the secret, and n8n can show the IP to trust only when making a token fails.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: endpoints.members.path,
			headers: { [NEW_TOKEN_HEADER]: 'required' },
		},
		rules: TEST_ERRCODES.map((errcode) => ({
			type: 'responseSuccessBody',
			properties: { key: 'errcode', value: errcode, message: testMessage(errcode) },
		})),
	};

	/** n8n calls this when there is no token or `authenticate` refused it, and stores what it returns. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const owner = tokenOwner(credentials);
		const key = fingerprint(owner);
		const unwanted = String(credentials.accessToken ?? '');
		for (
			let request = pendingTokenRequests.get(key);
			request && isRecent(request);
			request = pendingTokenRequests.get(key)
		) {
			const accessToken = await request.result;
			if (!isSameToken(accessToken, unwanted)) return { accessToken };
			// It brought the very token that was found refused: of no more use to anybody.
			if (pendingTokenRequests.get(key) === request) pendingTokenRequests.delete(key);
		}

		const request: PendingTokenRequest = {
			result: requestToken(
				owner,
				async (path, query) => await get(this, owner, path, query),
				Date.now,
			),
		};
		pendingTokenRequests.set(key, request);
		try {
			const accessToken = await request.result;
			request.endedAt = Date.now();
			return { accessToken };
		} catch (error) {
			if (pendingTokenRequests.get(key) === request) pendingTokenRequests.delete(key);
			throw error;
		}
	}

	/**
	 * Puts the token into the query: WeCom takes it nowhere else (observed 2026).
	 *
	 * A request that already carries a token is the repetition of one that WeCom refused. n8n refreshes a token
	 * only on HTTP 401, which WeCom never answers, so this function fails with one when the stored token is of no
	 * use: none, expired, another app's, the refused one itself, or not new where a new one is asked for.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const owner = tokenOwner(credentials);
		if (urlOf(requestOptions).startsWith('/')) requestOptions.baseURL ??= owner.baseUrl;
		if (originOf(requestOptions) !== new URL(owner.baseUrl).origin) {
			throw new Error(
				'The access token is sent to the API Base URL of the credential only. Use a URL that starts with it.',
			);
		}
		if (sentByHttpRequestNode.has(requestOptions)) {
			// n8n refreshes and repeats after any failure there, and a message could be created twice.
			throw new Error(
				'The request failed, and was not sent again because WeCom may have received it. Check the URL and the connection, and what has arrived at WeCom, before you repeat it.',
			);
		}
		const { [NEW_TOKEN_HEADER]: newToken, ...headers } = requestOptions.headers ?? {};
		const stored = readToken(String(credentials.accessToken ?? ''), owner, Date.now());
		const tooOld = newToken && stored && stored.obtainedAt < Date.now() - NEW_TOKEN_MS;
		if (!stored || tooOld || stored.token === requestOptions.qs?.access_token) {
			throw Object.assign(new Error('The access token must be refreshed'), {
				response: { status: 401 },
			});
		}
		requestOptions.headers = headers;
		requestOptions.qs = { ...requestOptions.qs, access_token: stored.token };
		if (isOfHttpRequestNode(requestOptions)) sentByHttpRequestNode.add(requestOptions);
		return requestOptions;
	}
}

function tokenOwner(credentials: ICredentialDataDecryptedObject): TokenOwner {
	return {
		baseUrl: apiBaseUrl(String(credentials.baseUrl ?? ''), credentials.allowUnencrypted === true),
		corpId: String(credentials.corpId ?? '').trim(),
		secret: String(credentials.secret ?? '').trim(),
	};
}

function isRecent({ endedAt }: PendingTokenRequest): boolean {
	return endedAt === undefined || Date.now() - endedAt < RESULT_REUSE_MS;
}

function originOf(options: IHttpRequestOptions): string | undefined {
	const url = urlOf(options);
	return URL.canParse(url, options.baseURL) ? new URL(url, options.baseURL).origin : undefined;
}

type OlderOptions = Partial<IHttpRequestOptions> & { readonly uri?: string };

function urlOf({ url, uri }: OlderOptions): string {
	return url ?? uri ?? '';
}

/** That node still sends through an older helper of n8n, whose options call the URL `uri`. */
function isOfHttpRequestNode({ uri }: OlderOptions): boolean {
	return uri !== undefined;
}

async function get(
	{ helpers }: IHttpRequestHelper,
	owner: TokenOwner,
	path: string,
	query: Record<string, string>,
): Promise<{ status: number; body: string }> {
	try {
		const response = (await helpers.httpRequest({
			method: 'GET',
			baseURL: owner.baseUrl,
			url: path,
			qs: query,
			encoding: 'text',
			timeout: REQUEST_TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; body: string };
		return { status: response.statusCode, body: response.body };
	} catch (error) {
		// The library's error carries the URL, and the URL the secret.
		throw new TokenError(toNetworkError(networkCode(error), REQUEST_TIMEOUT_MS));
	}
}

function testMessage(errcode: number): string {
	return explain(new WeComApiError(errcode, '', endpoints.members.path, endpoints.members.doc));
}
