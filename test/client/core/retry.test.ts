import { endpoints } from '../../../nodes/shared/client/endpoints';
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
