import fc from 'fast-check';

import { CallbackError } from '../../../nodes/shared/client/callbacks/errors';
import { openEchostr, openMessage } from '../../../nodes/shared/client/callbacks/message';
import { problemOf, unusable } from '../../../nodes/shared/client/callbacks/secrets';
import { sign } from '../../../nodes/shared/client/callbacks/signature';
import { encrypt } from '../../sandbox/callbacks/crypto';
import { PUBLISHED } from '../../sandbox/callbacks/receiver';
import { toXml } from '../../sandbox/callbacks/xml';
import { badRequests } from './badRequests';
import {
	encryptBytes,
	EVENT_XML,
	eventNodes,
	padded,
	plainOf,
	request,
	SECRETS,
	signedQuery,
} from './requests';

const opened = (given: ReturnType<typeof request>, secrets = SECRETS as typeof SECRETS | object) =>
	openMessage({ ...SECRETS, ...secrets }, given);

function refusal(work: () => unknown): CallbackError {
	try {
		work();
	} catch (error) {
		if (error instanceof CallbackError) return error;
		throw error as Error;
	}
	throw new Error('It was accepted');
}

describe('the example that WeCom publishes (doc 90968)', () => {
	const { word, aes, receiveId, timestamp, nonce, encrypted, signature } = PUBLISHED;
	const query = { msg_signature: signature, timestamp, nonce };

	it('has our signature', () => {
		expect(sign(word, { timestamp, nonce, encrypted })).toBe(signature);
	});

	it('opens', () => {
		const body = Buffer.from(`<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`);
		const secrets = { token: word, encodingAesKey: aes, receiveId };
		expect(openMessage(secrets, { query, body }).nodes).toMatchObject({
			ToUserName: receiveId,
			FromUserName: 'mycreate',
			MsgType: 'text',
			Content: 'hello',
		});
	});
});

describe('a message', () => {
	it('opens from the XML envelope and from the JSON one', () => {
		const encrypted = encrypt(SECRETS.encodingAesKey, EVENT_XML, SECRETS.receiveId);
		const json = JSON.stringify({ tousername: SECRETS.receiveId, encrypt: encrypted });
		const query = signedQuery(encrypted);
		const likeXml = JSON.stringify({ ToUserName: SECRETS.receiveId, Encrypt: encrypted });
		for (const body of [json, `\uFEFF ${json}`, likeXml]) {
			expect(opened(request({ body, query })).nodes).toMatchObject({ UserID: 'lin' });
		}
		expect(opened(request({ encrypted })).nodes).toMatchObject({ UserID: 'lin' });
	});

	it.each([
		['without CDATA', (text: string) => `<xml><Encrypt>${text}</Encrypt></xml>`],
		['indented', (text: string) => `<xml>\n\t<Encrypt>\n\t\t${text}\n\t</Encrypt>\n</xml>\n`],
		[
			'indented with CDATA',
			(text: string) => `<xml>\n\t<Encrypt>\n\t\t<![CDATA[${text}]]>\n\t</Encrypt>\n</xml>`,
		],
	])('opens from an envelope %s, and reads one inside', (_, envelope) => {
		const indented = EVENT_XML.replace(/<!\[CDATA\[(.*?)\]\]>/g, '\n\t\t<![CDATA[$1]]>\n\t');
		for (const message of [indented, indented.replace(/<!\[CDATA\[|\]\]>/g, '')]) {
			const encrypted = encrypt(SECRETS.encodingAesKey, message, SECRETS.receiveId);
			expect(opened(request({ encrypted, body: envelope(encrypted) })).nodes).toMatchObject({
				Event: 'change_external_contact',
				UserID: 'lin',
			});
		}
	});

	it('may be JSON itself', () => {
		const message = JSON.stringify({
			Event: 'change_external_chat',
			CreateTime: 1_764_550_000,
			MemChangeList: { Item: ['wm1', 'wm2'] },
			Nothing: null,
		});
		expect(opened(request({ message })).nodes).toEqual({
			Event: 'change_external_chat',
			CreateTime: '1764550000',
			MemChangeList: { Item: ['wm1', 'wm2'] },
			Nothing: '',
		});
	});

	it('has the same key however it is encrypted, and another one if a character differs', () => {
		const [first, second] = [opened(request()), opened(request())];
		expect(first.dedupeKey).toMatch(/^[0-9a-f]{64}$/);
		expect(second.dedupeKey).toBe(first.dedupeKey);
		const other = opened(request({ message: toXml(eventNodes({ UserID: 'wei' })) }));
		expect(other.dedupeKey).not.toBe(first.dedupeKey);
	});

	it('survives what the sandbox writes, whatever the text, in any length of padding', () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom(']]>', ']]]]>>', '<![CDATA[', '茶 & <b>', '&amp;lt;', '\0', ' \r\n '),
		);
		fc.assert(
			fc.property(text, fc.array(text, { minLength: 1 }), (remark, items) => {
				const message = toXml(eventNodes({ Remark: remark, MemChangeList: items }));
				const { nodes } = opened(request({ message }));
				const expected = items.length === 1 ? { Item: items[0] } : { Item: items };
				expect(nodes.Remark).toBe(Buffer.from(remark).toString());
				expect(nodes.MemChangeList).toEqual(JSON.parse(JSON.stringify(expected)));
			}),
			{ seed: 13, numRuns: 200 },
		);
	});

	it('has a receiver of which every character counts', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (receiveId) => {
				fc.pre(receiveId !== SECRETS.receiveId);
				const encrypted = encryptBytes(padded(plainOf(EVENT_XML, { receiveId })));
				expect(refusal(() => opened(request({ encrypted }))).status).toBe(403);
			}),
			{ seed: 13, numRuns: 100 },
		);
	});

	it('is not WeCom’s if any bit of the encrypted text differs', () => {
		const encrypted = encrypt(SECRETS.encodingAesKey, EVENT_XML, SECRETS.receiveId);
		const query = signedQuery(encrypted);
		const bytes = Buffer.from(encrypted, 'base64');
		fc.assert(
			fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
				const changed = Buffer.from(bytes);
				changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
				const sent = request({ encrypted: changed.toString('base64'), query });
				expect(refusal(() => opened(sent)).status).toBe(403);
			}),
			{ seed: 13, numRuns: 200 },
		);
	});
});

describe('a request that is not WeCom’s', () => {
	it('is one of many kinds', () => {
		expect(badRequests.length).toBeGreaterThanOrEqual(60);
		expect(new Set(badRequests.map(([about]) => about)).size).toBe(badRequests.length);
	});

	it.each(badRequests)('is refused: %s', (_, status, sent) => {
		const { status: given, message } = refusal(() => opened(sent));
		expect(given).toBe(status);
		for (const secret of Object.values(SECRETS)) expect(message).not.toContain(secret);
	});

	it('takes no time that grows faster than the body', () => {
		const siblings = `<xml>${'<a/>'.repeat(200_000)}</xml>`;
		const text = `<xml>${'&#x'.repeat(300_000)}</xml>`;
		for (const body of [siblings, text]) {
			expect(refusal(() => opened(request({ body }))).status).toBe(400);
		}
	});
});

describe('the credential', () => {
	it.each([
		["'Corp ID' is empty", { receiveId: '' }],
		["'Token' is empty", { token: '' }],
		["'EncodingAESKey' must", { encodingAesKey: '' }],
		["'EncodingAESKey' must", { encodingAesKey: 'k'.repeat(42) }],
		["'EncodingAESKey' must", { encodingAesKey: '茶'.repeat(43) }],
	])('that cannot be used lets nothing through: %s', (problem, wrong) => {
		expect(unusable({ ...SECRETS, ...wrong })).toContain(problem);
		expect(problemOf({ ...SECRETS, ...wrong })).toContain(problem);
		const { status, message } = refusal(() => opened(request(), wrong));
		expect(status).toBe(500);
		expect(message).toContain(problem);
	});

	it.each([
		["'Corp ID' must", { receiveId: 'my company' }],
		["'Token' must", { token: 'x'.repeat(33) }],
		["'Token' must", { token: 'a b' }],
	])('of a form that WeCom does not have is noticed before it is used: %s', (problem, wrong) => {
		expect(problemOf({ ...SECRETS, ...wrong })).toContain(problem);
		expect(unusable({ ...SECRETS, ...wrong })).toBeUndefined();
	});

	it('with the right form has no problem', () => {
		expect(problemOf(SECRETS)).toBeUndefined();
	});
});

describe('the verification of a URL (doc 90930)', () => {
	const echo = (text: string) => {
		const echostr = encrypt(SECRETS.encodingAesKey, text, SECRETS.receiveId);
		return { ...signedQuery(echostr), echostr };
	};

	it('gives the text as it is, also when a plus sign arrived as a space', () => {
		for (let count = 0; count < 20; count++) {
			const query = echo('1616140317555161061');
			const decodedTwice = { ...query, echostr: query.echostr.replaceAll('+', ' ') };
			expect(openEchostr(SECRETS, query)).toBe('1616140317555161061');
			expect(openEchostr(SECRETS, decodedTwice)).toBe('1616140317555161061');
		}
	});

	it('refuses what is not signed, and what is not there', () => {
		const query = echo('1');
		expect(refusal(() => openEchostr(SECRETS, { ...query, nonce: '1' })).status).toBe(403);
		expect(refusal(() => openEchostr(SECRETS, { ...query, echostr: undefined })).status).toBe(400);
	});
});
