import { WeComApiError, WeComHttpError, WeComResponseError } from './errors';
import type { Endpoint } from './endpoint';
import { redact } from './redact';
import type { TransportResponse } from './transport';

/**
 * Decodes WeCom's response. It is a failure if `errcode` exists and is not 0; some endpoints omit it on success. A
 * response without the endpoint's required fields therefore isn't WeCom's, and says nothing about what was done.
 *
 * A null field means the same as an omitted one, so callers only ever see omitted fields.
 *
 * @throws WeComHttpError, WeComResponseError, WeComApiError
 */
export function decodeResponse<Request, Response>(
	endpoint: Endpoint<Request, Response>,
	{ status, body, file, secrets }: Pick<TransportResponse, 'status' | 'body' | 'file' | 'secrets'>,
): Response {
	const { path, required } = endpoint;
	if (status !== 200) throw new WeComHttpError(status, path);
	if (endpoint.file && file) return file as Response;
	const response = parse(body);
	if (!response)
		throw new WeComResponseError('The server answered something other than JSON', path);
	const errcode = Number(response.errcode ?? 0);
	if (!Number.isInteger(errcode))
		throw new WeComResponseError('The server answered an errcode that is not a number', path);
	if (errcode !== 0) {
		// The only external text that errors show.
		throw new WeComApiError(errcode, redact(String(response.errmsg ?? ''), secrets), endpoint);
	}
	if (endpoint.file)
		throw new WeComResponseError('The server answered something other than a file', path);
	const missing = required.find((field) => (response[field] ?? '') === '');
	if (missing !== undefined)
		throw new WeComResponseError(`The server answered without ${missing}`, path);
	return response as Response;
}

function parse(body: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(body);
		if (!isObject(value) || Array.isArray(value)) return undefined;
		// Most bodies contain no null and need no walk, which takes about half as long as parsing.
		if (body.includes('null')) dropNulls(value);
		return value;
	} catch {
		return undefined;
	}
}

/** Removes null properties and null entries at every depth. */
function dropNulls(value: Record<string, unknown> | unknown[]): void {
	if (Array.isArray(value)) {
		let kept = 0;
		for (const entry of value as unknown[]) {
			if (entry === null) continue;
			if (isObject(entry)) dropNulls(entry);
			value[kept++] = entry;
		}
		value.length = kept;
		return;
	}
	for (const name of Object.keys(value)) {
		const part = value[name];
		if (part === null) delete value[name];
		else if (isObject(part)) dropNulls(part);
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
