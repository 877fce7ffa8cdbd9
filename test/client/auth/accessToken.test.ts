import {
	fingerprint,
	readToken,
	serializeToken,
} from '../../../nodes/shared/client/auth/accessToken';

const owner = { baseUrl: 'https://qyapi.weixin.qq.com', corpId: 'ww1', secret: 'x'.repeat(8) };
const now = Date.UTC(2026, 0, 1);

it('reads a stored token until 5 minutes before it expires', () => {
	const stored = serializeToken(owner, 'token', 7_200, now);
	const minutes = (count: number) => now + count * 60_000;
	expect(readToken(stored, owner, minutes(114))).toEqual({ token: 'token', obtainedAt: now });
	expect(readToken(stored, owner, minutes(115))).toBeUndefined();
});

it.each([['0'], ['-1'], ['soon'], [0], [-7_200], [Infinity], [{}]])(
	'uses a token for a minute whose lifetime is said to be %p',
	(expiresIn) => {
		const stored = serializeToken(owner, 'token', expiresIn, now);
		expect(readToken(stored, owner, now + 59_999)).toMatchObject({ token: 'token' });
		expect(readToken(stored, owner, now + 60_000)).toBeUndefined();
	},
);

it.each([
	['half of a short lifetime', 20, 10_000],
	['5 seconds of one that ends at once', 1, 5_000],
])('uses a token for %s', (_, expiresIn, useMs) => {
	const stored = serializeToken(owner, 'token', expiresIn, now);
	expect(readToken(stored, owner, now + useMs - 1)).toMatchObject({ token: 'token' });
	expect(readToken(stored, owner, now + useMs)).toBeUndefined();
});

it('reads a lifetime that is told as text', () => {
	const stored = serializeToken(owner, 'token', '7200', now);
	expect(readToken(stored, owner, now + 114 * 60_000)).toMatchObject({ token: 'token' });
});

it.each([
	['base URL', { ...owner, baseUrl: 'https://proxy.example' }],
	['corp ID', { ...owner, corpId: 'ww2' }],
	['secret', { ...owner, secret: 'y'.repeat(8) }],
])('never uses the token of another %s', (_, other) => {
	expect(readToken(serializeToken(owner, 'token', 7_200, now), other, now)).toBeUndefined();
	expect(fingerprint(other)).not.toBe(fingerprint(owner));
});

it.each(['', 'null', '[]', '{}', '{"token":5}', 'a bare token', '{"token":"t","fingerprint":"f"}'])(
	'ignores a stored value that is no token of ours: %s',
	(stored) => expect(readToken(stored, owner, now)).toBeUndefined(),
);

it('does not store the secret', () => {
	expect(serializeToken(owner, 'token', 7_200, now)).not.toContain(owner.secret);
});
