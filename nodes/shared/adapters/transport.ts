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

/** Sends through n8n's HTTP helper, which adds our credential's token and refreshes it. */
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
		// The credential puts its API base URL in front.
		url: request.path,
		// A token that is already here says which one WeCom refused; the credential answers with another.
		qs: request.refused
			? { ...request.query, access_token: request.refused }
			: { ...request.query },
		...payload(request),
		encoding: 'text',
		// While nothing comes; `answerWithin` limits the whole answer.
		timeout: request.timeoutMs,
		returnFullResponse: true,
		// n8n repeats a request of its own on HTTP 401, and the HTTP library follows redirects: neither may
		// happen to a request that must not arrive twice.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

/** Bytes, never a stream or form object: n8n does not repeat those after it refreshed the token. */
function payload({ body, form }: TransportRequest): Pick<IHttpRequestOptions, 'headers' | 'body'> {
	if (form) return { headers: { 'content-type': form.contentType }, body: asBuffer(form.body) };
	if (!body) return { headers: {} };
	return {
		headers: { 'content-type': 'application/json' },
		body: Buffer.from(JSON.stringify(body)),
	};
}

/** A view of the same memory. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}

/**
 * Puts our signal in the place of the execution's cancel signal, which n8n gives every request: it would cut a create in
 * the middle and leave nobody knowing whether the task exists. The client looks at that one between calls instead.
 *
 * n8n takes the signal when it sends the request, so a token that has to be got first does not use up its time.
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

/** What went wrong, as an error of ours: the library's own carries the URL, and the URL the token. */
function toTransportError(error: unknown, { path, timeoutMs }: TransportRequest): Error {
	const chain = causes(error);
	const own = chain.find((cause) => cause instanceof WeComError);
	if (own) return own;
	// The credential found the new token equal to the refused one.
	if (
		chain.some((cause) => (cause as { response?: { status?: unknown } }).response?.status === 401)
	) {
		return new TokenError(
			new WeComApiError(40014, '', { path, doc: 0, errorCodes: generalErrorCodes }),
		);
	}
	// Such as: no credential is chosen.
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
