import type { Request } from 'express';

import type { CallbackEvent, CallbackTarget, Sandbox } from '../index';
import { fireCallback, startSandbox, verifyCallbackUrl } from '../index';
import type { Body } from '../testClient';
import { TestClient } from '../testClient';
import { sign } from './crypto';
import type { Receiver } from './receiver';
import { decrypt, nodeOf, startReceiver } from './receiver';

describe('callbacks (docs 90930 and 92130)', () => {
	let sandbox: Sandbox;
	let receiver: Receiver;
	let target: CallbackTarget;
	beforeEach(async () => {
		sandbox = await startSandbox();
		receiver = await startReceiver();
		({ target } = receiver);
	});
	afterEach(async () => {
		receiver.stop();
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
		const [call] = receiver.received;
		const { msg_signature, timestamp, nonce, path } = call?.query ?? {};
		const encrypted = nodeOf(call?.body ?? '', 'Encrypt') ?? '';
		expect(path).toBe('kept');
		expect(sign(target.token, timestamp ?? '', nonce ?? '', encrypted)).toBe(msg_signature);
		expect(nodeOf(call?.body ?? '', 'ToUserName')).toBe(sandbox.corpId);
		expect(nodeOf(call?.body ?? '', 'AgentID')).toBe('1000002');
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

	test('nodes that repeat, nodes inside nodes, events without ChangeType and sender', async () => {
		const { xml } = await fireCallback(sandbox.world, target, {
			event: 'kf_account_auth_change',
			nodes: [
				['AuthAddOpenKfId', 'wk1'],
				['AuthAddOpenKfId', 'wk2'],
				['AuthDelOpenKfId', 'wk3'],
			],
		});
		expect(xml).toMatch(
			/^<xml><ToUserName><!\[CDATA\[ww\w+\]\]><\/ToUserName><CreateTime>\d+<\/CreateTime><MsgType><!\[CDATA\[event\]\]><\/MsgType><Event><!\[CDATA\[kf_account_auth_change\]\]><\/Event><Auth/,
		);
		expect(xml).toContain(
			'<AuthAddOpenKfId><![CDATA[wk1]]></AuthAddOpenKfId><AuthAddOpenKfId><![CDATA[wk2]]></AuthAddOpenKfId><AuthDelOpenKfId>',
		);
		const card = await fireCallback(sandbox.world, target, {
			event: 'template_card_event',
			from: 'lin',
			nodes: {
				SelectedItems: { SelectedItem: { QuestionKey: 'q', OptionIds: {} } },
				None: undefined,
			},
		});
		expect(card.xml).toContain('<FromUserName><![CDATA[lin]]></FromUserName>');
		expect(card.xml).toMatch(
			/<SelectedItems><SelectedItem><QuestionKey><!\[CDATA\[q\]\]><\/QuestionKey><OptionIds><\/OptionIds><\/SelectedItem><\/SelectedItems><\/xml>$/,
		);
	});

	test('any status but 200 is repeated, three times at most', async () => {
		let calls = 0;
		receiver.respond = (_request, response) =>
			void response.status((calls += 1) < 3 ? 500 : 200).end();
		expect(await fireCallback(sandbox.world, target, event())).toMatchObject({
			delivered: true,
			attempts: [500, 500, 200],
		});
		receiver.respond = (_request, response) => void response.status(204).end();
		expect(await fireCallback(sandbox.world, target, event())).toMatchObject({
			delivered: false,
			attempts: [204, 204, 204, 204],
		});
		expect(new Set(receiver.received.slice(3).map((call) => call.body)).size).toBe(1);
	});

	test('no answer in time is repeated too', async () => {
		receiver.respond = () => {};
		const silent = { ...target, answerWithinMs: 20 };
		expect(await fireCallback(sandbox.world, silent, event())).toMatchObject({
			delivered: false,
			attempts: [undefined, undefined, undefined, undefined],
		});
		sandbox.world.settings.callbackAnswerMilliseconds = 20;
		sandbox.world.settings.callbackRetries = 1;
		expect(await fireCallback(sandbox.world, target, event())).toMatchObject({
			attempts: [undefined, undefined],
		});
		expect(sandbox.world.callbacks.deliveries().at(-1)?.attempts).toMatchObject([
			{ problem: 'no answer in time' },
			{ problem: 'no answer in time' },
		]);
	});

	test('a redirect is no 200', async () => {
		receiver.respond = (_request, response) => void response.redirect(307, target.url);
		sandbox.world.settings.callbackRetries = 0;
		expect(await fireCallback(sandbox.world, target, event())).toMatchObject({ attempts: [307] });
	});

	test('A81: a repeat may be encrypted anew; the message in it is the same', async () => {
		sandbox.world.settings.callbackRepeats = 'encrypted_anew';
		receiver.respond = (_request, response) => void response.status(500).end();
		const { xml } = await fireCallback(sandbox.world, target, event());
		const bodies = receiver.received.map(({ body }) => nodeOf(body, 'Encrypt') ?? '');
		expect(new Set(bodies).size).toBe(4);
		const messages = bodies.map((body) => decrypt(target.encodingAesKey, body).message);
		expect(new Set(messages)).toEqual(new Set([xml]));
	});

	test('A83: a JSON envelope', async () => {
		sandbox.world.settings.callbackEnvelope = 'json';
		const { xml } = await fireCallback(sandbox.world, target, event());
		const [call] = receiver.received;
		const { tousername, encrypt, agentid } = JSON.parse(call?.body ?? '') as Record<string, string>;
		expect([tousername, agentid]).toEqual([sandbox.corpId, '1000002']);
		expect(decrypt(target.encodingAesKey, encrypt ?? '').message).toBe(xml);
		const { msg_signature, timestamp, nonce } = call?.query ?? {};
		expect(sign(target.token, timestamp ?? '', nonce ?? '', encrypt ?? '')).toBe(msg_signature);
	});

	test('URL verification: the raw decrypted echostr, nothing else', async () => {
		const plain = (request: Request) =>
			decrypt(target.encodingAesKey, String(request.query.echostr)).message;
		receiver.respond = (request, response) => void response.end(plain(request));
		expect(await verifyCallbackUrl(sandbox.world, target)).toBe(true);
		receiver.respond = (request, response) => void response.json(plain(request));
		expect(await verifyCallbackUrl(sandbox.world, target)).toBe(false);
	});

	test('over the control API', async () => {
		const control = async (body: object): Promise<Body> =>
			await new TestClient(sandbox).control('POST', '/callback', body);
		expect(await control({ target, event: event() })).toMatchObject({ delivered: true });
		expect(await control({ target })).toMatchObject({
			verified: false,
			reason: 'The answer is empty',
		});
		expect(await control({ target: { ...target, encodingAesKey: 'x' } })).toEqual({
			error: 'target.encodingAesKey: The EncodingAESKey must have 43 characters',
		});
		expect(await control({ target, event: { ...event(), welcomeCode: true } })).toEqual({
			error: 'A welcome code needs the UserID and the ExternalUserID of the event',
		});
	});
});
