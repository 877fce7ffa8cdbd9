/** What goes back over the line. */
export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
	/** Of a JSON body, for the request log. */
	readonly errcode?: number;
}

export function jsonReply(body: Record<string, unknown>): Reply {
	return {
		status: 200,
		headers: { 'content-type': 'application/json; charset=UTF-8' },
		body: Buffer.from(JSON.stringify(body)),
		errcode: typeof body.errcode === 'number' ? body.errcode : undefined,
	};
}

export function textReply(status: number, body: string, contentType: string): Reply {
	return { status, headers: { 'content-type': contentType }, body: Buffer.from(body) };
}

/** An unknown path: HTTP 404 with an empty body, not JSON (observed 2026-09). */
export const notFound: Reply = { status: 404, headers: {}, body: Buffer.alloc(0) };
