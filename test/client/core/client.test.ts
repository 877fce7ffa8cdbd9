import { TokenError } from '../../../nodes/WeComExternalContact/client/accessToken';
import type { Endpoint } from '../../../nodes/WeComExternalContact/client/endpoints';
import { endpoints } from '../../../nodes/WeComExternalContact/client/endpoints';
import {
	WeComApiError,
	WeComCancelledError,
	WeComHttpError,
	WeComNetworkError,
	WeComResponseError,
} from '../../../nodes/WeComExternalContact/client/errors';
import { scripted } from '../fakes';

const ok = { errcode: 0, errmsg: 'ok' };
const created = { ...ok, msgid: 'msg1' };
const refusal = (errcode: number) => ({ errcode, errmsg: 'no', external_userid: [] });
const broken = new WeComNetworkError('The connection broke', 'ECONNRESET', 'maybe');
const neverLeft = new WeComNetworkError('Refused', 'ECONNREFUSED', 'never');
const noToken = (errcode: number) =>
	new TokenError(new WeComApiError(errcode, 'no', endpoints.accessToken.path, 91039));

const read = endpoints.customerIds;
const create = endpoints.createMassMessage;
const task = { chat_type: 'single', sender: 'lin' } as const;

describe('decoding', () => {
	it('takes an answer without errcode for a success', async () => {
		const { client } = scripted([{ external_userid: ['wm1'] }]);
		expect(await client.call(read, { userid: 'lin' })).toEqual({ external_userid: ['wm1'] });
	});

	it('never takes the empty list of a refusal for data', async () => {
		const { client } = scripted([refusal(40003)]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({
			name: 'WeComApiError',
			errcode: 40003,
			kind: 'input',
			doc: 92113,
			endpoint: read.path,
		});
	});

	it.each([
		['an HTML page', '<html></html>', WeComResponseError],
		['half a JSON', '{"errcode":0,', WeComResponseError],
		['a JSON text', '"ok"', WeComResponseError],
		['a JSON list', '[]', WeComResponseError],
		['null', 'null', WeComResponseError],
		['nothing', '', WeComResponseError],
		['404 without body', { status: 404, body: '' }, WeComHttpError],
		['a redirect', { status: 301, body: '' }, WeComHttpError],
	])('refuses %s', async (_, reply, type) => {
		const { client } = scripted([reply]);
		await expect(client.attempt(read, { userid: 'lin' })).rejects.toBeInstanceOf(type);
	});

	it.each<[string, Endpoint<object, unknown>, object, string]>([
		['a new task', endpoints.createMassMessage, { ...ok, fail_list: [] }, 'msgid'],
		['a new task', endpoints.createMassMessage, { ...ok, msgid: '' }, 'msgid'],
		['a file', endpoints.uploadMedia, { ...ok, type: 'image' }, 'media_id'],
		['a picture', endpoints.uploadPicture, ok, 'url'],
		['a token', endpoints.accessToken, { ...ok, expires_in: 7200 }, 'access_token'],
		['a token', endpoints.accessToken, { ...ok, access_token: 'T' }, 'expires_in'],
		['new tags', endpoints.addTags, ok, 'tag_group'],
		['a customer', endpoints.customer, { ...ok, follow_user: [] }, 'external_contact'],
		['a customer group', endpoints.groupChat, { group_chat: null }, 'group_chat'],
		['a reminder', endpoints.remindMembers, {}, 'errcode'],
		['a remark', endpoints.remark, {}, 'errcode'],
	])('refuses an answer for %s without what it gives', async (_, endpoint, reply, field) => {
		const { client } = scripted([reply]);
		await expect(client.attempt(endpoint, {})).rejects.toMatchObject({
			name: 'WeComResponseError',
			message: `The server answered without ${field}`,
			endpoint: endpoint.path,
		});
	});

	it('refuses an errcode that is none, which says nothing of what was done', async () => {
		const { client } = scripted([{ errcode: 'E500', errmsg: 'no' }]);
		await expect(client.attempt(create, task)).rejects.toBeInstanceOf(WeComResponseError);
	});

	it.each([
		[
			'a hint and an IPv4',
			'not allow to access from your ip, hint: [1688229570612130651539009], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020',
			'203.0.113.7',
		],
		['an IPv6', 'not allow, from ip: 2001:db8::7, more info', '2001:db8::7'],
	])('names the IP to trust from an errmsg with %s', async (_, errmsg, ip) => {
		const { client } = scripted([{ errcode: 60020, errmsg }]);
		await expect(client.attempt(read, { userid: 'lin' })).rejects.toThrow(
			`This server's IP ${ip} is not trusted by the app`,
		);
	});
});

describe('requests', () => {
	it('puts the parameters where the endpoint takes them', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests).toMatchObject([
			{ method: 'GET', query: { userid: 'lin' }, body: undefined },
			{ method: 'POST', query: {}, body: task },
		]);
	});

	it('shields only what must not arrive twice from being cut by a stop', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests.map(({ uninterrupted }) => uninterrupted)).toEqual([false, true]);
	});

	it('are not made after the execution was stopped', async () => {
		const { client, requests } = scripted([ok], { aborted: true });
		await expect(client.call(read, { userid: 'lin' })).rejects.toBeInstanceOf(WeComCancelledError);
		expect(requests).toEqual([]);
	});
});

describe('a refused token', () => {
	it.each([40014, 42001, 41001])('%s is handed back once to get another', async (errcode) => {
		const { client, requests, waits } = scripted([refusal(errcode), created]);
		await client.call(create, task);
		expect(requests.map(({ refused }) => refused)).toEqual([undefined, 'session 1']);
		expect(waits).toEqual([]);
	});

	it('refused again is an error', async () => {
		const { client, requests } = scripted([refusal(40014), refusal(40014)]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({ errcode: 40014 });
		expect(requests).toHaveLength(2);
	});

	it('and no new one to be had for a wrong secret: no request is made any more', async () => {
		const { client, requests } = scripted([noToken(40001), ok, ok]);
		for (let call = 0; call < 3; call++) {
			await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({
				kind: 'credential',
			});
		}
		expect(requests).toHaveLength(1);
	});
});

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
	])('after %s, with growing waits, at most 3 times', async (_, reply) => {
		const { client, requests, waits } = scripted([reply, reply, reply, reply]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toBeInstanceOf(Error);
		expect(requests).toHaveLength(4);
		expect(waits).toEqual([500, 1_000, 2_000]);
	});

	it('after 45009 waits for the minute once', async () => {
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
	])('is not done after %s', async (_, reply) => {
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
	])('is repeated after %s, where WeCom surely did nothing', async (_, reply) => {
		const { client, requests } = scripted([reply, created]);
		expect(await client.call(create, task)).toMatchObject({ msgid: 'msg1' });
		expect(requests).toHaveLength(2);
	});
});
