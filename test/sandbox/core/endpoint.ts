import type { z } from 'zod';

import type { App } from '../auth/model';
import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import { ApiError } from './apiError';
import type { UploadedFile } from './upload';

/** What an endpoint without access token knows about its caller: gettoken alone. */
export interface AnonymousCall {
	readonly world: World;
	/** Unix seconds. */
	readonly now: number;
	readonly ip: string;
}

/** A call that passed the gate: the app is known and may use this endpoint. */
export interface Call extends AnonymousCall {
	readonly corp: Corp;
	readonly app: App;
	/** Of a multipart request. */
	readonly file?: UploadedFile;
	/** The Range header of a download. */
	readonly range?: string;
}

/** What an endpoint gives back on success; errcode 0 and errmsg "ok" are put before it. */
export type EndpointResponse = Readonly<Record<string, unknown>> | Download;

/** A file instead of JSON (media/get). */
export class Download {
	constructor(
		readonly status: 200 | 206,
		readonly headers: Readonly<Record<string, string>>,
		readonly content: Buffer,
	) {}
}

interface EndpointBase {
	readonly path: string;
	readonly method: 'GET' | 'POST';
	/** Number of the documentation page. */
	readonly doc: number;
	/** Fields that a refusal carries too, empty (observed 2026-09); for most endpoints that is assumed (A50). */
	readonly emptyFields: Readonly<Record<string, unknown>>;
	/** The request body is a file (multipart); `request` then describes the query. */
	readonly upload: boolean;
}

/** An endpoint without access token: gettoken alone. */
export interface AnonymousEndpoint extends EndpointBase {
	readonly access: 'anonymous';
	handle(call: AnonymousCall, input: unknown): EndpointResponse;
}

/** An endpoint that an app calls with its access token. */
export interface AppEndpoint extends EndpointBase {
	/** `anyApp`: a valid token will do; `customerContact`: the app must be callable (48002, doc 90313). */
	readonly access: 'anyApp' | 'customerContact';
	/** What the endpoint's schema finds wrong with the input, if anything. */
	firstFault(input: unknown): ApiError | undefined;
	handle(call: Call, input: unknown): EndpointResponse | Promise<EndpointResponse>;
}

export type Endpoint = AnonymousEndpoint | AppEndpoint;

interface Definition<Schema extends z.ZodTypeAny> {
	path: string;
	method: 'GET' | 'POST';
	doc: number;
	access?: 'anyApp' | 'customerContact';
	emptyFields?: Record<string, unknown>;
	upload?: boolean;
	/** Of the body (POST) or the query (GET, upload). Unknown fields are silently ignored (not documented). */
	request: Schema;
	handle(call: Call, request: z.output<Schema>): EndpointResponse | Promise<EndpointResponse>;
}

/** An endpoint that needs an access token. Default: a callable app, JSON, no empty fields. */
export function endpoint<Schema extends z.ZodTypeAny>(definition: Definition<Schema>): AppEndpoint {
	const { request, handle, ...rest } = definition;
	return {
		access: 'customerContact',
		emptyFields: {},
		upload: false,
		...rest,
		firstFault(input) {
			const result = request.safeParse(input);
			return result.success ? undefined : refusalOf(result.error);
		},
		handle: (call, input) => handle(call, parse(request, input)),
	};
}

/** An endpoint that needs no access token. */
export function anonymousEndpoint<Schema extends z.ZodTypeAny>(
	definition: Omit<Definition<Schema>, 'access' | 'upload' | 'handle'> & {
		handle(call: AnonymousCall, request: z.output<Schema>): EndpointResponse;
	},
): AnonymousEndpoint {
	const { request, handle, ...rest } = definition;
	return {
		access: 'anonymous',
		emptyFields: {},
		upload: false,
		...rest,
		handle: (call, input) => handle(call, parse(request, input)),
	};
}

function parse<Schema extends z.ZodTypeAny>(schema: Schema, input: unknown): z.output<Schema> {
	const result = schema.safeParse(input);
	if (result.success) return result.data as z.output<Schema>;
	throw refusalOf(result.error);
}

/** Schemas put the error code at the start of each message (see `fields.ts`). */
function refusalOf(error: z.ZodError): ApiError {
	const coded = /^(-?\d+)(?: (.+))?$/.exec(error.issues[0]?.message ?? '');
	return coded ? new ApiError(Number(coded[1]), coded[2]) : new ApiError(40058);
}
