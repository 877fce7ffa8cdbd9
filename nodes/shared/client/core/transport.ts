/** What the client needs from the world around it. n8n's side is in `adapters/`. */

/** A multipart body, ready to be sent as often as needed. */
export interface RequestForm {
	readonly contentType: string;
	readonly body: Uint8Array;
}

export interface TransportRequest {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly body?: object;
	/** Instead of `body`, for an upload. */
	readonly form?: RequestForm;
	/** Milliseconds to wait for the whole answer. */
	readonly timeoutMs: number;
	/** A stop of the execution must not cut this request in the middle. */
	readonly uninterrupted: boolean;
	/** The session WeCom has just refused: another one is needed. */
	readonly refused?: Session;
}

/** The access token a request travelled with, as the transport knows it. The client never looks inside. */
export type Session = unknown;

export interface TransportResponse {
	readonly status: number;
	/** The body as text, undecoded. */
	readonly body: string;
	/** The `Date` header as it came. */
	readonly date?: string;
	readonly session: Session;
	/** What the request carried that nobody may see, should the answer quote it. */
	readonly secrets: readonly string[];
}

/**
 * Sends one request, with authentication, once.
 *
 * Rejects with `WeComNetworkError` when no answer came, and with `TokenError` when no token could be had and the
 * request therefore was not sent.
 * Follows no redirect and repeats nothing.
 */
export interface Transport {
	send(request: TransportRequest): Promise<TransportResponse>;
}

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Waits; ends early when the execution is stopped. */
	sleep(ms: number): Promise<void>;
}

/** The part of `AbortSignal` that the client reads between calls. */
export interface CancelSignal {
	readonly aborted: boolean;
}
