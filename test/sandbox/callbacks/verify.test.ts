import type { Request, Response } from 'express';

import type { Sandbox } from '../index';
import { startSandbox } from '../index';
import type { Body } from '../testClient';
import { TestClient } from '../testClient';
import type { Receiver } from './receiver';
import { decrypt, startReceiver } from './receiver';

describe('the callback URL in the console (doc 90930)', () => {
	let sandbox: Sandbox;
	let receiver: Receiver;
	beforeEach(async () => {
		sandbox = await startSandbox();
		receiver = await startReceiver();
	});
	afterEach(async () => {
		await sandbox.stop();
		receiver.stop();
	});

	const post = async (path: string, body: object = {}): Promise<Body> =>
		await new TestClient(sandbox).control('POST', path, body);
	const save = async (more: object = {}) =>
		await post('/callback-url', { ...receiver.target, ...more });
	const plain = ({ query }: Request) =>
		decrypt(receiver.target.encodingAesKey, String(query.echostr)).message;

	test('a URL is kept once it has answered the bare text', async () => {
		receiver.respond = (request, response) => void response.end(plain(request));
		expect(await save()).toEqual({
			saved: true,
			verified: true,
			milliseconds: expect.any(Number),
		});
		expect(sandbox.world.callbacks.target()).toEqual(receiver.target);
		const [call] = receiver.received;
		expect(call).toMatchObject({ method: 'GET', body: '', query: { path: 'kept' } });
		expect(plain(call as unknown as Request)).toMatch(/^\d{19}$/);
	});

	test.each<[string, (text: string, response: Response, request: Request) => unknown, string]>([
		['quotes', (text, response) => response.json(text), 'The answer is in quotes'],
		['a line break', (text, response) => response.end(`${text}\n`), 'There is a blank or a line'],
		['a byte order mark', (text, response) => response.end(`\uFEFF${text}`), 'byte order mark'],
		['nothing', (_text, response) => response.end(), 'The answer is empty'],
		[
			'the echostr',
			(_text, response, request) => response.end(String(request.query.echostr)),
			'not decrypted',
		],
		['other text', (_text, response) => response.end('Hello'), 'It begins with: Hello'],
		['404', (text, response) => response.status(404).end(text), 'HTTP status 404 instead of 200'],
		['a redirect', (_text, response) => response.redirect('/elsewhere'), 'HTTP status 302'],
		['silence', () => {}, 'No answer within 100 ms'],
	])('not with %s', async (_name, respond, reason) => {
		sandbox.world.settings.callbackVerifyMilliseconds = 100;
		receiver.respond = (request, response) => void respond(plain(request), response, request);
		expect(await save()).toMatchObject({
			saved: false,
			verified: false,
			reason: expect.stringContaining(reason),
		});
		expect(sandbox.world.callbacks.target()).toBeUndefined();
	});

	test('not without a listener', async () => {
		receiver.stop();
		expect((await save()).reason).toContain('No connection');
	});

	test('a script may enter it unasked', async () => {
		expect(await save({ verify: false })).toEqual({ saved: true, verified: false });
		expect(receiver.received).toEqual([]);
		expect(sandbox.world.callbacks.target()).toEqual(receiver.target);
	});

	test.each([
		[{ url: 'example.com/hook' }, 'url: The URL must be a complete one'],
		[{ url: 'ftp://example.com/' }, 'must begin with http'],
		[{ token: 'x'.repeat(33) }, 'at most 32 characters'],
		[{ token: '' }, 'The Token is missing'],
		[{ token: 'a-b' }, 'letters and digits'],
		[{ encodingAesKey: 'k'.repeat(42) }, '43 characters'],
		[{ encodingAesKey: '='.repeat(43) }, 'letters and digits'],
		[{ corp: 'ww1' }, 'There is no corp ww1'],
	])('%j is refused', async (change, part) => {
		expect((await save(change)).error).toContain(part);
	});

	test('random values that the console would make', async () => {
		const [first, second] = [await post('/callback-secrets'), await post('/callback-secrets')];
		expect(first.token).toMatch(/^[0-9A-Za-z]{32}$/);
		expect(first.encodingAesKey).toMatch(/^[0-9A-Za-z]{43}$/);
		expect(first).not.toEqual(second);
		receiver.respond = (_request, response) => void response.end();
		expect(await save({ ...first, verify: false })).toMatchObject({ saved: true });
	});
});
