import type { Response } from 'express';

import type { ErrorContext } from './apiError';
import { ApiError, errorBody } from './apiError';
import type { Fault } from './faults';
import type { HttpResponse } from './httpResponse';
import { jsonResponse, textResponse } from './httpResponse';
import type { LoggedRequest } from './log';
import { wait } from './timers';

/** One request in progress: what serves it, and where the response goes. */
export interface Exchange {
	readonly response: Response;
	readonly entry: LoggedRequest;
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

/** Serves the request and sends the response, or lets the fault happen. */
export async function respond(exchange: Exchange, fault: Fault | undefined): Promise<void> {
	if (!fault) return send(exchange, await exchange.work());
	if (fault.kind === 'delay') {
		await wait(fault.ms);
		return send(exchange, await exchange.work());
	}
	if (fault.kind === 'cutBody') return sendCut(exchange, await exchange.work(), fault.chunked);
	// These two change how the request is served, not how the response travels; `work` handles them.
	if (fault.kind === 'killToken' || fault.kind === 'untrustedIp') {
		return send(exchange, await exchange.work());
	}

	if (fault.after) await exchange.work();
	switch (fault.kind) {
		case 'errcode': {
			const error = new ApiError(fault.errcode, fault.errmsg);
			return send(exchange, jsonResponse(errorBody(error, exchange.errorContext)));
		}
		case 'httpStatus':
			return send(exchange, textResponse(fault.status, fault.body ?? '', 'text/plain'));
		case 'html':
			return send(exchange, textResponse(200, HTML_PAGE, 'text/html; charset=utf-8'));
		case 'notJson':
			return send(
				exchange,
				textResponse(200, fault.body ?? '{"errcode":0,"errmsg":"ok",', 'application/json'),
			);
		case 'noAnswer':
			return;
		case 'reset':
			exchange.response.socket?.resetAndDestroy();
			return;
	}
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
