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
function setUp(answers: Record<string, Array<object | 'never'>>) {
	const owner = { baseUrl: 'https://wecom.example', corpId: `ww${++owners}`, secret: 'a secret' };
	const asked: string[] = [];
	const signals: AbortSignal[] = [];
	const get: Get = async (path, _query, signal) => {
		asked.push(path);
		signals.push(signal);
		const answer = answers[path]?.shift() ?? { errcode: 0, follow_user: [] };
		if (answer === 'never') return await new Promise<never>(() => undefined);
		return await Promise.resolve({ status: 200, body: JSON.stringify(answer) });
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

async function failuresOf(waiting: Array<Promise<unknown>>) {
	return (await Promise.allSettled(waiting)) as PromiseRejectedResult[];
}
