import { endpoints } from '../../../nodes/shared/client/endpoints';
import {
	TokenError,
	WeComCancelledError,
	WeComHttpError,
} from '../../../nodes/shared/client/core/errors';
import { toNetworkError } from '../../../nodes/shared/client/core/networkErrors';
import { noToken, ok, refusal, scripted } from '../fakes';

const read = endpoints.customerIds;
const create = endpoints.createMassMessage;
const task = { chat_type: 'single', sender: 'lin' } as const;
const created = { ...ok, msgid: 'msg1' };
const list = { userid: 'lin' };

describe('requests', () => {
	it('put the parameters where the endpoint expects them', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests).toMatchObject([
			{ method: 'GET', query: { userid: 'lin' }, body: undefined },
			{ method: 'POST', query: {}, body: task },
		]);
	});

	it('are interrupted by a stop, except those that must not arrive twice', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests.map(({ uninterrupted }) => uninterrupted)).toEqual([false, true]);
	});

	it('are not sent after the execution was stopped', async () => {
		const { client, requests } = scripted([ok], { aborted: true });
		await expect(client.call(read, { userid: 'lin' })).rejects.toBeInstanceOf(WeComCancelledError);
		expect(requests).toEqual([]);
	});
});

describe('a refused token', () => {
	it.each([40014, 42001, 41001])('%s is replaced once', async (errcode) => {
		const { client, requests, waits } = scripted([refusal(errcode), created]);
		await client.call(create, task);
		expect(requests.map(({ refused }) => refused)).toEqual([undefined, 'session 1']);
		expect(waits).toEqual([]);
	});

	it('is an error if the new one is refused too', async () => {
		const { client, requests } = scripted([refusal(40014), refusal(40014)]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({ errcode: 40014 });
		expect(requests).toHaveLength(2);
	});

	it('that is refused anew ends all requests of the run', async () => {
		const { client, requests } = scripted([refusal(40014), refusal(42001), ok]);
		await expect(client.call(read, list)).rejects.toMatchObject({ errcode: 42001 });
		await expect(client.call(create, task)).rejects.toMatchObject({
			name: 'TokenError',
			kind: 'token',
			problem: { errcode: 42001 },
		});
		expect(requests).toHaveLength(2);
	});
});

describe('no token', () => {
	const timedOut = new TokenError(toNetworkError('ETIMEDOUT', 30_000));
	const neverLeft = new TokenError(toNetworkError('ECONNREFUSED', 30_000));

	it.each([
		['a wrong secret', noToken(40001), 'credential'],
		['an unknown corp ID', noToken(40013), 'credential'],
		['an untrusted IP', noToken(60020), 'permission'],
		['an app that may not call', noToken(48002), 'permission'],
		['too many token requests', noToken(45009), 'rateLimit'],
		['a code that nobody knows', noToken(99999), 'input'],
		['a wrong API Base URL', new TokenError(new WeComHttpError(404, '/gettoken')), 'input'],
	])('because of %s ends all requests of the run', async (_, reply, kind) => {
		const { client, requests, waits } = scripted([reply, ok, created]);
		await expect(client.call(read, list)).rejects.toMatchObject({ kind });
		await expect(client.attempt(read, list)).rejects.toBe(reply);
		await expect(client.call(create, task)).rejects.toBe(reply);
		expect(requests).toHaveLength(1);
		expect(waits).toEqual([]);
	});

	it.each([
		['a connection that never was', neverLeft],
		['time-outs', timedOut],
		['a busy WeCom', noToken(-1)],
		['a failing proxy', new TokenError(new WeComHttpError(502, '/gettoken'))],
	])('because of %s ends them after the retries of one call', async (_, reply) => {
		const { client, requests, waits } = scripted([reply, reply, reply, reply, ok, created]);
		for (const call of [
			async () => await client.call(read, list),
			async () => await client.call(create, task),
			async () => await client.attempt(read, list),
		]) {
			await expect(call()).rejects.toMatchObject({
				name: 'TokenError',
				message: reply.message,
				problem: reply.problem,
			});
		}
		expect(requests).toHaveLength(4);
		expect(waits).toEqual([500, 1_000, 2_000]);
	});

	it('for a moment ends nothing', async () => {
		const { client } = scripted([timedOut, ok, neverLeft, ok]);
		await client.call(read, list);
		expect(await client.call(read, list)).toEqual(ok);
	});

	it('is told to calls that are about to try again', async () => {
		const { client, requests } = scripted([neverLeft, noToken(40001), ok, ok]);
		await Promise.all(
			[1, 2].map(
				async () =>
					await expect(client.call(read, list)).rejects.toMatchObject({ name: 'TokenError' }),
			),
		);
		expect(requests).toHaveLength(2);
	});
});

describe("WeCom's time", () => {
	const now = Date.UTC(2026, 0, 1);
	const at = (ms: number) => new Date(ms).toUTCString();
	const dated = (date: string | undefined, body: object = ok) => ({
		status: 200,
		body: JSON.stringify(body),
		date,
	});

	it("is this server's until the first answer", () => {
		expect(scripted([]).client.serverTime()).toBe(now / 1_000);
	});

	it.each([
		['ahead', 600],
		['behind', -600],
	])('is that of the last answer where WeCom is %s', async (_, seconds) => {
		const { client } = scripted([
			dated(at(now)),
			dated(at(now + seconds * 1_000)),
			dated(at(now + seconds * 2_000)),
		]);
		await client.call(read, list);
		expect(client.serverTime()).toBe(now / 1_000);
		await client.call(read, list);
		expect(client.serverTime()).toBe(now / 1_000 + seconds);
		await client.call(read, list);
		expect(client.serverTime()).toBe(now / 1_000 + 2 * seconds);
	});

	it('goes on with our clock', async () => {
		const { client } = scripted([dated(at(now + 90_000))]);
		await client.call(read, list);
		await client.clock.sleep(10_999);
		expect(client.serverTime()).toBe(now / 1_000 + 100);
	});

	it('is told by refusals too, also of the token', async () => {
		const { client } = scripted([
			dated(at(now + 90_000), refusal(42001)),
			dated(undefined, refusal(40058)),
		]);
		await expect(client.call(read, list)).rejects.toMatchObject({ errcode: 40058 });
		expect(client.serverTime()).toBe(now / 1_000 + 90);
	});

	it.each([
		['no date', dated(undefined)],
		['an empty date', dated('')],
		['a date that cannot be read', dated('some day')],
		['the page of a proxy', { status: 200, body: '<html>', date: at(0) }],
		['a failing proxy', { status: 502, body: '', date: at(0) }],
	])('is not changed by an answer with %s', async (_, reply) => {
		const { client } = scripted([dated(at(now + 90_000)), reply]);
		await client.call(read, list);
		await client.attempt(read, list).catch(() => undefined);
		expect(client.serverTime()).toBe(now / 1_000 + 90);
	});
});
