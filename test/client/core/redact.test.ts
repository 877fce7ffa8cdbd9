import { redact } from '../../../nodes/shared/client/core/redact';

const TOKEN = 'aB3-_x~7.'.repeat(20);

it.each([
	['plain', TOKEN],
	['URL-encoded', encodeURIComponent(TOKEN)],
	[
		'with every character encoded',
		[...TOKEN].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
	],
])('hides a token that is %s', (_, quoted) => {
	expect(redact(`GET /a?t=${quoted}&n=1 and (${quoted}) failed`, [TOKEN])).toBe(
		'GET /a?t=***&n=1 and (***) failed',
	);
});

const SECRETS = ['a+b/c=d e', 'ключ', '.*', '$&', "密钥!'()*", '[x', '\\d', 'a"b', '𝔘'];

it.each(SECRETS)('hides the secret %s in whatever form a URL has it', (secret) => {
	const encoded = encodeURIComponent(secret);
	const query = new URLSearchParams({ s: secret }).toString().slice(2);
	for (const form of [secret, encoded, encoded.toLowerCase(), query, encodeURIComponent(encoded)]) {
		expect(redact(`<${form}>`, ['', secret])).toBe('<***>');
	}
});

it('hides what a cut URL shows of a secret', () => {
	expect(redact('"/gettoken?corpid=ww1&corpsecret=half of it', [])).toBe(
		'"/gettoken?corpid=ww1&corpsecret=*** of it',
	);
	expect(redact('url=%2Flist%3Faccess_token%3DhalfOf, sorry', [])).toBe(
		'url=%2Flist%3Faccess_token%3D*** sorry',
	);
});

it('leaves other texts as they are', () => {
	const text = 'invalid access_token, from ip: 203.0.113.7, more info at https://x.example?e=40014';
	expect(redact(text, [TOKEN, ''])).toBe(text);
});
