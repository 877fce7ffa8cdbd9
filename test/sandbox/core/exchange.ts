import type { Response } from 'express';

import { ApiError, errorBody } from './apiError';
import type { Fault } from './faults';
import type { Reply } from './httpResponse';
import { jsonReply, textReply } from './httpResponse';
import type { LoggedRequest } from './log';
import { wait } from './timers';

/** One request on the line: what would serve it, and where the answer goes. */
export interface Exchange {
	readonly response: Response;
	readonly entry: LoggedRequest;
	/** Serves the request in the world; the answer is not sent yet. */
	work(): Promise<Reply>;
	/** For faults that word a refusal themselves. */
	readonly errorContext: Parameters<typeof errorBody>[1];
}

const HTML_PAGE =
	'<!DOCTYPE html><html><head><title>Sign in to the network</title></head>' +
	'<body><h1>Sign in to the network</h1></body></html>';

/** Serves the request and sends the answer, or lets the fault happen. */
export async function answer(exchange: Exchange, fault: Fault | undefined): Promise<void> {
	if (!fault) return send(exchange, await exchange.work());
	if (fault.kind === 'delay') {
		await wait(fault.ms);
		return send(exchange, await exchange.work());
	}
	if (fault.kind === 'cutBody') return sendCut(exchange, await exchange.work(), fault.chunked);
	// Both change how the request is served, not the line; `work` knows of them.
	if (fault.kind === 'killToken' || fault.kind === 'untrustedIp') {
		return send(exchange, await exchange.work());
	}

	if (fault.after) await exchange.work();
	switch (fault.kind) {
		case 'errcode': {
			const error = new ApiError(fault.errcode, fault.errmsg);
			return send(exchange, jsonReply(errorBody(error, exchange.errorContext)));
		}
		case 'httpStatus':
			return send(exchange, textReply(fault.status, fault.body ?? '', 'text/plain'));
		case 'html':
			return send(exchange, textReply(200, HTML_PAGE, 'text/html; charset=utf-8'));
		case 'notJson':
			return send(
				exchange,
				textReply(200, fault.body ?? '{"errcode":0,"errmsg":"ok",', 'application/json'),
			);
		case 'noAnswer':
			return;
		case 'reset':
			exchange.response.socket?.resetAndDestroy();
			return;
	}
}

function send({ response, entry }: Exchange, reply: Reply): void {
	entry.status = reply.status;
	entry.errcode = reply.errcode;
	writeHead(response, reply);
	response.setHeader('content-length', reply.body.length);
	response.end(reply.body);
}

/** Half of the body, then the end of the connection. */
function sendCut({ response, entry }: Exchange, reply: Reply, chunked = false): void {
	entry.status = reply.status;
	entry.errcode = reply.errcode;
	writeHead(response, reply);
	if (!chunked) response.setHeader('content-length', reply.body.length);
	const half = reply.body.subarray(0, Math.floor(reply.body.length / 2));
	response.write(half, () => response.socket?.destroy());
}

function writeHead(response: Response, { status, headers }: Reply): void {
	response.status(status);
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
