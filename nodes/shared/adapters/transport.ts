import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { generalErrorCodes } from '../client/core/errorCodes';
import { TokenError, WeComApiError, WeComError, WeComNetworkError } from '../client/core/errors';
import { networkCode, toNetworkError } from '../client/core/networkErrors';
import { answerWithin } from '../client/core/timeout';
import type { Transport, TransportRequest } from '../client/core/transport';

const CREDENTIAL = 'weComExternalContactApi';

/** Sends through n8n's HTTP helper, which adds the credential's token and refreshes it. */
export function n8nTransport(context: IExecuteFunctions | ILoadOptionsFunctions): Transport {
	return {
		async send(request) {
			const options = toHttpOptions(request);
			try {
				const response = (await answerWithin(request.timeoutMs, async (takeSignal) => {
					giveSignal(options, request, takeSignal);
					return (await context.helpers.httpRequestWithAuthentication.call(
						context,
						CREDENTIAL,
						options,
					)) as unknown;
				})) as IN8nHttpFullResponse;
				return {
					status: response.statusCode,
					body: String(response.body),
					date: String(response.headers.date ?? ''),
					session: options.qs?.access_token,
					secrets: [options.qs?.access_token, request.refused].filter(isText),
				};
			} catch (error) {
				throw toTransportError(error, request);
			}
		},
	};
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function toHttpOptions(request: TransportRequest): IHttpRequestOptions {
	return {
		method: request.method,
		// The credential prepends its API base URL.
		url: request.path,
		// A token in the query names the one WeCom refused; the credential replaces it with another.
		qs: request.refused
			? { ...request.query, access_token: request.refused }
			: { ...request.query },
		...payload(request),
		encoding: 'text',
		// Only covers inactivity; `answerWithin` limits the whole response.
		timeout: request.timeoutMs,
		returnFullResponse: true,
		// n8n itself retries on HTTP 401, and the HTTP library follows redirects. Neither may happen to a request that
		// must not arrive twice.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

/** Bytes, never a stream or form object: n8n doesn't resend those after refreshing the token. */
function payload({ body, form }: TransportRequest): Pick<IHttpRequestOptions, 'headers' | 'body'> {
	if (form) return { headers: { 'content-type': form.contentType }, body: asBuffer(form.body) };
	if (!body) return { headers: {} };
	return {
		headers: { 'content-type': 'application/json' },
		body: Buffer.from(JSON.stringify(body)),
	};
}

/** A view of the same memory, not a copy. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}

/**
 * Replaces the execution's cancel signal, which n8n attaches to every request, with ours. n8n's would abort a create
 * mid-flight and leave it unknown whether the task exists. The client checks that signal between calls instead.
 *
 * n8n picks up the signal when it sends the request, so fetching a token first doesn't use up the time limit.
 */
function giveSignal(
	options: IHttpRequestOptions,
	{ uninterrupted }: TransportRequest,
	takeSignal: (stop?: AbortSignal) => AbortSignal,
): void {
	let cancelSignal: AbortSignal | undefined;
	Object.defineProperty(options, 'abortSignal', {
		get: () => takeSignal(uninterrupted ? undefined : cancelSignal),
		set: (signal: AbortSignal | undefined) => {
			cancelSignal = signal;
		},
	});
}

/** Converts a failure to one of our errors: the library's own contains the URL, and the URL contains the token. */
function toTransportError(error: unknown, { path, timeoutMs }: TransportRequest): Error {
	const chain = causes(error);
	const own = chain.find((cause) => cause instanceof WeComError);
	if (own) return own;
	// The credential found that the new token equals the refused one.
	if (
		chain.some((cause) => (cause as { response?: { status?: unknown } }).response?.status === 401)
	) {
		return new TokenError(
			new WeComApiError(40014, '', { path, doc: 0, errorCodes: generalErrorCodes }),
		);
	}
	// For example, no credential is selected.
	const operational = chain.find((cause) => cause instanceof NodeOperationError);
	if (operational) return operational;
	const code = networkCode(error);
	if (chain.some(({ name }) => name.startsWith('Ssrf'))) {
		return new WeComNetworkError("n8n's SSRF protection blocks the 'API Base URL'", code, 'never');
	}
	return toNetworkError(code, timeoutMs);
}

function causes(error: unknown): Error[] {
	const chain: Error[] = [];
	for (let cause = error; cause instanceof Error && chain.length < 10; cause = cause.cause) {
		chain.push(cause);
	}
	return chain;
}
