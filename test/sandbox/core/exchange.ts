import type { Response } from 'express';

import type { ErrorContext } from './apiError';
import { ApiError, errorBody } from './apiError';
import type { Fault } from './faults';
import { randomId } from './ids';
import type { HttpResponse } from './httpResponse';
import { jsonResponse, textResponse } from './httpResponse';
import type { LoggedRequest } from './log';
import { wait } from './timers';

/** One request in progress: what serves it, and where the response goes. */
export interface Exchange {
	readonly response: Response;
	readonly entry: LoggedRequest;
	/** The whole URL of the request. */
	readonly url: string;
	/** Serves the request in the world; sends nothing yet. */
	work(): Promise<HttpResponse>;
	/** The header `Date` of a response that is sent now; undefined: none. */
	date(): string | undefined;
	/** For faults that word a refusal themselves. */
	readonly errorContext: ErrorContext;
}

const HTML_PAGE =
	'<!DOCTYPE html><html><head><title>Sign in to the network</title></head>' +
	'<body><h1>Sign in to the network</h1></body></html>';

const TOO_LARGE_PAGE =
	'<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n' +
	'<center><h1>413 Request Entity Too Large</h1></center>\r\n</body>\r\n</html>\r\n';

const HTML = 'text/html; charset=utf-8';

const DRIP_MILLISECONDS = 100;

/** Serves the request and sends the response, or lets the fault happen. */
export async function respond(exchange: Exchange, fault: Fault | undefined): Promise<void> {
	if (!fault) return send(exchange, await exchange.work());
	switch (fault.kind) {
		// These two change how the request is served, not how the response travels; `work` handles them.
		case 'killToken':
		case 'untrustedIp':
			return send(exchange, await exchange.work());
		case 'delay':
			await wait(fault.ms);
			return send(exchange, await exchange.work());
		case 'cutBody':
			return sendCut(exchange, await exchange.work(), fault.chunked);
		case 'drip':
			return await sendDripping(exchange, await exchange.work(), fault);
		case 'endlessPages':
			return send(exchange, emptyPage(await exchange.work(), fault.sameCursor));
		case 'tooLarge':
			return send(exchange, textResponse(413, TOO_LARGE_PAGE, HTML));
		default:
			if (fault.after) await exchange.work();
			return await respondWith(exchange, fault);
	}
}

/** Another response than that of the work, or none. */
function respondWith(
	exchange: Exchange,
	fault: Extract<Fault, { after?: boolean | undefined }>,
): void {
	switch (fault.kind) {
		case 'errcode':
			return send(exchange, refusal(exchange, fault.errcode, fault.errmsg));
		case 'echoUrl': {
			const text = `invalid request ${exchange.url}`;
			return send(exchange, refusal(exchange, fault.errcode ?? 40058, text));
		}
		case 'httpStatus':
			return send(exchange, textResponse(fault.status, fault.body ?? '', 'text/plain'));
		case 'html':
			return send(exchange, textResponse(200, HTML_PAGE, HTML));
		case 'notJson':
			return send(
				exchange,
				textResponse(200, fault.body ?? '{"errcode":0,"errmsg":"ok",', 'application/json'),
			);
		case 'redirect':
			return send(exchange, redirection(fault.status, fault.location));
		case 'noAnswer':
			return;
		case 'reset':
			exchange.response.socket?.resetAndDestroy();
			return;
	}
}

function refusal({ errorContext }: Exchange, errcode: number, text?: string): HttpResponse {
	return jsonResponse(errorBody(new ApiError(errcode, text), errorContext));
}

function redirection(status = 302, location = 'https://sign-in.invalid/'): HttpResponse {
	const page = textResponse(status, HTML_PAGE, HTML);
	return { ...page, headers: { ...page.headers, location } };
}

/** The page without its rows, and a cursor to another one. A refusal stays as it is. */
function emptyPage(page: HttpResponse, sameCursor = false): HttpResponse {
	if (page.errcode !== 0) return page;
	const body = JSON.parse(page.body.toString()) as Record<string, unknown>;
	for (const [name, value] of Object.entries(body)) if (Array.isArray(value)) body[name] = [];
	// Where a flag says whether to go on, it says so (doc 94670).
	if ('has_more' in body) body.has_more = 1;
	return jsonResponse({ ...body, next_cursor: sameCursor ? 'theSameCursor' : randomId(32) });
}

/** One byte at a time, until there are none left, or the caller has gone. */
async function sendDripping(
	exchange: Exchange,
	httpResponse: HttpResponse,
	{ ms = DRIP_MILLISECONDS, endless = false }: { ms?: number; endless?: boolean },
): Promise<void> {
	const { response } = exchange;
	writeHead(exchange, httpResponse);
	if (!endless) response.setHeader('content-length', httpResponse.body.length);
	response.flushHeaders();
	for (const byte of httpResponse.body) {
		if (response.destroyed) return;
		response.write(Buffer.of(byte));
		await wait(ms);
	}
	while (endless && !response.destroyed) {
		response.write(' ');
		await wait(ms);
	}
	response.end();
}

function send(exchange: Exchange, httpResponse: HttpResponse): void {
	const { response } = exchange;
	writeHead(exchange, httpResponse);
	response.setHeader('content-length', httpResponse.body.length);
	response.end(httpResponse.body);
}

/** Half of the body, then the end of the connection. */
function sendCut(exchange: Exchange, httpResponse: HttpResponse, chunked = false): void {
	const { response } = exchange;
	writeHead(exchange, httpResponse);
	if (!chunked) response.setHeader('content-length', httpResponse.body.length);
	const half = httpResponse.body.subarray(0, Math.floor(httpResponse.body.length / 2));
	response.write(half, () => response.socket?.destroy());
}

function writeHead({ response, entry, date }: Exchange, httpResponse: HttpResponse): void {
	entry.status = httpResponse.status;
	entry.errcode = httpResponse.errcode;
	response.status(httpResponse.status);
	// Node would add the real time.
	response.sendDate = false;
	const now = date();
	if (now !== undefined) response.setHeader('date', now);
	for (const [name, value] of Object.entries(httpResponse.headers)) response.setHeader(name, value);
}
