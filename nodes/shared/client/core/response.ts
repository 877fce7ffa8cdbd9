import { WeComApiError, WeComHttpError, WeComResponseError } from './errors';
import type { Endpoint } from './endpoint';

/**
 * What WeCom answered. Failure means: `errcode` exists and is not 0; some endpoints leave it out on success.
 * So an answer without what the endpoint gives is none of WeCom's, and says nothing of what was done.
 *
 * @throws WeComHttpError, WeComResponseError, WeComApiError
 */
export function decodeResponse<Request, Response>(
	endpoint: Endpoint<Request, Response>,
	{ status, body }: { status: number; body: string },
): Response {
	const { path, required } = endpoint;
	if (status !== 200) throw new WeComHttpError(status, path);
	const response = parse(body);
	if (!response)
		throw new WeComResponseError('The server answered something other than JSON', path);
	const errcode = Number(response.errcode ?? 0);
	if (!Number.isInteger(errcode))
		throw new WeComResponseError('The server answered an errcode that is no number', path);
	if (errcode !== 0) throw new WeComApiError(errcode, String(response.errmsg ?? ''), endpoint);
	const missing = required.find((field) => (response[field] ?? '') === '');
	if (missing !== undefined)
		throw new WeComResponseError(`The server answered without ${missing}`, path);
	return response as Response;
}

function parse(body: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(body);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}
