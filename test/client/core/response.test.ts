import type { Endpoint } from '../../../nodes/shared/client/core/endpoint';
import { endpoints } from '../../../nodes/shared/client/endpoints';
import { WeComHttpError, WeComResponseError } from '../../../nodes/shared/client/core/errors';
import { ok, refusal, scripted } from '../fakes';

const read = endpoints.customerIds;
const create = endpoints.createMassMessage;
const task = { chat_type: 'single', sender: 'lin' } as const;

it('treats a response without errcode as a success', async () => {
	const { client } = scripted([{ external_userid: ['wm1'] }]);
	expect(await client.call(read, { userid: 'lin' })).toEqual({ external_userid: ['wm1'] });
});

it('never treats the empty list of a refusal as data', async () => {
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

it.each([
	[301, /redirects the request \(HTTP 301\)/, /enter the address that it redirects to/],
	[307, /redirects the request \(HTTP 307\)/, /enter the address that it redirects to/],
	[404, /answered HTTP 404/, /Check 'API Base URL'/],
	[413, /answered HTTP 413/, /proxy in front of WeCom limits the size.*20 MB/],
	[503, /answered HTTP 503/, /Try again later/],
])('says what to do about HTTP %s', async (status, message, remedy) => {
	const { client } = scripted([{ status, body: '' }]);
	await expect(client.attempt(read, { userid: 'lin' })).rejects.toMatchObject({
		message: expect.stringMatching(message) as string,
		remedy: expect.stringMatching(remedy) as string,
	});
});

it.each<[string, Endpoint<object, unknown>, object, string]>([
	['a new task', endpoints.createMassMessage, { ...ok, fail_list: [] }, 'msgid'],
	['a new task', endpoints.createMassMessage, { ...ok, msgid: '' }, 'msgid'],
	['a file', endpoints.uploadMedia, { ...ok, type: 'image' }, 'media_id'],
	['a picture', endpoints.uploadPicture, ok, 'url'],
	['a token', endpoints.accessToken, { ...ok, expires_in: 7200 }, 'access_token'],
	['new tags', endpoints.addTags, ok, 'tag_group'],
	['a customer', endpoints.customer, { ...ok, follow_user: [] }, 'external_contact'],
	['a customer group', endpoints.customerGroup, { group_chat: null }, 'group_chat'],
	['a reminder', endpoints.remindMembers, {}, 'errcode'],
	['a remark', endpoints.remark, {}, 'errcode'],
])('refuses a response for %s that lacks its result', async (_, endpoint, reply, field) => {
	const { client } = scripted([reply]);
	await expect(client.attempt(endpoint, {})).rejects.toMatchObject({
		name: 'WeComResponseError',
		message: `The server answered without ${field}`,
		endpoint: endpoint.path,
	});
});

describe('null', () => {
	it('is a part that is not there, at every depth', async () => {
		const { client } = scripted([
			{
				errcode: null,
				msgid: 'msg1',
				fail_list: null,
				next_cursor: null,
				tags: [null, 'a', null, { tag_id: null, name: 'null' }, [null]],
			},
		]);
		expect(await client.attempt(create, task)).toStrictEqual({
			msgid: 'msg1',
			tags: ['a', { name: 'null' }, []],
		});
	});

	it('lacks what a success must have', async () => {
		const { client } = scripted([{ ...ok, msgid: null }]);
		await expect(client.attempt(create, task)).rejects.toThrow('The server answered without msgid');
	});

	it('in a depth that nobody reads is no answer of WeCom', async () => {
		const { client } = scripted([`{"a":${'['.repeat(100_000)}null${']'.repeat(100_000)}}`]);
		await expect(client.attempt(create, task)).rejects.toBeInstanceOf(WeComResponseError);
	});
});

it('refuses an errcode that is not a number: it says nothing about the outcome', async () => {
	const { client } = scripted([{ errcode: 'E500', errmsg: 'no' }]);
	await expect(client.attempt(create, task)).rejects.toBeInstanceOf(WeComResponseError);
});

it('hides what the request carried in the words of a refusal', async () => {
	const body = JSON.stringify({
		errcode: 40058,
		errmsg: 'GET /list?access_token=T-0k%2Ben failed',
	});
	const { client } = scripted([{ status: 200, body, secrets: ['T-0k+en'] }]);
	await expect(client.attempt(read, { userid: 'lin' })).rejects.toMatchObject({
		errmsg: 'GET /list?access_token=*** failed',
	});
});

it.each([
	[
		'a hint and an IPv4',
		'not allow to access from your ip, hint: [1688229570612130651539009], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020',
		'203.0.113.7',
	],
	['an IPv6', 'not allow, from ip: 2001:db8::7, more info', '2001:db8::7'],
])('finds the IP to trust in an errmsg with %s', async (_, errmsg, ip) => {
	const { client } = scripted([{ errcode: 60020, errmsg }]);
	await expect(client.attempt(read, { userid: 'lin' })).rejects.toThrow(
		`This server's IP ${ip} is not trusted by the app`,
	);
});
