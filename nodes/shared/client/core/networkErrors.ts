import { WeComNetworkError } from './errors';

/** Codes with which a connection fails before a byte of the request is sent. */
const NEVER_LEFT: Record<string, string> = {
	ENOTFOUND: "The host name in 'API Base URL' could not be resolved",
	EAI_AGAIN: "The host name in 'API Base URL' could not be resolved",
	ECONNREFUSED: 'The server refused the connection',
	ERR_SSL_WRONG_VERSION_NUMBER: 'The server does not speak HTTPS',
};

const CERTIFICATE = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT)/;

const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT']);

/**
 * A failure of the network layer as ours. Every code that does not prove the contrary may stand for a request
 * that arrived.
 *
 * @param code error code of the network layer
 * @param timeoutMs how long the answer was waited for
 */
export function toNetworkError(code: string, timeoutMs: number): WeComNetworkError {
	const reason = NEVER_LEFT[code];
	if (reason !== undefined) return new WeComNetworkError(reason, code, 'never');
	if (CERTIFICATE.test(code)) {
		return new WeComNetworkError('The certificate of the server is not trusted', code, 'never');
	}
	if (TIMED_OUT.has(code)) {
		const seconds = timeoutMs / 1_000;
		return new WeComNetworkError(`There was no answer within ${seconds} seconds`, code, 'maybe');
	}
	return new WeComNetworkError(
		'The connection broke before the answer was complete',
		code,
		'maybe',
	);
}

/** The code of the network layer that a failure was caused by, however often it was wrapped on its way. */
export function networkCode(error: unknown): string {
	for (let level = error, depth = 0; isObject(level) && depth < 10; level = level.cause, depth++) {
		if (typeof level.code === 'string') return level.code;
	}
	return 'UNKNOWN';
}

function isObject(value: unknown): value is { code?: unknown; cause?: unknown } {
	return typeof value === 'object' && value !== null;
}
