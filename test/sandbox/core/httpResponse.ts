/** What goes back over HTTP. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
	/** Of a JSON body, for the request log. */
	readonly errcode?: number;
}

export function jsonResponse(body: Record<string, unknown>): HttpResponse {
	return {
		status: 200,
		headers: { 'content-type': 'application/json; charset=UTF-8' },
		body: Buffer.from(JSON.stringify(body)),
		errcode: typeof body.errcode === 'number' ? body.errcode : undefined,
	};
}

export function textResponse(status: number, body: string, contentType: string): HttpResponse {
	return { status, headers: { 'content-type': contentType }, body: Buffer.from(body) };
}

/** An unknown path: HTTP 404 with an empty body, not JSON (observed 2026-09). */
export const notFound: HttpResponse = { status: 404, headers: {}, body: Buffer.alloc(0) };
