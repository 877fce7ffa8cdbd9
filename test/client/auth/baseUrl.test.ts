import { apiBaseUrl } from '../../../nodes/WeComExternalContact/client/accessToken';

it.each([
	['https://qyapi.weixin.qq.com/', 'https://qyapi.weixin.qq.com'],
	[' https://proxy.example/wecom// ', 'https://proxy.example/wecom'],
	['http://localhost:8080', 'http://localhost:8080'],
	['http://[::1]:8080', 'http://[::1]:8080'],
])('%s is accepted', (value, expected) => expect(apiBaseUrl(value, false)).toBe(expected));

it.each(['', 'qyapi.weixin.qq.com', 'ftp://x', 'http://proxy.example', 'http://127.0.0.1.example'])(
	'%s is refused',
	(value) => expect(() => apiBaseUrl(value, false)).toThrow('The API Base URL is not'),
);

it('may be unencrypted when the user says so', () => {
	expect(apiBaseUrl('http://proxy.example', true)).toBe('http://proxy.example');
});
