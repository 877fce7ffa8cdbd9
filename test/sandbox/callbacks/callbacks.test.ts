import axios from 'axios';
import type { Request } from 'express';

import type { CallbackEvent, CallbackTarget, Sandbox } from '../index';
import { fireCallback, startSandbox, verifyCallbackUrl } from '../index';
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
});
