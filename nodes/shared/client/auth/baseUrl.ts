import { TokenError, WeComInputError } from '../core/errors';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Normalizes the API base URL.
 *
 * @throws TokenError when it is not the URL of a server or proxy, or would send the secret unencrypted over a network
 */
export function apiBaseUrl(value: string, allowUnencrypted: boolean): string {
	const text = value.trim().replace(/\/+$/, '');
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		throw badAddress(
			"'API Base URL' is not a web address",
			'Use https://qyapi.weixin.qq.com, or the address of your proxy, starting with https://.',
		);
	}
	if (/\/cgi-bin(\/|$)/.test(url.pathname)) {
		throw badAddress(
			"'API Base URL' must not contain /cgi-bin",
			'Leave out /cgi-bin and everything after it, as in https://qyapi.weixin.qq.com.',
		);
	}
	if (url.protocol === 'http:' && !allowUnencrypted && !LOOPBACK_HOSTS.has(url.hostname)) {
		throw badAddress(
			"'API Base URL' is not encrypted",
			"Use https://, or turn on 'Allow Unencrypted Connection' if nobody can listen to the connection.",
		);
	}
	return text;
}

function badAddress(problem: string, remedy: string): TokenError {
	return new TokenError(new WeComInputError(problem, remedy));
}
