import { endpoints } from '../../../nodes/shared/client/endpoints';
import type { WeComApiError } from '../../../nodes/shared/client/core/errors';
import { WeComNetworkError } from '../../../nodes/shared/client/core/errors';
import { backOffMs } from '../../../nodes/shared/client/core/retry';
import { noToken, ok, refusal, scripted } from '../fakes';

const read = endpoints.customerIds;
const create = endpoints.createMassMessage;
const task = { chat_type: 'single', sender: 'lin' } as const;
const created = { ...ok, msgid: 'msg1' };
const broken = new WeComNetworkError('The connection broke', 'ECONNRESET', 'maybe');
const neverLeft = new WeComNetworkError('Refused', 'ECONNREFUSED', 'never');

describe('repeating a read', () => {
	it.each([
		['-1', refusal(-1)],
		['45033', refusal(45033)],
		['45035', refusal(45035)],
		['HTTP 503', { status: 503, body: '' }],
		['HTTP 429', { status: 429, body: '' }],
		['a page of a proxy', '<html>'],
		['a broken connection', broken],
		['a refused connection', neverLeft],
		['a busy token server', noToken(-1)],
	])('happens after %s, with growing waits, at most 3 times', async (_, reply) => {
		const { client, requests, waits } = scripted([reply, reply, reply, reply]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toBeInstanceOf(Error);
		expect(requests).toHaveLength(4);
		expect(waits).toEqual([500, 1_000, 2_000]);
	});

	it('waits a minute after 45009, once', async () => {
		const { client, waits } = scripted([refusal(45009), refusal(45009), ok]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({ errcode: 45009 });
		expect(waits).toEqual([60_000]);
	});

	it.each([
		['a wrong parameter', refusal(40058)],
		['a missing permission', refusal(48002)],
		['an unknown code', refusal(99999)],
		['HTTP 404', { status: 404, body: '' }],
		['blocked token requests', noToken(45009)],
		['a wrong secret', noToken(40001)],
	])('does not happen after %s', async (_, reply) => {
		const { client, requests } = scripted([reply]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toBeInstanceOf(Error);
		expect(requests).toHaveLength(1);
	});
});

describe('a minute limit', () => {
	const limited = refusal(45009);
	const list = { userid: 'lin' };
	const lasts = {
		errcode: 45009,
		kind: 'rateLimit',
		remedy: expect.stringContaining('has waited a minute already') as string,
	};

	it('that lasts is waited for once per run, and then says so at once', async () => {
		const { client, requests, waits } = scripted([limited, limited, limited, limited]);
		for (let call = 0; call < 3; call++) {
			await expect(client.call(read, list)).rejects.toMatchObject(lasts);
		}
		expect(waits).toEqual([60_000]);
		expect(requests).toHaveLength(4);
	});

	it('that is back after its minute is not waited for again', async () => {
		const { client, waits } = scripted([limited, ok, ok, limited]);
		await client.call(read, list);
		await client.call(read, list);
		await expect(client.call(read, list)).rejects.toMatchObject(lasts);
		expect(waits).toEqual([60_000]);
	});

	it('is waited for by every call that was on its way', async () => {
		const { client, waits } = scripted([limited, limited, limited, ok, ok, ok]);
		await Promise.all([1, 2, 3].map(async () => await client.call(read, list)));
		expect(waits).toEqual([60_000, 60_000, 60_000]);
	});

	it('is one of its endpoint', async () => {
		const { client, waits } = scripted([limited, ok, limited, created]);
		await client.call(read, list);
		await client.call(create, task);
		expect(waits).toEqual([60_000, 60_000]);
	});

	it('is met by a call whose token is refused first', async () => {
		const { client, waits } = scripted([refusal(42001), limited, limited, limited]);
		await expect(client.call(read, list)).rejects.toMatchObject(lasts);
		await expect(client.call(read, list)).rejects.toMatchObject(lasts);
		expect(waits).toEqual([60_000]);
	});

	it('says so too where it is said what it is about', async () => {
		const { client } = scripted([limited, limited]);
		const error: WeComApiError = await client.call(read, list).catch((caught) => caught);
		expect(error.about('Member lin')).toMatchObject(lasts);
	});
});

describe('a write that must not arrive twice', () => {
	it.each([
		['-1', refusal(-1)],
		['HTTP 502', { status: 502, body: '' }],
		['a page of a proxy', '<html>'],
		['an answer without its msgid', ok],
		['a broken connection', broken],
	])('is not repeated after %s', async (_, reply) => {
		const { client, requests } = scripted([reply]);
		await expect(client.call(create, task)).rejects.toBeInstanceOf(Error);
		expect(requests).toHaveLength(1);
	});

	it.each([
		['45009', refusal(45009)],
		['45033', refusal(45033)],
		['a connection that never was', neverLeft],
		['a busy token server', noToken(-1)],
	])('is repeated after %s: WeCom certainly did nothing', async (_, reply) => {
		const { client, requests } = scripted([reply, created]);
		expect(await client.call(create, task)).toMatchObject({ msgid: 'msg1' });
		expect(requests).toHaveLength(2);
	});
});

describe('back-off', () => {
	it('doubles from half a second to 8 seconds, minus up to a quarter', () => {
		expect([0, 1, 2, 3, 4, 5, 6].map((repeat) => backOffMs(repeat, () => 0))).toEqual([
			500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
		]);
		expect(backOffMs(0, () => 1)).toBe(375);
	});
});
