import { readToken } from '../../../nodes/shared/client/auth/accessToken';
import type { Get } from '../../../nodes/shared/client/auth/tokenRefresh';
import { refreshToken } from '../../../nodes/shared/client/auth/tokenRefresh';
import { endpoints } from '../../../nodes/shared/client/endpoints';

jest.mock('../../../nodes/shared/client/core/settings', () => ({
	...jest.requireActual<object>('../../../nodes/shared/client/core/settings'),
	REQUEST_TIMEOUT_MS: 90,
}));

const GETTOKEN = endpoints.accessToken.path;
const TRIAL = endpoints.members.path;
const now = () => Date.UTC(2026, 0, 1);

let owners = 0;

/** A credential that shares no token request with another test, and a WeCom that answers as told, path by path. */
function setUp(answers: Record<string, Array<object | 'never' | Promise<object>>>) {
	const owner = { baseUrl: 'https://wecom.example', corpId: `ww${++owners}`, secret: 'a secret' };
	const asked: string[] = [];
	const signals: AbortSignal[] = [];
	const get: Get = async (path, _query, signal) => {
		asked.push(path);
		signals.push(signal);
		const answer = answers[path]?.shift() ?? { errcode: 0, follow_user: [] };
		if (answer === 'never') return await new Promise<never>(() => undefined);
		return { status: 200, body: JSON.stringify(await answer) };
	};
	return {
		asked,
		signals,
		refresh: async () => readToken(await refreshToken(owner, '', get, now), owner, now())?.token,
	};
}

const token = (access_token: string) => ({ errcode: 0, access_token, expires_in: 7_200 });
const timedOut = {
	name: 'TokenError',
	kind: 'busy',
	problem: { message: 'There was no answer within 0.09 seconds' },
};

it('ends a token request without an end, for all who share it, and lets the next one start anew', async () => {
	const { refresh, asked, signals } = setUp({ [GETTOKEN]: ['never', token('T')] });
	const waiting = [1, 2, 3].map(async () => await refresh());
	for (const { status, reason } of await failuresOf(waiting)) {
		expect(status).toBe('rejected');
		expect(reason).toMatchObject(timedOut);
	}
	expect(asked).toEqual([GETTOKEN]);
	expect(signals[0]?.aborted).toBe(true);
	expect(await refresh()).toBe('T');
});

describe('with time-outs that end when the test says so', () => {
	const timers: AbortController[] = [];
	beforeEach(() => {
		timers.length = 0;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
			const timer = new AbortController();
			timers.push(timer);
			return timer.signal;
		});
	});
	afterEach(() => jest.restoreAllMocks());

	it('ends for each waiter at its own time, and goes on for the others', async () => {
		const late = deferred();
		const { refresh, asked, signals } = setUp({ [GETTOKEN]: [late.answer] });
		const first = refresh();
		const joined = refresh();
		timers[0]?.abort();
		await expect(first).rejects.toMatchObject(timedOut);
		expect(signals[0]?.aborted).toBe(false);
		late.resolve(token('T'));
		expect(await joined).toBe('T');
		expect(asked).toEqual([GETTOKEN, TRIAL]);
	});

	it('is cancelled when the last waiter gives up', async () => {
		const { refresh, asked, signals } = setUp({ [GETTOKEN]: ['never'] });
		const waiting = [refresh(), refresh()];
		timers[1]?.abort();
		await expect(waiting[1]).rejects.toMatchObject(timedOut);
		expect(signals[0]?.aborted).toBe(false);
		timers[0]?.abort();
		await expect(waiting[0]).rejects.toMatchObject(timedOut);
		expect(signals[0]?.aborted).toBe(true);
		expect(asked).toEqual([GETTOKEN]);
	});

	it('is not joined by anybody after one has given up', async () => {
		const { refresh, asked } = setUp({ [GETTOKEN]: ['never', token('T')] });
		const waiting = [refresh(), refresh()];
		timers[0]?.abort();
		await expect(waiting[0]).rejects.toMatchObject(timedOut);
		expect(await refresh()).toBe('T');
		expect(asked).toEqual([GETTOKEN, GETTOKEN, TRIAL]);
		timers[1]?.abort();
		await expect(waiting[1]).rejects.toMatchObject(timedOut);
		// The other's end does not take the new token from anybody.
		expect(await refresh()).toBe('T');
		expect(asked).toHaveLength(3);
	});

	it('tells all of a refusal at once', async () => {
		const { refresh, asked } = setUp({ [GETTOKEN]: [{ errcode: 40001, errmsg: 'no' }] });
		for (const { reason } of await failuresOf([refresh(), refresh()])) {
			expect(reason).toMatchObject({ name: 'TokenError', kind: 'credential' });
		}
		expect(asked).toEqual([GETTOKEN]);
	});
});

it('uses a token whose trial has no end', async () => {
	const { refresh, asked, signals } = setUp({ [GETTOKEN]: [token('T')], [TRIAL]: ['never'] });
	expect(await Promise.all([refresh(), refresh()])).toEqual(['T', 'T']);
	expect(asked).toEqual([GETTOKEN, TRIAL]);
	expect(signals[1]?.aborted).toBe(true);
});

it('refuses a token that is no text', async () => {
	const { refresh } = setUp({ [GETTOKEN]: [{ errcode: 0, access_token: 7, expires_in: 7_200 }] });
	await expect(refresh()).rejects.toThrow('The server answered an access_token that is not text');
});

function deferred() {
	let resolve: (answer: object) => void = () => undefined;
	const answer = new Promise<object>((settle) => (resolve = settle));
	return { answer, resolve: (settled: object) => resolve(settled) };
}

async function failuresOf(waiting: Array<Promise<unknown>>) {
	return (await Promise.allSettled(waiting)) as PromiseRejectedResult[];
}
