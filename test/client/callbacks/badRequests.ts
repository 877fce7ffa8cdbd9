import { randomBytes } from 'node:crypto';

import { encrypt } from '../../sandbox/callbacks/crypto';
import type { SentRequest } from './requests';
import {
	encryptBytes,
	EVENT_XML,
	padded,
	plainOf,
	request,
	SECRETS,
	signedQuery,
	xmlEnvelope,
} from './requests';

const OTHER_KEY = 'z'.repeat(42) + 'A';
const OTHER_CORP = 'wwfedcba9876543210';

/** One bit of a Base64 text's bytes turned over. */
function flipped(base64: string, at: number): string {
	const bytes = Buffer.from(base64, 'base64');
	const index = at < 0 ? bytes.length + at : at;
	bytes[index] = (bytes[index] ?? 0) ^ 1;
	return bytes.toString('base64');
}

/** A bad request, and the status that it gets. */
export type BadRequest = [about: string, status: number, request: SentRequest];

/** Messages that are WeCom's in form but not in content; correctly signed, so that decryption is what refuses them. */
function badCiphertexts(): BadRequest[] {
	const signed = (encrypted: string) => request({ encrypted });
	const plain = plainOf(EVENT_XML);
	const good = encryptBytes(padded(plain));
	const wrongPadding = padded(plain);
	wrongPadding[wrongPadding.length - 2] = 0;
	const refusedKey: Array<[string, string]> = [
		['not Base64', '茶'.repeat(64)],
		['Base64 with a space', `${good.slice(0, 40)} ${good.slice(40)}`],
		['URL-safe Base64', good.replace(/[+/]/g, '-').replace(/^./, '_')],
		['three equals signs', `${good}===`],
		['half a block', Buffer.from(good, 'base64').subarray(0, 24).toString('base64')],
		['one block', Buffer.from(good, 'base64').subarray(0, 16).toString('base64')],
		['last block cut off', Buffer.from(good, 'base64').subarray(0, -16).toString('base64')],
		['first block cut off', Buffer.from(good, 'base64').subarray(16).toString('base64')],
		['another key', encrypt(OTHER_KEY, EVENT_XML, SECRETS.receiveId)],
		['padding of 0', encryptBytes(padded(plain, 32 - (plain.length % 32), 0))],
		['padding of 33', encryptBytes(padded(plain, 32 - (plain.length % 32), 33))],
		['padding of 255', encryptBytes(padded(plain, 32 - (plain.length % 32), 255))],
		['padding with another byte in it', encryptBytes(wrongPadding)],
		[
			'padding to a multiple of 16 only',
			encryptBytes(
				padded(Buffer.concat([Buffer.alloc(20), Buffer.alloc(12), Buffer.alloc(10)]), 6),
			),
		],
		['nothing but padding', encryptBytes(Buffer.alloc(32, 32))],
		['no length', encryptBytes(padded(Buffer.alloc(18)))],
		[
			'a length of one too many',
			encryptBytes(padded(plainOf(EVENT_XML, { length: plain.length - 19 }))),
		],
		['the greatest length', encryptBytes(padded(plainOf(EVENT_XML, { length: 0xffffffff })))],
		['a length of 2^31', encryptBytes(padded(plainOf(EVENT_XML, { length: 0x80000000 })))],
		[
			'a length that swallows the receiver',
			encryptBytes(padded(plainOf(EVENT_XML, { length: plain.length - 20 }))),
		],
		['a length of 0', encryptBytes(padded(plainOf(EVENT_XML, { length: 0 })))],
		[
			'a length of one too few',
			encryptBytes(padded(plainOf(EVENT_XML, { length: Buffer.byteLength(EVENT_XML) - 1 }))),
		],
		['another corporation', encrypt(SECRETS.encodingAesKey, EVENT_XML, OTHER_CORP)],
		['no corporation', encrypt(SECRETS.encodingAesKey, EVENT_XML, '')],
		[
			'the beginning of the corp ID',
			encrypt(SECRETS.encodingAesKey, EVENT_XML, SECRETS.receiveId.slice(0, -1)),
		],
		['more than the corp ID', encrypt(SECRETS.encodingAesKey, EVENT_XML, `${SECRETS.receiveId}0`)],
		[
			'the corp ID in capitals',
			encrypt(SECRETS.encodingAesKey, EVENT_XML, SECRETS.receiveId.toUpperCase()),
		],
		[
			'the corp ID and a null',
			encrypt(SECRETS.encodingAesKey, EVENT_XML, `${SECRETS.receiveId}\0`),
		],
		['a corp ID in Chinese', encrypt(SECRETS.encodingAesKey, EVENT_XML, '茶叶公司')],
		['last bit of the padding turned over', flipped(good, -17)],
	];
	const refusedContent: Array<[string, string]> = [
		['empty', ''],
		['blank', ' \r\n\t'],
		['text', '茶'],
		['null', 'null'],
		['nulls', '\0'.repeat(100)],
		['a JSON array', '[]'],
		['broken JSON', '{"Event":'],
		['cut XML', EVENT_XML.slice(0, -10)],
		['two roots', `${EVENT_XML}<xml></xml>`],
		['wrong nesting', '<xml><A><B></A></B></xml>'],
		['an open CDATA section', '<xml><A><![CDATA[a</A></xml>'],
		[']]> outside of CDATA that closes too early', '<xml><A><![CDATA[a]]>]]><</A></xml>'],
		['an element named __proto__', '<xml><__proto__><x>1</x></__proto__></xml>'],
		['a comment', '<xml><!-- --><A>1</A></xml>'],
		['a processing instruction', '<xml><?php 1 ?></xml>'],
		['entities of its own', '<!DOCTYPE x [<!ENTITY a "aa">]><xml><A>&a;</A></xml>'],
		['too deep', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
	];
	return [
		...refusedKey.map(([about, encrypted]): BadRequest => [about, 403, signed(encrypted)]),
		...refusedContent.map(
			([about, message]): BadRequest => [`message: ${about}`, 400, request({ message })],
		),
	];
}

function badSignatures(): BadRequest[] {
	const encrypted = encrypt(SECRETS.encodingAesKey, EVENT_XML, SECRETS.receiveId);
	const query = signedQuery(encrypted);
	const changed = (more: Partial<typeof query>) => ({ ...query, ...more });
	const without = (name: keyof typeof query) =>
		Object.fromEntries(Object.entries(query).filter(([key]) => key !== name));
	const flips = [0, 15, 16, 20, 40, -1].map(
		(at): BadRequest => [
			`bit of byte ${at} turned over`,
			403,
			request({ encrypted: flipped(encrypted, at), query }),
		],
	);
	const queries: Array<[string, number, Record<string, string>]> = [
		['another token', 403, signedQuery(encrypted, 'otherToken')],
		['signature in capitals', 403, changed({ msg_signature: query.msg_signature.toUpperCase() })],
		['signature cut', 403, changed({ msg_signature: query.msg_signature.slice(0, -1) })],
		['signature longer', 403, changed({ msg_signature: `${query.msg_signature}0` })],
		['signature of nulls', 403, changed({ msg_signature: '\0'.repeat(40) })],
		['signature in Chinese', 403, changed({ msg_signature: '签'.repeat(40) })],
		['another timestamp', 403, changed({ timestamp: '1764550002' })],
		['another nonce', 403, changed({ nonce: '1372623150' })],
		['timestamp and nonce exchanged with the token', 403, changed({ nonce: SECRETS.token })],
		['no signature', 400, without('msg_signature')],
		['no timestamp', 400, without('timestamp')],
		['no nonce', 400, without('nonce')],
		['empty signature', 400, changed({ msg_signature: '' })],
		['no query', 400, {}],
		[
			'repeated signature',
			400,
			{ ...without('msg_signature'), 'msg_signature[]': query.msg_signature },
		],
	];
	return [
		...flips,
		...queries.map(
			([about, status, given]): BadRequest => [about, status, request({ encrypted, query: given })],
		),
	];
}

/** Bodies that are not the envelope, with a query that would fit. */
function badEnvelopes(): BadRequest[] {
	const encrypted = encrypt(SECRETS.encodingAesKey, EVENT_XML, SECRETS.receiveId);
	const query = signedQuery(encrypted);
	const xml = xmlEnvelope(encrypted);
	const entities = Array.from({ length: 20 }, (_, index) =>
		index === 0 ? '<!ENTITY e0 "lol">' : `<!ENTITY e${index} "${`&e${index - 1};`.repeat(10)}">`,
	).join('');
	const bodies: Array<[string, number, string | Buffer]> = [
		['empty', 400, ''],
		['one null', 400, '\0'],
		['nulls', 400, Buffer.alloc(4_096)],
		['random bytes', 400, randomBytes(4_096)],
		['HTML', 400, '<!DOCTYPE html><html><body>Hi</body></html>'],
		['a form', 400, `Encrypt=${encodeURIComponent(encrypted)}`],
		['only the encrypted text', 400, encrypted],
		['cut in the middle', 400, xml.slice(0, xml.length / 2)],
		['cut before the last character', 400, xml.slice(0, -1)],
		['UTF-16', 400, Buffer.from(xml, 'utf16le')],
		['encrypt in lower case', 400, xml.replaceAll('Encrypt', 'encrypt')],
		['two Encrypt', 400, xml.replace('</xml>', `<Encrypt>${encrypted}</Encrypt></xml>`)],
		['Encrypt with children', 400, `<xml><Encrypt><a>${encrypted}</a></Encrypt></xml>`],
		['Encrypt one level deeper', 400, `<xml><a><Encrypt>${encrypted}</Encrypt></a></xml>`],
		['empty Encrypt', 400, '<xml><Encrypt/></xml>'],
		['the message, not encrypted', 400, EVENT_XML],
		['an entity bomb', 400, `<!DOCTYPE x [${entities}]><xml><Encrypt>&e19;</Encrypt></xml>`],
		['an entity that nobody defined', 403, '<xml><Encrypt>&e19;</Encrypt></xml>'],
		[
			'an external entity',
			400,
			`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace(encrypted, '&e;')}`,
		],
		['elements 20,000 deep', 400, '<a>'.repeat(20_000)],
		['200,000 siblings', 400, `<xml>${'<a/>'.repeat(200_000)}</xml>`],
		['a million ampersands', 400, `<xml>${'&'.repeat(1_000_000)}</xml>`],
		['JSON null', 400, 'null'],
		['a JSON array', 400, `[${JSON.stringify(encrypted)}]`],
		['JSON without encrypt', 400, '{"tousername":"x"}'],
		['JSON with a number', 403, '{"encrypt":1}'],
		['JSON with an object', 400, `{"encrypt":{"encrypt":"${encrypted}"}}`],
		['JSON with null', 400, '{"encrypt":null}'],
		['JSON with a prototype', 400, `{"__proto__":{"encrypt":"${encrypted}"}}`],
		['JSON 100,000 deep', 400, `{"a":${'['.repeat(100_000)}`],
		['a byte above 1 MB', 413, Buffer.alloc(1024 * 1024 + 1, 'a')],
		['15 MB', 413, Buffer.alloc(15 * 1024 * 1024, 'a')],
	];
	return bodies.map(([about, status, body]) => [
		`body: ${about}`,
		status,
		request({ body, query, contentType: 'application/octet-stream' }),
	]);
}

/** More than sixty of them. */
export const badRequests: BadRequest[] = [
	...badSignatures(),
	...badCiphertexts(),
	...badEnvelopes(),
];
