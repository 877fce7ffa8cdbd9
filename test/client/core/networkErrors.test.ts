import { networkCode, toNetworkError } from '../../../nodes/shared/client/core/networkErrors';

it.each([
	['ENOTFOUND', 'never'],
	['EAI_AGAIN', 'never'],
	['ECONNREFUSED', 'never'],
	['CERT_HAS_EXPIRED', 'never'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'never'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'never'],
	['ETIMEDOUT', 'maybe'],
	['ECONNABORTED', 'maybe'],
	['ECONNRESET', 'maybe'],
	['EPIPE', 'maybe'],
	['ERR_CANCELED', 'maybe'],
	['something new', 'maybe'],
])('%s: the request left %s', (code, left) => {
	expect(toNetworkError(code, 30_000).left).toBe(left);
});

it('finds the code of a network error however deeply it is wrapped', () => {
	const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET' });
	expect(networkCode(new Error('outer', { cause: new Error('middle', { cause }) }))).toBe(
		'ECONNRESET',
	);
	expect(networkCode('no error at all')).toBe('UNKNOWN');
});
