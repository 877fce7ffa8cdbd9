import { endpoints } from '../areas';
import type { Session } from '../auth/tokens';
import type { World } from '../world/world';
import { ApiError, errorBody } from './apiError';
import type { Answer, AppEndpoint, Call, Endpoint } from './endpoint';
import { Download } from './endpoint';
import type { Reply } from './httpResponse';
import { jsonReply, notFound, textReply } from './httpResponse';
import type { UploadedFile } from './upload';

export interface IncomingCall {
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Parsed JSON; undefined when the body is not JSON. */
	readonly json?: unknown;
	readonly file?: UploadedFile;
	readonly range?: string;
	readonly ip: string;
	/** The trusted-IP gate refuses this call whatever the app's list says (a fault). */
	readonly untrusted?: boolean;
}

/** Serves one call: finds the endpoint, passes the gate, does the work, words the answer. */
export async function dispatch(world: World, incoming: IncomingCall): Promise<Reply> {
	const endpoint = endpoints.get(incoming.path);
	if (!endpoint) return notFound;
	try {
		return toReply(await serve(world, endpoint, incoming));
	} catch (error) {
		if (!(error instanceof ApiError)) return ownFailure(error);
		const { emptyFields } = endpoint;
		return jsonReply(errorBody(error, { ip: incoming.ip, now: world.now(), emptyFields }));
	}
}

/** A fault of the sandbox itself, which must never pass for an answer of WeCom. */
function ownFailure(error: unknown): Reply {
	const detail = error instanceof Error ? error.stack : String(error);
	return textReply(500, `The sandbox itself failed: ${detail}`, 'text/plain; charset=utf-8');
}

async function serve(world: World, endpoint: Endpoint, incoming: IncomingCall): Promise<Answer> {
	const { ip } = incoming;
	if (endpoint.access === 'anonymous') {
		checkMethod(endpoint, incoming);
		return endpoint.handle({ world, now: world.now(), ip }, incoming.query);
	}
	const { corp, app } = passGate(world, endpoint, incoming);
	checkMethod(endpoint, incoming);
	const input = readInput(endpoint, incoming);
	const { file, range } = incoming;
	const call: Call = { world, now: world.now(), ip, corp, app, file, range };
	return await endpoint.handle(call, input);
}

/**
 * Check order (observed 2026): token there, token valid, trusted IP, permission, then the parameters.
 * The place of 48002 (A33) and that of the frequency limit, 45009 (A49), are assumptions.
 */
function passGate(world: World, endpoint: AppEndpoint, incoming: IncomingCall): Session {
	const token = incoming.query.access_token;
	if (!token) throw new ApiError(41001);
	const session = world.tokens.check(token, world.now());
	if (typeof session === 'number') throw new ApiError(session);
	const { corp, app } = session;
	const gated = app.trustedIps.length > 0 && !app.trustedIps.includes(incoming.ip);
	if (gated || incoming.untrusted) throw new ApiError(60020);
	if (endpoint.access === 'customerContact' && !app.callable) throw new ApiError(48002);
	if (!world.rateLimiter.admit(corp.corpId, endpoint.path, world.now(), world.settings)) {
		throw new ApiError(45009);
	}
	return session;
}

/** doc 90313: 40058 "GET instead of POST"; taken to hold the other way round as well (A34). */
function checkMethod(endpoint: Endpoint, incoming: IncomingCall): void {
	if (incoming.method !== endpoint.method) throw new ApiError(40058);
}

function readInput(endpoint: AppEndpoint, incoming: IncomingCall): unknown {
	if (endpoint.method === 'GET' || endpoint.upload) return incoming.query;
	if (isObject(incoming.json)) return incoming.json;
	throw badJson(endpoint);
}

/**
 * WeCom answers what it finds missing in a body that it could not read, behind a warning
 * (observed 2020); where nothing is required, 40058 "bad parameter: JSON" (A35).
 */
function badJson(endpoint: AppEndpoint): ApiError {
	const missing = endpoint.firstFault({}) ?? new ApiError(40058);
	return new ApiError(missing.errcode, `Warning: wrong json format. ${missing.text}`);
}

function toReply(answer: Answer): Reply {
	if (answer instanceof Download) {
		return { status: answer.status, headers: answer.headers, body: answer.content };
	}
	return jsonReply({ errcode: 0, errmsg: 'ok', ...answer });
}

function isObject(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
