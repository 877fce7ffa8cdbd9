/** What the client needs from its environment. n8n's side is in `adapters/`. */

/** A multipart body that can be sent repeatedly. */
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
	/** The response is a file unless it is a refusal. A larger one fails with a `WeComInputError`. */
	readonly file?: { readonly maxBytes: number };
	/** Milliseconds to wait for the whole response. */
	readonly timeoutMs: number;
	/** Stopping the execution must not abort this request mid-flight. */
	readonly uninterrupted: boolean;
	/** The session that WeCom just refused; a different one is needed. */
	readonly refused?: Session;
}

/** A file in place of a JSON response. */
export interface ReceivedFile {
	readonly content: Uint8Array;
	/** The raw `Content-Type` and `Content-Disposition` headers; empty where they are missing. */
	readonly contentType: string;
	readonly contentDisposition: string;
}

/** The access token a request carried, as the transport represents it. Opaque to the client. */
export type Session = unknown;

export interface TransportResponse {
	readonly status: number;
	/** The body as undecoded text; empty where it is a file. */
	readonly body: string;
	readonly file?: ReceivedFile;
	/** The raw `Date` header. */
	readonly date?: string;
	readonly session: Session;
	/** Secrets in the request, to be redacted if the response quotes it. */
	readonly secrets: readonly string[];
}

/**
 * Sends one request, with authentication, once.
 *
 * Rejects with `WeComNetworkError` when there was no response, and with `TokenError` when no token was available, in
 * which case the request was not sent. Follows no redirects and retries nothing.
 */
export interface Transport {
	send(request: TransportRequest): Promise<TransportResponse>;
}

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Waits. Ends early when the execution is stopped. */
	sleep(ms: number): Promise<void>;
}

/** The part of `AbortSignal` that the client checks between calls. */
export interface CancelSignal {
	readonly aborted: boolean;
}
