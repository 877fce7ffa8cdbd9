import axios from 'axios';

import type { FaultRule, Sandbox } from '../index';
import type { TestClient } from '../testClient';
import { useSandbox } from '../testClient';

const ADD = '/cgi-bin/externalcontact/add_msg_template';
const FOLLOW = '/cgi-bin/externalcontact/get_follow_user_list';

describe('faults', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox({}, (fresh) => ({ sandbox, client } = fresh));
	beforeEach(async () => {
		await client.signIn();
	});

	const tasks = () => sandbox.world.tasks().length;
	const create = async () => await client.post(ADD, { sender: 'lin', text: { content: 'Hi' } });
	const inject = (fault: FaultRule['fault'], more: Partial<FaultRule> = {}) =>
		sandbox.faults.add({ path: ADD, ...more, fault });

	test('errcode, before or after the work, with the empty fields', async () => {
		const fault = inject({ kind: 'errcode', errcode: -1 }, { times: 1 });
		expect(await create()).toEqual({
			errcode: -1,
			errmsg: expect.stringContaining('system busy, hint: ['),
			fail_list: [],
		});
		expect(tasks()).toBe(0);
		expect(fault.hits).toBe(1);
		inject({ kind: 'errcode', errcode: -1, after: true, errmsg: 'oops' }, { times: 1 });
		expect((await create()).errmsg).toMatch(/^oops, /);
		expect(tasks()).toBe(1);
		expect(await create()).toMatchObject({ errcode: 0 });
	});

	test.each([false, true])('httpStatus, after the work: %s', async (after) => {
		inject({ kind: 'httpStatus', status: 502, body: 'Bad Gateway', after });
		const response = await client.raw('POST', ADD, {
			query: { access_token: await client.signIn() },
			body: { sender: 'lin', text: { content: 'Hi' } },
		});
		expect([response.status, response.data, tasks()]).toEqual([502, 'Bad Gateway', after ? 1 : 0]);
	});

	test('html and notJson are HTTP 200', async () => {
		inject({ kind: 'html' }, { call: 1 });
		inject({ kind: 'notJson', after: true }, { call: 2 });
		expect(await create()).toMatch(/^<!DOCTYPE html>/);
		expect(tasks()).toBe(0);
		expect(await create()).toBe('{"errcode":0,"errmsg":"ok",');
		expect(tasks()).toBe(1);
	});

	test.each([false, true])('reset, after the work: %s', async (after) => {
		inject({ kind: 'reset', after });
		await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(tasks()).toBe(after ? 1 : 0);
		expect(sandbox.log.calls(ADD)).toMatchObject([{ fault: 'reset' }]);
		expect(sandbox.log.calls(ADD)[0]?.status).toBeUndefined();
	});

	test.each([false, true])('noAnswer, after the work: %s', async (after) => {
		inject({ kind: 'noAnswer', after });
		const aborted = axios.post(
			`${sandbox.url}${ADD}`,
			{ sender: 'lin', text: { content: 'Hi' } },
			{ params: { access_token: await client.signIn() }, timeout: 1_000, proxy: false },
		);
		await expect(aborted).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(tasks()).toBe(after ? 1 : 0);
	});

	test.each([false, true])('cutBody after the work, chunked: %s', async (chunked) => {
		inject({ kind: 'cutBody', chunked });
		await expect(create()).rejects.toThrow();
		expect(tasks()).toBe(1);
	});

	test('drip: the whole body comes in the end, a byte at a time', async () => {
		inject({ kind: 'drip', ms: 2 });
		const start = Date.now();
		const response = await create();
		expect(response).toMatchObject({ errcode: 0, msgid: expect.any(String) });
		const bytes = JSON.stringify(response).length;
		expect(Date.now() - start).toBeGreaterThanOrEqual(bytes);
		expect(tasks()).toBe(1);
	});

	// The time-out of axios does not end it: it counts until the response begins.
	test('an endless drip goes on until the caller gives up', async () => {
		inject({ kind: 'drip', ms: 1, endless: true });
		const access_token = await client.signIn();
		const received: number[] = [];
		const aborted = axios.post(
			`${sandbox.url}${ADD}`,
			{ sender: 'lin', text: { content: 'Hi' } },
			{
				params: { access_token },
				signal: AbortSignal.timeout(700),
				timeout: 200,
				proxy: false,
				onDownloadProgress: ({ loaded }) => received.push(loaded),
			},
		);
		await expect(aborted).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		expect(tasks()).toBe(1);
		expect(Math.max(...received)).toBeGreaterThan(0);
		expect(sandbox.log.calls(ADD)).toMatchObject([{ fault: 'drip', status: 200 }]);
	});

	test.each([
		['batch/get_by_user', { userid_list: ['lin'] }, 'external_contact_list'],
		['groupchat/list', { limit: 10 }, 'group_chat_list'],
	])('endlessPages: %s never has rows, nor an end', async (name, body, list) => {
		sandbox.faults.add({
			path: `/cgi-bin/externalcontact/${name}`,
			fault: { kind: 'endlessPages' },
		});
		const cursors = new Set<string>();
		let cursor = '';
		for (let page = 0; page < 5; page++) {
			const response = await client.contact(name, { ...body, cursor });
			expect(response).toMatchObject({ errcode: 0, errmsg: 'ok', [list]: [] });
			cursor = response.next_cursor as string;
			cursors.add(cursor);
		}
		expect(cursors.size).toBe(5);
		expect(await client.contact(name, { limit: 'x' })).toMatchObject({ errcode: 40058 });
	});

	test('endlessPages of externalcontact/get keep the customer; the cursor may stay the same', async () => {
		const path = '/cgi-bin/externalcontact/get';
		sandbox.faults.add({ path, fault: { kind: 'endlessPages', sameCursor: true } });
		const [external_userid] = sandbox.world.corp.customers.keys();
		const query = { external_userid: external_userid ?? '' };
		const first = await client.get(path, query);
		expect(first).toMatchObject({ external_contact: { external_userid }, follow_user: [] });
		expect(first.next_cursor).not.toBe('');
		const second = await client.get(path, { ...query, cursor: first.next_cursor as string });
		expect(second.next_cursor).toBe(first.next_cursor);
	});

	test('echoUrl quotes the URL with the token, or the secret', async () => {
		inject({ kind: 'echoUrl', after: true });
		const token = await client.signIn();
		const refusal = await create();
		expect(refusal).toMatchObject({ errcode: 40058, fail_list: [] });
		expect(refusal.errmsg).toContain(`${sandbox.url}${ADD}?access_token=${token}, hint: [`);
		expect(tasks()).toBe(1);
		const path = '/cgi-bin/gettoken';
		sandbox.faults.add({ path, fault: { kind: 'echoUrl', errcode: 40001 } });
		const query = { corpid: sandbox.corpId, corpsecret: sandbox.secret };
		const { data } = await client.raw('GET', path, { query });
		expect(data.errcode).toBe(40001);
		expect(data.errmsg).toContain(`corpsecret=${sandbox.secret}`);
	});

	test('tooLarge: HTTP 413 with a page, and nothing is done', async () => {
		inject({ kind: 'tooLarge' });
		const response = await client.raw('POST', ADD, {
			query: { access_token: await client.signIn() },
			body: { sender: 'lin', text: { content: 'Hi' } },
		});
		expect([response.status, response.headers['content-type'], tasks()]).toEqual([
			413,
			'text/html; charset=utf-8',
			0,
		]);
		expect(response.data).toContain('413 Request Entity Too Large');
	});

	test.each([
		[{}, 302, 'https://sign-in.invalid/'],
		[{ status: 307, location: 'http://127.0.0.1:9/' }, 307, 'http://127.0.0.1:9/'],
	])('redirect %o', async (options, status, location) => {
		inject({ kind: 'redirect', after: true, ...options });
		const response = await axios.post(
			`${sandbox.url}${ADD}`,
			{ sender: 'lin', text: { content: 'Hi' } },
			{
				params: { access_token: await client.signIn() },
				proxy: false,
				maxRedirects: 0,
				validateStatus: () => true,
			},
		);
		expect([response.status, response.headers.location, tasks()]).toEqual([status, location, 1]);
	});

	test('delay', async () => {
		inject({ kind: 'delay', ms: 30 });
		const start = Date.now();
		expect(await create()).toMatchObject({ errcode: 0 });
		expect(Date.now() - start).toBeGreaterThanOrEqual(29);
	});

	test('killToken kills the token in use, and only by asking anew there is another', async () => {
		inject({ kind: 'killToken' }, { call: 1 });
		inject({ kind: 'killToken', errcode: 42001 }, { call: 3 });
		expect(await create()).toMatchObject({ errcode: 40014 });
		expect(await create()).toMatchObject({ errcode: 40014 });
		await client.signIn();
		expect(await create()).toMatchObject({ errcode: 42001 });
		expect(sandbox.log.calls(ADD).map((call) => call.tokenIndex)).toEqual([1, 1, 2]);
	});

	test('untrustedIp', async () => {
		inject({ kind: 'untrustedIp' }, { call: 1 });
		inject({ kind: 'untrustedIp', ip: '198.51.100.4' }, { call: 2 });
		expect(await create()).toMatchObject({
			errcode: 60020,
			errmsg: expect.stringContaining('from ip: 203.0.113.7,'),
		});
		expect((await create()).errmsg).toContain('from ip: 198.51.100.4,');
	});

	test('call numbers count per path from when the fault was added; `times` caps the hits', async () => {
		await create();
		const numbered = inject({ kind: 'errcode', errcode: 45009 }, { call: [2, 4] });
		const everywhere = inject(
			{ kind: 'errcode', errcode: 45033 },
			{ path: '*', call: 1, times: 1 },
		);
		const codes = [];
		for (let call = 0; call < 5; call++) codes.push((await create()).errcode);
		expect(codes).toEqual([45033, 45009, 0, 45009, 0]);
		expect([numbered.hits, everywhere.hits]).toEqual([2, 1]);
		expect((await client.get(FOLLOW)).errcode).toBe(0);
		numbered.remove();
		expect(sandbox.faults.list()).toHaveLength(1);
		sandbox.faults.clear();
		expect(sandbox.faults.list()).toHaveLength(0);
	});

	test.each([45009, 60020, 48002])('gettoken can answer %i to everybody', async (errcode) => {
		sandbox.faults.add({ path: '/cgi-bin/gettoken', fault: { kind: 'errcode', errcode } });
		const query = { corpid: sandbox.corpId, corpsecret: sandbox.secret };
		for (let call = 0; call < 3; call++) {
			const { data } = await client.raw('GET', '/cgi-bin/gettoken', { query });
			expect(data).toEqual({
				errcode,
				errmsg: expect.stringContaining(`from ip: 127.0.0.1, more info at`),
			});
		}
	});

	test('gettoken can fail too', async () => {
		sandbox.faults.add({
			path: '/cgi-bin/gettoken',
			times: 1,
			fault: { kind: 'errcode', errcode: 45009 },
		});
		const query = { corpid: sandbox.corpId, corpsecret: sandbox.secret };
		const ask = async () => (await client.raw('GET', '/cgi-bin/gettoken', { query })).data.errcode;
		expect([await ask(), await ask()]).toEqual([45009, 0]);
	});

	test('the log shows every request without its secrets', async () => {
		await create();
		await client.get(FOLLOW);
		const token = await client.signIn();
		expect(sandbox.log.calls(ADD)).toMatchObject([
			{
				method: 'POST',
				query: { access_token: '***' },
				tokenIndex: 1,
				body: { sender: 'lin', text: { content: 'Hi' } },
				status: 200,
				errcode: 0,
			},
		]);
		const everything = JSON.stringify(sandbox.log.calls());
		expect(everything).not.toContain(token);
		expect(everything).not.toContain(sandbox.secret);
		expect(sandbox.log.count()).toBe(4);
		expect(sandbox.log.count('/cgi-bin/gettoken')).toBe(2);
		sandbox.log.clear();
		expect(sandbox.log.count()).toBe(0);
	});
});
