import type { ErrorCodes } from './errorCodes';
import { generalErrorCodes } from './errorCodes';

/**
 * One WeCom endpoint. `Request` and `Response` are the wire types of what it takes and gives.
 *
 * `idempotent`: calling it twice has the effect of calling it once, so a call whose response was lost may be
 * repeated. `add_msg_template` is the one that must never be.
 */
export interface Endpoint<Request, Response> {
	readonly method: 'GET' | 'POST';
	/** Below the API base URL. */
	readonly path: string;
	/** Number of the WeCom document, self-built tree. */
	readonly doc: number;
	readonly idempotent: boolean;
	/** `query`: the request travels in the query string. `upload`: query plus one multipart file. */
	readonly request: 'query' | 'json' | 'upload';
	/** Fields without which a response is no success, whatever its `errcode` says. */
	readonly required: readonly string[];
	/** What its failures mean. */
	readonly errorCodes: ErrorCodes;
	/** Types only: no endpoint has this at run time. */
	readonly types?: { request: Request; response: Response };
}

/** Every response may carry an `errcode`; a write that has nothing else to say must. */
type Field<Response> = (keyof Response & string) | 'errcode';

/**
 * The kinds of endpoints, for an area of WeCom.
 *
 * @param codes the error codes of this area, and of others that its endpoints may answer
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
		/** A write that ends in the same state however often it arrives. */
		idempotentWrite: <Request>(path: string, doc: number) =>
			setting<Request, object>(path, doc, 'errcode' as never),
		/** A write that has two effects when it is sent twice. */
		nonIdempotentWrite: kind('POST', 'json', false),
		/** An upload that arrives twice leaves at most an unused file behind. */
		upload: kind('POST', 'upload', true),
	};
}
