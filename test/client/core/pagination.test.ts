import fc from 'fast-check';
import { NodeApiError } from 'n8n-workflow';

import {
	apiBaseUrl,
	fingerprint,
	readToken,
	serializeToken,
} from '../../../nodes/WeComExternalContact/client/accessToken';
import { errorCodes } from '../../../nodes/WeComExternalContact/client/errcodes';
import { inLanes } from '../../../nodes/WeComExternalContact/client/lanes';
import { networkCode, toNetworkError } from '../../../nodes/WeComExternalContact/client/network';
import { pages } from '../../../nodes/WeComExternalContact/client/pagination';
import { backOffMs } from '../../../nodes/WeComExternalContact/client/retry';

describe('pages', () => {
	async function collect(answers: Array<{ next_cursor?: string }>) {
		const asked: string[] = [];
		const list = pages('/list', async (cursor) => {
			asked.push(cursor);
			return await Promise.resolve(answers[asked.length - 1] ?? {});
		});
		let count = 0;
		for await (const page of list) count += page ? 1 : 0;
		return { asked, count };
	}

	it('follow the cursor to the end, over empty pages too', async () => {
		expect(
			await collect([{ next_cursor: 'a' }, { next_cursor: 'b' }, { next_cursor: '' }]),
		).toEqual({
			asked: ['', 'a', 'b'],
			count: 3,
		});
	});

	it('are one when there is no cursor', async () => {
		expect(await collect([{}])).toEqual({ asked: [''], count: 1 });
	});

	it('refuse a cursor that comes back, instead of reading for ever or stopping in silence', async () => {
		const circle = [{ next_cursor: 'a' }, { next_cursor: 'b' }, { next_cursor: 'a' }];
		await expect(collect(circle)).rejects.toThrow('the list has no end');
	});

	it('are only asked for when somebody reads on', async () => {
		let asked = 0;
		const list = pages(
			'/list',
			async () => await Promise.resolve({ next_cursor: String(++asked) }),
		);
		await list.next();
		await list.next();
		expect(asked).toBe(2);
	});
});

describe('lanes', () => {
	it('keep the order, do everything once, and never more than their number at a time', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat(20)),
				fc.integer({ min: 1, max: 6 }),
				async (inputs, lanes) => {
					let running = 0;
					let most = 0;
					const results = await inLanes(inputs, lanes, async (input) => {
						most = Math.max(most, ++running);
						for (let turn = 0; turn < input; turn++) await Promise.resolve();
						running--;
						return input * 2;
					});
					expect(results).toEqual(inputs.map((input) => input * 2));
					expect(most).toBeLessThanOrEqual(lanes);
				},
			),
		);
	});

	it('start nothing new after a failure, and pass on the first one', async () => {
		const started: number[] = [];
		const work = inLanes([1, 2, 3, 4, 5, 6], 2, async (input) => {
			started.push(input);
			await Promise.resolve();
			if (input === 2) throw new Error('two');
			return input;
		});
		await expect(work).rejects.toThrow('two');
		expect(started.length).toBeLessThan(6);
	});
});

describe('back-off', () => {
	it('doubles from half a second to 8 seconds, less up to a quarter', () => {
		expect([0, 1, 2, 3, 4, 5, 6].map((repeat) => backOffMs(repeat, () => 0))).toEqual([
			500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
		]);
		expect(backOffMs(0, () => 1)).toBe(375);
	});
});

describe('the error codes', () => {
	it.each(Object.entries(errorCodes))(
		'%s reaches the user with its own words: n8n finds no system error in them',
		(_, { meaning, remedy }) => {
			const node = {
				id: '1',
				name: 'n',
				type: 't',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			};
			const error = new NodeApiError(node as never, {}, { message: meaning, description: remedy });
			expect(error.message).toBe(meaning);
			expect(error.description).toBe(remedy);
			expect(meaning).not.toMatch(/[.]$/);
			expect(remedy).toMatch(/[.]$/);
		},
	);
});

describe('network failures', () => {
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

	it('are found however deep they were wrapped', () => {
		const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET' });
		expect(networkCode(new Error('outer', { cause: new Error('middle', { cause }) }))).toBe(
			'ECONNRESET',
		);
		expect(networkCode('no error at all')).toBe('UNKNOWN');
	});
});

describe('the stored token', () => {
	const owner = { baseUrl: 'https://qyapi.weixin.qq.com', corpId: 'ww1', secret: 'x'.repeat(8) };
	const now = Date.UTC(2026, 0, 1);

	it('can be read until some minutes before its end', () => {
		const stored = serializeToken(owner, 'token', 7_200, now);
		const minutes = (count: number) => now + count * 60_000;
		expect(readToken(stored, owner, minutes(114))).toEqual({ token: 'token', obtainedAt: now });
		expect(readToken(stored, owner, minutes(115))).toBeUndefined();
	});

	it.each([
		['base URL', { ...owner, baseUrl: 'https://proxy.example' }],
		['corp ID', { ...owner, corpId: 'ww2' }],
		['secret', { ...owner, secret: 'y'.repeat(8) }],
	])('is nobody else’s: another %s', (_, other) => {
		expect(readToken(serializeToken(owner, 'token', 7_200, now), other, now)).toBeUndefined();
		expect(fingerprint(other)).not.toBe(fingerprint(owner));
	});

	it.each([
		'',
		'null',
		'[]',
		'{}',
		'{"token":5}',
		'a bare token',
		'{"token":"t","fingerprint":"f"}',
	])('is ignored when it is not ours: %s', (stored) =>
		expect(readToken(stored, owner, now)).toBeUndefined(),
	);

	it('does not carry the secret', () => {
		expect(serializeToken(owner, 'token', 7_200, now)).not.toContain(owner.secret);
	});
});

describe('the API base URL', () => {
	it.each([
		['https://qyapi.weixin.qq.com/', 'https://qyapi.weixin.qq.com'],
		[' https://proxy.example/wecom// ', 'https://proxy.example/wecom'],
		['http://localhost:8080', 'http://localhost:8080'],
		['http://[::1]:8080', 'http://[::1]:8080'],
	])('%s is accepted', (value, expected) => expect(apiBaseUrl(value, false)).toBe(expected));

	it.each([
		'',
		'qyapi.weixin.qq.com',
		'ftp://x',
		'http://proxy.example',
		'http://127.0.0.1.example',
	])('%s is refused', (value) =>
		expect(() => apiBaseUrl(value, false)).toThrow('The API Base URL is not'),
	);

	it('may be unencrypted when the user says so', () => {
		expect(apiBaseUrl('http://proxy.example', true)).toBe('http://proxy.example');
	});
});
