import { WeComApiError, WeComHttpError, WeComResponseError } from './errors';
import type { Endpoint } from './endpoint';
import { redact } from './redact';
import type { TransportResponse } from './transport';

/**
 * What WeCom answered. Failure means: `errcode` exists and is not 0; some endpoints leave it out on success.
 * So an answer without what the endpoint gives is none of WeCom's, and says nothing of what was done.
 *
 * A part that is null means the same as one that is left out, so callers meet the second only.
 *
 * @throws WeComHttpError, WeComResponseError, WeComApiError
 */
export function decodeResponse<Request, Response>(
	endpoint: Endpoint<Request, Response>,
	{ status, body, secrets }: Pick<TransportResponse, 'status' | 'body' | 'secrets'>,
): Response {
	const { path, required } = endpoint;
	if (status !== 200) throw new WeComHttpError(status, path);
	const response = parse(body);
	if (!response)
		throw new WeComResponseError('The server answered something other than JSON', path);
	const errcode = Number(response.errcode ?? 0);
	if (!Number.isInteger(errcode))
		throw new WeComResponseError('The server answered an errcode that is not a number', path);
	if (errcode !== 0) {
		// The only text from outside that errors show.
		throw new WeComApiError(errcode, redact(String(response.errmsg ?? ''), secrets), endpoint);
	}
	const missing = required.find((field) => (response[field] ?? '') === '');
	if (missing !== undefined)
		throw new WeComResponseError(`The server answered without ${missing}`, path);
	return response as Response;
}

function parse(body: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(body);
		if (!isObject(value) || Array.isArray(value)) return undefined;
		// Most bodies have none and need no walk, which takes about half as long as the parsing.
		if (body.includes('null')) dropNulls(value);
		return value;
	} catch {
		return undefined;
	}
}

/** Takes null properties and null entries out, at every depth. */
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
