import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { generalErrorCodes } from '../client/core/errorCodes';
import {
	TokenError,
	WeComApiError,
	WeComError,
	WeComInputError,
	WeComNetworkError,
} from '../client/core/errors';
import { networkCode, toNetworkError } from '../client/core/networkErrors';
import { answerWithin } from '../client/core/timeout';
import type { Transport, TransportRequest, TransportResponse } from '../client/core/transport';

const CREDENTIAL = 'weComExternalContactApi';

/** Sends through n8n's HTTP helper, which adds the credential's token and refreshes it. */
export function n8nTransport(
	context: IExecuteFunctions | ILoadOptionsFunctions | ITriggerFunctions | IWebhookFunctions,
): Transport {
	return {
		async send(request) {
			const options = toHttpOptions(request);
			try {
				const response = await answerWithin(request.timeoutMs, async (takeSignal) => {
					giveSignal(options, request, takeSignal);
					const answer = (await context.helpers.httpRequestWithAuthentication.call(
						context,
						CREDENTIAL,
						options,
					)) as IN8nHttpFullResponse;
					return request.file ? await received(answer, request.file.maxBytes) : answer;
				});
				return {
					status: response.statusCode,
					...(request.file ? fileOrText(response) : { body: String(response.body) }),
					date: String(response.headers.date ?? ''),
					session: options.qs?.access_token,
					secrets: [options.qs?.access_token, request.refused].filter(isText),
				};
			} catch (error) {
				const isChosen = context.getNode().credentials?.[CREDENTIAL] !== undefined;
				throw isChosen ? toTransportError(error, request) : noCredential();
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
		encoding: request.file ? 'stream' : 'text',
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

/** The response with its bytes, of which no more are taken than there may be. */
async function received(
	answer: IN8nHttpFullResponse,
	maxBytes: number,
): Promise<IN8nHttpFullResponse> {
	const body = answer.body as unknown as AsyncIterable<Uint8Array>;
	const chunks: Uint8Array[] = [];
	let length = Number(answer.headers['content-length'] ?? 0);
	let taken = 0;
	// Leaving the loop early closes the connection.
	for await (const chunk of body) {
		taken += chunk.length;
		length = Math.max(length, taken);
		if (length > maxBytes) break;
		chunks.push(chunk);
	}
	if (length > maxBytes) {
		const megabytes = (bytes: number) => Math.round((bytes / 1024 / 1024) * 10) / 10;
		throw new WeComInputError(
			`The file has more than ${megabytes(maxBytes)} MB`,
			'Raise the size limit of the node if such files are wanted.',
		);
	}
	return { ...answer, body: Buffer.concat(chunks) };
}

/** WeCom names a file in `Content-Disposition`; a refusal is JSON without that (doc 90254). */
function fileOrText({
	body,
	headers,
}: IN8nHttpFullResponse): Pick<TransportResponse, 'body' | 'file'> {
	const content = body as Buffer;
	const contentType = String(headers['content-type'] ?? '');
	const contentDisposition = String(headers['content-disposition'] ?? '');
	const seemsText = contentType === '' ? content.at(0) === 0x7b : /json|text\//i.test(contentType);
	const isFile = contentDisposition !== '' || !seemsText;
	if (!isFile) return { body: content.toString('utf8') };
	return { body: '', file: { content, contentType, contentDisposition } };
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
	// For example, the credential was deleted.
	const operational = chain.find((cause) => cause instanceof NodeOperationError);
	if (operational) return operational;
	const code = networkCode(error);
	if (chain.some(({ name }) => name.startsWith('Ssrf'))) {
		return new WeComNetworkError("n8n's SSRF protection blocks the 'API Base URL'", code, 'never');
	}
	return toNetworkError(code, timeoutMs);
}

/** n8n refuses to start most nodes without a credential. In version 1 a trigger does start. */
function noCredential(): Error {
	return new WeComInputError(
		"No credential 'WeCom External Contact API' is chosen",
		'Choose or create one in the node.',
	);
}

function causes(error: unknown): Error[] {
	const chain: Error[] = [];
	for (let cause = error; cause instanceof Error && chain.length < 10; cause = cause.cause) {
		chain.push(cause);
	}
	return chain;
}
