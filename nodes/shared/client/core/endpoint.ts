import type { ErrorCodes } from './errorCodes';
import { generalErrorCodes } from './errorCodes';
import type { ReceivedFile } from './transport';

/**
 * One WeCom endpoint. `Request` and `Response` are the wire types it takes and returns.
 *
 * `idempotent`: calling it twice has the same effect as calling it once, so a call whose response was lost may be
 * repeated. `add_msg_template` must never be.
 */
export interface Endpoint<Request, Response> {
	readonly method: 'GET' | 'POST';
	/** Relative to the API base URL. */
	readonly path: string;
	/** Number of the WeCom document, in the tree for self-built apps. */
	readonly doc: number;
	readonly idempotent: boolean;
	/** `query`: the request travels in the query string. `upload`: query plus one multipart file. */
	readonly request: 'query' | 'json' | 'upload';
	/** Fields a response must have to count as a success, whatever its `errcode` says. */
	readonly required: readonly string[];
	/** The response is a file, which may have so many bytes; only a refusal is JSON. */
	readonly file?: { readonly maxBytes: number };
	/** What its errors mean. */
	readonly errorCodes: ErrorCodes;
	/** Types only; never set at run time. */
	readonly types?: { request: Request; response: Response };
}

/** Every response may carry an `errcode`. A write that returns nothing else must. */
type Field<Response> = (keyof Response & string) | 'errcode';

/**
 * The kinds of endpoints for one area of WeCom.
 *
 * @param codes the error codes of this area, and of other areas that its endpoints may return
 */
export function endpointKinds(...codes: ErrorCodes[]) {
	const errorCodes: ErrorCodes = Object.assign({}, generalErrorCodes, ...codes);
	const kind =
		(method: 'GET' | 'POST', request: 'query' | 'json' | 'upload', idempotent: boolean) =>
		<Request, Response>(
			path: string,
			doc: number,
			...required: Array<Field<Response>>
		): Endpoint<Request, Response> => ({
			method,
			path,
			doc,
			idempotent,
			request,
			required,
			errorCodes,
		});
	const setting = kind('POST', 'json', true);
	return {
		/** A read whose request travels in the body. */
		read: kind('POST', 'json', true),
		readByQuery: kind('GET', 'query', true),
		/** An idempotent write that returns nothing: it ends in the same state however often it arrives. */
		idempotentWrite: <Request>(path: string, doc: number) =>
			setting<Request, object>(path, doc, 'errcode' as never),
		/** An idempotent write that returns something. */
		idempotentWriteReturning: setting,
		/** A non-idempotent write: sending it twice has two effects. */
		nonIdempotentWrite: kind('POST', 'json', false),
		/** An upload. If it arrives twice, it leaves at most an unused file behind. */
		upload: kind('POST', 'upload', true),
		/** A read whose response is a file. */
		download: <Request>(
			path: string,
			doc: number,
			maxBytes: number,
		): Endpoint<Request, ReceivedFile> => ({
			...kind('GET', 'query', true)<Request, ReceivedFile>(path, doc),
			file: { maxBytes },
		}),
	};
}
