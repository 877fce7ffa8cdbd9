import { WeComNetworkError } from './errors';

/** Codes for connections that fail before a byte of the request is sent. */
const NEVER_LEFT: Record<string, string> = {
	ENOTFOUND: "The host name in 'API Base URL' could not be resolved",
	EAI_AGAIN: "The host name in 'API Base URL' could not be resolved",
	ECONNREFUSED: 'The server refused the connection',
	ERR_SSL_WRONG_VERSION_NUMBER: 'The server does not speak HTTPS',
};

const CERTIFICATE = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT)/;

const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT']);

/**
 * Converts a network failure to one of our errors. Unless the code proves otherwise, the request may have arrived.
 *
 * @param code the network layer's error code
 * @param timeoutMs how long the caller waited for the response
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

/** The network layer's code behind a failure, however often it was wrapped. */
export function networkCode(error: unknown): string {
	for (let level = error, depth = 0; isObject(level) && depth < 10; level = level.cause, depth++) {
		if (typeof level.code === 'string') return level.code;
	}
	return 'UNKNOWN';
}

function isObject(value: unknown): value is { code?: unknown; cause?: unknown } {
	return typeof value === 'object' && value !== null;
}
