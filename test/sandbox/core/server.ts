import type { Express, NextFunction, Request, Response, Router } from 'express';
import express from 'express';

import type { World } from '../world/world';
import { respond } from './exchange';
import type { Fault, Faults } from './faults';
import type { RequestLog } from './log';
import type { WeComApi } from './serveCall';
import { serveCall } from './serveCall';
import type { UploadedFile } from './upload';
import { readUpload } from './upload';
import { dateHeader } from './wire';

/** Above any upload that WeCom accepts (20 MB, doc 90253), so that its own rule refuses too large a file. */
const MAX_BODY = '64mb';

const LOGGED_BYTES = 2000;

/** What a running sandbox consists of. */
export interface ServerParts {
	readonly world: World;
	readonly log: RequestLog;
	readonly faults: Faults;
}

/** The HTTP server of the fake WeCom. `controls` is what is not WeCom's: the control API and the page. */
export function createApp(parts: ServerParts, api: WeComApi, controls: Router): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use(controls);
	app.use(express.raw({ type: () => true, limit: MAX_BODY }));
	app.use(async (request: Request, response: Response) => {
		await handleRequest(parts, api, request, response);
	});
	// A body above MAX_BODY, or a caller who hung up while sending it: WeCom would not say this.
	app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
		if (response.headersSent) next(error);
		else response.status(500).type('text').send(`The sandbox itself failed: ${error.message}`);
	});
	return app;
}

async function handleRequest(
	parts: ServerParts,
	api: WeComApi,
	request: Request,
	response: Response,
): Promise<void> {
	const { world, log, faults } = parts;
	const { pathname: path, searchParams } = new URL(`http://sandbox.invalid${request.url}`);
	const query = Object.fromEntries(searchParams);
	const body: unknown = request.body;
	const contentType = request.headers['content-type'] ?? '';
	const file = Buffer.isBuffer(body) ? await readUpload(body, contentType) : undefined;
	const json = file ? undefined : parseJson(body);
	const entry = log.open({
		time: world.now(),
		method: request.method,
		path,
		query,
		tokenIndex: world.tokens.indexOf(query.access_token),
		body: file ? describe(file) : (json ?? plainText(body)),
	});
	const fault = faults.take(path);
	if (fault) entry.fault = fault.kind;
	const ip = callerIp(world, fault);
	const emptyFields = api.endpoints.get(path)?.emptyFields ?? {};
	const exchange = {
		response,
		entry,
		url: `http://${request.headers.host}${request.url}`,
		date: () => dateHeader(world.now(), world.settings.dateHeader),
		errorContext: { ip, now: world.now(), emptyFields, errorTexts: api.errorTexts },
		work: async () => {
			if (fault?.kind === 'killToken') {
				world.tokens.kill(query.access_token ?? '', fault.errcode ?? 40014);
			}
			const firstPage = fault?.kind === 'endlessPages';
			return await serveCall(world, api, {
				method: request.method,
				path,
				query: firstPage ? { ...query, cursor: '' } : query,
				json: firstPage ? withoutCursor(json) : json,
				file,
				range: request.headers.range,
				ip,
				untrusted: fault?.kind === 'untrustedIp',
			});
		},
	};
	await respond(exchange, fault);
}

function withoutCursor(json: unknown): unknown {
	return typeof json === 'object' && json !== null ? { ...json, cursor: '' } : json;
}

/** Callers are on this machine; tests may pretend another address (60020, doc 90313). */
function callerIp(world: World, fault: Fault | undefined): string {
	if (fault?.kind === 'untrustedIp') return fault.ip ?? '203.0.113.7';
	return world.callerIp ?? '127.0.0.1';
}

/** For the log: everything about the file but its bytes. */
function describe({ content, ...file }: UploadedFile): object {
	return { ...file, size: content.length };
}

/** For the log: the beginning of a body that is neither JSON nor a file. */
function plainText(body: unknown): string | undefined {
	return Buffer.isBuffer(body) ? body.toString('utf8', 0, LOGGED_BYTES) : undefined;
}

/** Ignores the Content-Type: WeCom reads the body of a POST as JSON whatever it says (A36). */
function parseJson(body: unknown): unknown {
	if (!Buffer.isBuffer(body)) return undefined;
	try {
		return JSON.parse(body.toString());
	} catch {
		return undefined;
	}
}
