import { apiBaseUrl } from '../../../nodes/shared/client/auth/baseUrl';

it.each([
	['https://qyapi.weixin.qq.com/', 'https://qyapi.weixin.qq.com'],
	[' https://proxy.example/wecom// ', 'https://proxy.example/wecom'],
	['http://localhost:8080', 'http://localhost:8080'],
	['http://[::1]:8080', 'http://[::1]:8080'],
])('accepts %s', (value, expected) => expect(apiBaseUrl(value, false)).toBe(expected));

it.each(['', 'qyapi.weixin.qq.com', 'ftp://x', 'http://proxy.example', 'http://127.0.0.1.example'])(
	'refuses %s',
	(value) => expect(() => apiBaseUrl(value, false)).toThrow("'API Base URL' is not"),
);

it('accepts an unencrypted URL if the user allows it', () => {
	expect(apiBaseUrl('http://proxy.example', true)).toBe('http://proxy.example');
});
