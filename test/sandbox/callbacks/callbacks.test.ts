import { createDecipheriv } from 'node:crypto';
import axios from 'axios';
import type { Request, Response } from 'express';
import express from 'express';

import type { CallbackEvent, CallbackTarget, Sandbox } from '..';
import { fireCallback, startSandbox, verifyCallbackUrl } from '..';
import type { Body } from '../testClient';
import { customersOf, TestClient } from '../testClient';
import { encrypt, sign } from './crypto';

/** Published example of doc 90968. */
const PUBLISHED = {
	receiveId: 'wx5823bf96d3bd56c7',
	word: 'QDG6eK',
	aes: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
	timestamp: '1409659813',
	nonce: '1372623149',
	signature: '477715d11cdb4164915debcba66cb864d751f3e6',
	encrypted:
		'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3Qczc' +
		'dCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLj' +
		'vd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMn' +
		'vw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k' +
		'22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2Yoy' +
		'yH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
};

/** A receiver's side of doc 90968, written apart from the sender's. */
function decrypt(aes: string, encrypted: string): { message: string; receiveId: string } {
	const key = Buffer.from(aes, 'base64');
	const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
	decipher.setAutoPadding(false);
	const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
	expect(padded.length % 32).toBe(0);
	const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
	const length = plain.readUInt32BE(16);
	return {
		message: plain.subarray(20, 20 + length).toString(),
		receiveId: plain.subarray(20 + length).toString(),
	};
}

const node = (xml: string, name: string): string | undefined =>
	new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1];

describe('callback crypto (doc 90968)', () => {
	test('the published example', () => {
		const { word, timestamp, nonce, encrypted, signature, aes, receiveId } = PUBLISHED;
		expect(sign(word, timestamp, nonce, encrypted)).toBe(signature);
		const { message, receiveId: receiver } = decrypt(aes, encrypted);
		expect(receiver).toBe(receiveId);
		expect(message).toContain('<Content><![CDATA[hello]]></Content>');
	});

	test.each([0, 11, 12, 13, 100])('a message of %d bytes survives', (length) => {
		const message = '茶'.repeat(length);
		const encrypted = encrypt(PUBLISHED.aes, message, 'ww1');
		expect(decrypt(PUBLISHED.aes, encrypted)).toEqual({ message, receiveId: 'ww1' });
	});

	test('a key of the wrong length is refused', () => {
		expect(() => encrypt('short', 'x', 'ww1')).toThrow('43 characters');
	});
});

describe('callbacks (docs 90930 and 92130)', () => {
	let sandbox: Sandbox;
	let received: Array<{ query: Record<string, string>; body: string }>;
	let respond: (request: Request, response: Response) => void;
	let target: CallbackTarget;
	let stopReceiver: () => void;
	beforeEach(async () => {
		sandbox = await startSandbox();
		received = [];
		respond = (_request, response) => void response.end();
		const app = express();
		app.use(express.text({ type: () => true }));
		app.use((request, response) => {
			received.push({ query: request.query as Record<string, string>, body: request.body });
			respond(request, response);
		});
		const server = await new Promise<ReturnType<typeof app.listen>>((resolve) => {
			const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
		});
		stopReceiver = () => {
			server.close();
			server.closeAllConnections();
		};
		const { port } = server.address() as { port: number };
		target = {
			url: `http://127.0.0.1:${port}/hook?path=kept`,
			token: PUBLISHED.word,
			encodingAesKey: PUBLISHED.aes,
		};
	});
	afterEach(async () => {
		stopReceiver();
		await sandbox.stop();
	});

	const event = (nodes: Record<string, string> = {}): CallbackEvent => ({
		event: 'change_external_contact',
		changeType: 'edit_external_contact',
		nodes,
	});

	test('a signed, encrypted envelope that the receiver can open', async () => {
		const outcome = await fireCallback(sandbox.world, target, event({ UserID: 'lin ]]> x' }));
		expect(outcome).toMatchObject({ delivered: true, attempts: [200] });
		const [call] = received;
		const { msg_signature, timestamp, nonce, path } = call?.query ?? {};
		const encrypted = node(call?.body ?? '', 'Encrypt') ?? '';
		expect(path).toBe('kept');
		expect(sign(target.token, timestamp ?? '', nonce ?? '', encrypted)).toBe(msg_signature);
		expect(node(call?.body ?? '', 'ToUserName')).toBe(sandbox.corpId);
		expect(node(call?.body ?? '', 'AgentID')).toBe('1000002');
		const { message, receiveId } = decrypt(target.encodingAesKey, encrypted);
		expect(receiveId).toBe(sandbox.corpId);
		expect(message).toBe(outcome.xml);
		expect(message).toContain('<MsgType><![CDATA[event]]></MsgType>');
		expect(message).toMatch(/<CreateTime>\d{10}<\/CreateTime>/);
		expect(message).toContain('<UserID><![CDATA[lin ]]]]><![CDATA[> x]]></UserID>');
	});

	test('lists become Item nodes', async () => {
		const { xml } = await fireCallback(sandbox.world, target, {
			event: 'change_external_chat',
			changeType: 'update',
			nodes: { ChatId: 'wr1', MemChangeCnt: 2, MemChangeList: ['wm1', 'wm2'] },
		});
		expect(xml).toContain(
			'<MemChangeCnt>2</MemChangeCnt><MemChangeList><Item><![CDATA[wm1]]></Item><Item><![CDATA[wm2]]></Item></MemChangeList>',
		);
	});

	test('any status but 200 is repeated, three times at most', async () => {
		let calls = 0;
		respond = (_request, response) => void response.status((calls += 1) < 3 ? 500 : 200).end();
		expect(await fireCallback(sandbox.world, target, event())).toMatchObject({
			delivered: true,
			attempts: [500, 500, 200],
		});
		respond = (_request, response) => void response.status(204).end();
		expect(await fireCallback(sandbox.world, target, event())).toMatchObject({
			delivered: false,
			attempts: [204, 204, 204, 204],
		});
		expect(new Set(received.slice(3).map((call) => call.body)).size).toBe(1);
	});

	test('no answer in time is repeated too', async () => {
		respond = () => {};
		const silent = { ...target, answerWithinMs: 20 };
		expect(await fireCallback(sandbox.world, silent, event())).toMatchObject({
			delivered: false,
			attempts: [undefined, undefined, undefined, undefined],
		});
	});

	test('URL verification: the raw decrypted echostr, nothing else', async () => {
		const plain = (request: Request) =>
			decrypt(target.encodingAesKey, String(request.query.echostr)).message;
		respond = (request, response) => void response.end(plain(request));
		expect(await verifyCallbackUrl(sandbox.world, target)).toBe(true);
		respond = (request, response) => void response.json(plain(request));
		expect(await verifyCallbackUrl(sandbox.world, target)).toBe(false);
	});

	test('over the control API', async () => {
		const control = async (body: object) =>
			(
				await axios.post(`${sandbox.url}/sandbox/callback`, body, {
					proxy: false,
					validateStatus: () => true,
				})
			).data;
		expect(await control({ target, event: event() })).toMatchObject({ delivered: true });
		expect(await control({ target })).toEqual({ verified: false });
		expect(await control({ target: { ...target, encodingAesKey: 'x' } })).toHaveProperty('error');
		expect(await control({ target, event: { ...event(), welcomeCode: true } })).toEqual({
			error: 'A welcome code needs the UserID and the ExternalUserID of the event',
		});
	});

	describe('send_welcome_msg (doc 92137)', () => {
		let client: TestClient;
		let id: string;
		beforeEach(async () => {
			client = new TestClient(sandbox);
			sandbox.clock.freeze();
			[id] = customersOf(sandbox.world.corp, 'lin', 1) as [string];
			await client.signIn();
		});
		const added = async (): Promise<string> => {
			const { welcomeCode = '', xml } = await fireCallback(sandbox.world, target, {
				event: 'change_external_contact',
				changeType: 'add_external_contact',
				nodes: { UserID: 'lin', ExternalUserID: id },
				welcomeCode: true,
			});
			expect(node(xml, 'WelcomeCode')).toBe(welcomeCode);
			return welcomeCode;
		};
		const welcome = async (welcome_code: unknown, content: object = {}): Promise<Body> =>
			await client.contact('send_welcome_msg', {
				welcome_code,
				text: { content: 'Welcome!' },
				...content,
			});

		test('once, and outside every receive limit', async () => {
			const code = await added();
			expect(await welcome(code)).toEqual({ errcode: 0, errmsg: 'ok' });
			expect(await welcome(code)).toMatchObject({ errcode: 41050 });
			expect(sandbox.world.welcomes.receivedBy(id)).toMatchObject([
				{ userid: 'lin', sent: { text: 'Welcome!' } },
			]);
			expect(sandbox.world.receivedBy(id)).toEqual([]);
		});

		test('within 20 seconds', async () => {
			const code = await added();
			sandbox.clock.advance(19);
			expect(await welcome(code)).toMatchObject({ errcode: 0 });
			const late = await added();
			sandbox.clock.advance(20);
			expect(await welcome(late)).toMatchObject({ errcode: 41050 });
		});

		test('refusals', async () => {
			const code = await added();
			expect(await welcome(undefined)).toMatchObject({ errcode: 41049 });
			expect(await welcome('made-up')).toMatchObject({ errcode: 41050 });
			expect(await welcome(code, { text: undefined })).toMatchObject({ errcode: 40063 });
			expect(await welcome(code, { text: { content: 'x'.repeat(4001) } })).toMatchObject({
				errcode: 45002,
			});
			const [, other] = [...sandbox.world.corps.values()];
			const stranger = new TestClient(sandbox, other);
			expect(
				await stranger.contact('send_welcome_msg', {
					welcome_code: code,
					text: { content: 'Hi' },
				}),
			).toMatchObject({ errcode: 41050 });
			sandbox.world.interact('lin', id);
			expect(await welcome(code)).toMatchObject({ errcode: 41051 });
		});
	});
});
