import type { Caller } from '../auth/tokens';
import type { World } from '../world/world';
import type { ErrorContext } from './apiError';
import { ApiError, errorBody, textOf } from './apiError';
import type { AppEndpoint, Call, Endpoint, EndpointResponse } from './endpoint';
import { Download } from './endpoint';
import type { HttpResponse } from './httpResponse';
import { jsonResponse, notFound, textResponse } from './httpResponse';
import type { UploadedFile } from './upload';
import { asSent } from './wire';

/** The WeCom that is served: all areas put together. */
export interface WeComApi {
	/** By path. Any other path is 404 with an empty body (observed 2026-09). */
	readonly endpoints: ReadonlyMap<string, Endpoint>;
	/** By error code. */
	readonly errorTexts: ErrorContext['errorTexts'];
	/** Says who calls, or refuses the call. */
	passGate(world: World, endpoint: AppEndpoint, incoming: IncomingCall): Caller;
}

/** A call as it came over HTTP. */
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

/** Serves one call: finds the endpoint, passes the gate, does the work, words the response. */
export async function serveCall(
	world: World,
	api: WeComApi,
	incoming: IncomingCall,
): Promise<HttpResponse> {
	const endpoint = api.endpoints.get(incoming.path);
	if (!endpoint) return notFound;
	try {
		return toHttpResponse(world, await callEndpoint(world, api, endpoint, incoming));
	} catch (error) {
		if (!(error instanceof ApiError)) return ownFailure(error);
		const { ip } = incoming;
		const { emptyFields } = endpoint;
		const { errorTexts } = api;
		return jsonResponse(errorBody(error, { ip, now: world.now(), emptyFields, errorTexts }));
	}
}

/** A fault of the sandbox itself, which must never pass for a response of WeCom's. */
function ownFailure(error: unknown): HttpResponse {
	const detail = error instanceof Error ? error.stack : String(error);
	return textResponse(500, `The sandbox itself failed: ${detail}`, 'text/plain; charset=utf-8');
}

async function callEndpoint(
	world: World,
	api: WeComApi,
	endpoint: Endpoint,
	incoming: IncomingCall,
): Promise<EndpointResponse> {
	const { ip } = incoming;
	if (endpoint.access === 'anonymous') {
		checkMethod(endpoint, incoming);
		return endpoint.handle({ world, now: world.now(), ip }, incoming.query);
	}
	const { corp, app } = api.passGate(world, endpoint, incoming);
	checkMethod(endpoint, incoming);
	const input = readInput(api, endpoint, incoming);
	const { file, range } = incoming;
	const call: Call = { world, now: world.now(), ip, corp, app, file, range };
	return await endpoint.handle(call, input);
}

/** 40058 is for "GET instead of POST" (doc 90313); here it is for POST instead of GET too (A34). */
function checkMethod(endpoint: Endpoint, incoming: IncomingCall): void {
	if (incoming.method !== endpoint.method) throw new ApiError(40058);
}

function readInput(api: WeComApi, endpoint: AppEndpoint, incoming: IncomingCall): unknown {
	if (endpoint.method === 'GET' || endpoint.upload) return incoming.query;
	if (isObject(incoming.json)) return incoming.json;
	throw badJson(api, endpoint);
}

/**
 * WeCom says what it misses in a body that it could not read, behind a warning (observed 2020). Where
 * nothing is required, that is 40058 "bad parameter: JSON" (A35).
 */
function badJson({ errorTexts }: WeComApi, endpoint: AppEndpoint): ApiError {
	const missing = endpoint.firstFault({}) ?? new ApiError(40058);
	const text = `Warning: wrong json format. ${textOf(missing, errorTexts)}`;
	return new ApiError(missing.errcode, text);
}

function toHttpResponse({ settings }: World, response: EndpointResponse): HttpResponse {
	if (response instanceof Download) {
		return { status: response.status, headers: response.headers, body: response.content };
	}
	return jsonResponse(asSent({ errcode: 0, errmsg: 'ok', ...response }, settings.absentLists));
}

function isObject(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
