import type { Endpoint } from './endpoint';
import type { ErrorKind } from './errorCodes';
import { errorCode, UNTRUSTED_IP } from './errorCodes';

/** What every client failure provides. It never contains a token, a secret or a request URL. */
export abstract class WeComError extends Error {
	/** What the caller can do about it. */
	abstract readonly kind: ErrorKind;
	/** What the user can do about it. */
	abstract readonly remedy: string;

	/** Whether the same request may succeed later. */
	get retryable(): boolean {
		return (
			this.kind === 'token' ||
			this.kind === 'rateLimit' ||
			this.kind === 'busy' ||
			this.kind === 'notReady'
		);
	}
}

/** The endpoint that failed, and what its codes mean. */
type ErrorSource = Pick<Endpoint<object, object>, 'path' | 'doc' | 'errorCodes'>;

/** WeCom was reached and refused: HTTP 200 with a non-zero `errcode`. */
export class WeComApiError extends WeComError {
	override readonly name = 'WeComApiError';
	readonly kind: ErrorKind;
	readonly remedy: string;

	/** Path of the endpoint. */
	readonly endpoint: string;
	/** Number of its document. */
	readonly doc: number;
	/** The limit still holds after waiting for it, so waiting again is pointless. */
	readonly lasting: boolean;
	/** Private, so that no log or assertion prints the whole table of codes. */
	readonly #source: ErrorSource;

	constructor(
		readonly errcode: number,
		/**
		 * WeCom's own words, which may change. Code reads them only where no `errcode` tells the same, and only so that
		 * other words cost a better explanation, never a wrong request.
		 */
		readonly errmsg: string,
		source: ErrorSource,
		{ subject, lasting = false, advice }: ApiErrorDetails = {},
	) {
		const { kind, meaning, remedy } = errorCode(source.errorCodes, errcode);
		// The IP that WeCom names is the one to trust.
		const ip = errcode === UNTRUSTED_IP ? ipIn(errmsg) : undefined;
		const problem = ip ? `This server's IP ${ip} is not trusted by the app` : meaning;
		super(subject === undefined ? problem : `${problem}: ${subject}`);
		this.kind = kind;
		const first = lasting ? WAITED : advice;
		this.remedy = first === undefined ? remedy : `${first} ${remedy}`;
		this.lasting = lasting;
		this.endpoint = source.path;
		this.doc = source.doc;
		this.#source = source;
	}

	/** The same failure, naming the part of the request it concerns. */
	about(subject: string): WeComApiError {
		return new WeComApiError(this.errcode, this.errmsg, this.#source, {
			subject,
			lasting: this.lasting,
		});
	}

	/** The same failure, with case-specific advice before the general remedy. */
	advising(advice: string): WeComApiError {
		return new WeComApiError(this.errcode, this.errmsg, this.#source, { advice });
	}

	/** The same failure, for a limit that persists after waiting. */
	afterWait(): WeComApiError {
		return new WeComApiError(this.errcode, this.errmsg, this.#source, { lasting: true });
	}
}

interface ApiErrorDetails {
	/** The part of the request the code concerns, if known. */
	readonly subject?: string;
	readonly lasting?: boolean;
	/** Full sentences. */
	readonly advice?: string;
}

const WAITED = 'This run has waited a minute already, and the limit still holds.';

/** WeCom's error texts name the IP the request came from, v4 or v6 (observed 2026). */
function ipIn(errmsg: string): string | undefined {
	return /from ip: ([0-9a-fA-F.:]*[0-9a-fA-F])/.exec(errmsg)?.[1];
}

/**
 * The response has an HTTP status other than 200. WeCom itself sends 200, or 404 for an unknown path (observed 2026).
 */
export class WeComHttpError extends WeComError {
	override readonly name = 'WeComHttpError';
	readonly kind: ErrorKind;
	readonly remedy: string;

	constructor(
		readonly status: number,
		readonly endpoint: string,
	) {
		const isRedirect = status >= 300 && status < 400;
		const isPassing = status >= 500 || status === 429;
		super(
			isRedirect
				? `The server redirects the request (HTTP ${status}) instead of passing it to WeCom`
				: status === 413
					? 'The server answered HTTP 413: a proxy limits the size of requests'
					: `The server answered HTTP ${status} instead of a WeCom answer`,
		);
		this.kind = isPassing ? 'busy' : 'input';
		this.remedy = isRedirect
			? REDIRECTED
			: isPassing
				? 'WeCom or a proxy in front of it has a problem. Try again later.'
				: status === 413
					? TOO_LARGE
					: "Check 'API Base URL' in the credential: something other than the WeCom API answers there.";
	}
}

const REDIRECTED =
	'Redirects are not followed, so that nothing is sent twice or to somebody else. Check the API Base URL of the credential: if a proxy stands there, enter the address that it redirects to, or make it pass requests on. A login page of the network redirects too.';

/** WeCom accepts files up to 20 MB (doc 90253). */
const TOO_LARGE =
	'A proxy in front of WeCom limits the size of requests. Raise its limit to more than 20 MB, the largest file that WeCom takes (nginx: client_max_body_size), or send less at once.';

/** The response isn't what WeCom sends: an HTML page, a truncated body, a cursor that repeats. */
export class WeComResponseError extends WeComError {
	override readonly name = 'WeComResponseError';
	readonly kind: ErrorKind = 'busy';
	readonly remedy =
		"A proxy, firewall or login page may stand between n8n and WeCom. Check 'API Base URL' in the credential, then try again.";

	constructor(
		problem: string,
		readonly endpoint: string,
	) {
		super(problem);
	}
}

/** No response at all. */
export class WeComNetworkError extends WeComError {
	override readonly name = 'WeComNetworkError';
	readonly kind: ErrorKind = 'busy';
	readonly remedy: string;

	constructor(
		/** What went wrong, without the host or the URL. */
		reason: string,
		/** The network layer's error code, such as `ECONNREFUSED`. */
		readonly code: string,
		/** `never`: the request certainly did not leave this machine. `maybe`: unknown. */
		readonly left: 'never' | 'maybe',
	) {
		super(reason);
		this.remedy =
			left === 'never'
				? "Check 'API Base URL' in the credential, and that this server can reach it."
				: 'Check the connection between this server and WeCom, then try again.';
	}
}

/** The execution was stopped before this call. */
export class WeComCancelledError extends WeComError {
	override readonly name = 'WeComCancelledError';
	readonly kind: ErrorKind = 'input';
	readonly remedy = 'The execution was stopped, so no more requests were made.';

	constructor() {
		super('The execution was stopped');
	}
}

/** Nobody can tell whether WeCom did what it was asked to do. */
export class WeComUnknownOutcomeError extends WeComError {
	override readonly name = 'WeComUnknownOutcomeError';
	readonly kind: ErrorKind = 'unknownOutcome';

	constructor(
		problem: string,
		readonly remedy: string,
		/** WeCom's code, if a code is why the outcome is unknown. */
		readonly errcode?: number,
	) {
		super(problem);
	}
}

/** The caller asked for something impossible. No request was sent. */
export class WeComInputError extends WeComError {
	override readonly name = 'WeComInputError';
	readonly kind: ErrorKind = 'input';

	constructor(
		problem: string,
		readonly remedy: string,
	) {
		super(problem);
	}
}

/**
 * No usable token was available, so the request that needed it was never sent.
 *
 * The message alone must say what to do: n8n's credential dialog shows nothing else.
 */
export class TokenError extends WeComError {
	override readonly name = 'TokenError';
	readonly kind: ErrorKind;
	readonly remedy: string;

	constructor(
		readonly problem: WeComError,
		/** It persisted through all retries, so asking again in this run is pointless. */
		readonly lasting = false,
	) {
		super(explain(problem));
		this.kind = problem.kind;
		this.remedy = problem.remedy;
	}

	/** The same failure, after all retries. */
	afterRetries(): TokenError {
		return new TokenError(this.problem, true);
	}
}

/** What happened and what to do, as one text. */
export function explain(problem: WeComError): string {
	const code = problem instanceof WeComApiError ? ` (errcode ${problem.errcode})` : '';
	return `${problem.message}. ${problem.remedy}${code}`;
}

/** Why something failed, for a log or a field of an item. Never holds a secret: WeCom's own words are left out. */
export function reasonOf(error: unknown): string {
	const problem = error instanceof TokenError ? error.problem : error;
	return problem instanceof WeComError ? explain(problem) : asError(problem).message;
}

/** Narrows a caught failure for rethrowing: n8n's linter rejects a bare `throw error`. */
export function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
