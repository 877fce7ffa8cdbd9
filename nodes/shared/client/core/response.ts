import { WeComApiError, WeComHttpError, WeComResponseError } from './errors';
import type { Endpoint } from '../endpoints';

/**
 * What WeCom answered. Failure means: `errcode` exists and is not 0; some endpoints leave it out on success.
 * So an answer without what the endpoint gives is none of WeCom's, and says nothing of what was done.
 *
 * @throws WeComHttpError, WeComResponseError, WeComApiError
 */
export function decodeResponse<Request, Response>(
	{ path, doc, required }: Endpoint<Request, Response>,
	{ status, body }: { status: number; body: string },
): Response {
	if (status !== 200) throw new WeComHttpError(status, path);
	const answer = parse(body);
	if (!answer) throw new WeComResponseError('The server answered something else than JSON', path);
	const errcode = Number(answer.errcode ?? 0);
	if (!Number.isInteger(errcode))
		throw new WeComResponseError('The server answered an errcode that is no number', path);
	if (errcode !== 0) throw new WeComApiError(errcode, String(answer.errmsg ?? ''), path, doc);
	const missing = required.find((field) => (answer[field] ?? '') === '');
	if (missing !== undefined)
		throw new WeComResponseError(`The server answered without ${missing}`, path);
	return answer as Response;
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
