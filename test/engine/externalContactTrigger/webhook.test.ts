import { encrypt } from '../../sandbox/callbacks/crypto';
import { badRequests } from '../../client/callbacks/badRequests';
import { EVENT_XML, request, SECRETS, signedQuery } from '../../client/callbacks/requests';
import { fireCallback, verifyCallbackUrl } from '../../sandbox';
import { useScenario } from '../../harness/scenario';
import { eventRequest, resultsOf, send, useTrigger } from '../../harness/triggerScenario';

const scenario = useScenario();
const trigger = useTrigger(scenario);

/** Content types that n8n parses, each in its own way, and some that it does not. */
const CONTENT_TYPES = [
	'text/xml',
	'text/xml; charset=utf-8',
	'application/xml',
	'application/octet-stream',
	'text/plain',
	'application/x-www-form-urlencoded',
	undefined,
];

describe('WeCom', () => {
	it('verifies the URL, and its events start the workflow', async () => {
		const { world, corpId } = scenario.sandbox;
		const { token, encodingAesKey } = SECRETS;
		const server = await trigger.publish(
			{},
			{ credentials: [trigger.callbackCredential({ corpId })] },
		);
		const target = { url: server.url, token, encodingAesKey };
		expect(await verifyCallbackUrl(world, target)).toBe(true);
		expect(server.executions).toHaveLength(0);

		const event = { event: 'change_external_chat', changeType: 'create', nodes: { ChatId: 'wr1' } };
		expect(await fireCallback(world, target, event)).toMatchObject({ delivered: true });
		const [result] = await resultsOf(server);
		expect(result?.items[0]?.json).toMatchObject({ corp_id: corpId, chat_id: 'wr1' });
	});

	it.each(CONTENT_TYPES)('may call a message %s', async (contentType) => {
		const server = await trigger.publish();
		const answer = await send(server, { ...eventRequest(), contentType });
		expect(answer).toEqual({ status: 200, text: '' });
		const [result] = await resultsOf(server);
		expect(result?.status).toBe('success');
		expect(result?.items).toHaveLength(1);
		expect(result?.items[0]?.json).toMatchObject({ userid: 'lin', external_userid: 'wmAAAA1' });
	});

	it('may use the JSON envelope', async () => {
		const server = await trigger.publish();
		const encrypted = encrypt(SECRETS.encodingAesKey, EVENT_XML, SECRETS.receiveId);
		const body = JSON.stringify({ tousername: SECRETS.receiveId, encrypt: encrypted, agentid: '' });
		const sent = request({ body, query: signedQuery(encrypted), contentType: 'application/json' });
		expect(await send(server, sent)).toEqual({ status: 200, text: '' });
		expect(await resultsOf(server)).toHaveLength(1);
	});
});

describe('the verification of the URL', () => {
	const echostr = encrypt(SECRETS.encodingAesKey, '1616140317555161061', SECRETS.receiveId);
	const query = { ...signedQuery(echostr), echostr };
	const get = async (url: string, given: Record<string, string>, plain = false) => {
		const text = new URLSearchParams(given).toString();
		return await fetch(`${url}?${plain ? text.replaceAll('%2B', '+') : text}`);
	};

	it.each([false, true])('is answered with the bare text; plus signs plain: %s', async (plain) => {
		const server = await trigger.publish();
		const response = await get(server.url, query, plain);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect(await response.text()).toBe('1616140317555161061');
		expect(server.executions).toHaveLength(0);
	});

	it.each([
		['a wrong signature', 403, { ...query, msg_signature: '0'.repeat(40) }],
		['another text', 403, { ...query, echostr: `A${echostr.slice(1)}x` }],
		['no text', 400, signedQuery(echostr)],
		['nothing', 400, {}],
	])('is refused: %s', async (_, status, given) => {
		const server = await trigger.publish();
		const response = await get(server.url, given as Record<string, string>);
		expect([response.status, await response.text()]).toEqual([status, '']);
		expect(server.log).toHaveLength(1);
	});

	it('tells in the log which value of the credential differs from WeCom', async () => {
		for (const [data, label] of [
			[{ token: 'other' }, "'Token'"],
			[{ encodingAesKeySecret: 'o'.repeat(43) }, "'EncodingAESKey'"],
			[{ corpId: 'ww9999999999999999' }, "'Corp ID'"],
		] as const) {
			const credentials = [trigger.callbackCredential(data)];
			const server = await trigger.publish({}, { credentials });
			expect((await get(server.url, query)).status).toBe(403);
			expect(server.log).toEqual([expect.stringContaining(label) as string]);
		}
	});

	it('takes values that were copied with the spaces around them', async () => {
		const { token, encodingAesKey, receiveId } = SECRETS;
		const credentials = [
			trigger.callbackCredential({
				token: ` ${token}\n`,
				encodingAesKeySecret: `\t${encodingAesKey} `,
				corpId: ` ${receiveId} `,
			}),
		];
		const server = await trigger.publish({}, { credentials });
		expect((await get(server.url, query)).status).toBe(200);
	});
});

describe('a request that is not WeCom’s', () => {
	it('gets a status without a text, starts nothing, fails nothing, and leaves one line without secrets', async () => {
		const server = await trigger.publish();
		for (const [about, status, sent] of badRequests) {
			server.log.length = 0;
			const answer = await send(server, sent);
			expect([about, answer]).toEqual([about, { status, text: '' }]);
			expect([about, server.log.length]).toEqual([about, 1]);
			const [line = ''] = server.log;
			expect(line).toContain(`refused a request with HTTP ${status}`);
			for (const secret of [...Object.values(SECRETS), 'wmAAAA1', 'passwd', sent.query.nonce]) {
				if (secret) expect([about, line.includes(secret)]).toEqual([about, false]);
			}
		}
		expect(server.executions).toHaveLength(0);
		expect(server.failures).toEqual([]);

		expect((await send(server, eventRequest())).status).toBe(200);
		expect(await resultsOf(server)).toHaveLength(1);
	});

	it.each([...CONTENT_TYPES, 'application/json', 'multipart/form-data; boundary=x'])(
		'starts nothing with content type %s',
		async (contentType) => {
			const server = await trigger.publish();
			for (const body of ['', '\0', '{"encrypt":1}', '<xml><Encrypt>x</Encrypt></xml>', '茶']) {
				const { status } = await send(server, { query: {}, body: Buffer.from(body), contentType });
				expect([body, status >= 400 && status < 500]).toEqual([body, true]);
			}
			expect([server.executions, server.failures]).toEqual([[], []]);
		},
	);

	it('may be a form, of which n8n keeps no bytes', async () => {
		const server = await trigger.publish();
		const contentType = 'multipart/form-data; boundary=x';
		expect(await send(server, { ...eventRequest(), contentType })).toEqual({
			status: 400,
			text: '',
		});
	});

	it('says its size in vain', async () => {
		const server = await trigger.publish();
		const body = Buffer.alloc(17 * 1024 * 1024);
		expect(
			(await send(server, { ...eventRequest(), body, contentType: 'text/plain' })).status,
		).toBe(500);
		expect([server.executions, server.failures]).toEqual([[], []]);
	});
});

describe('without a usable credential', () => {
	it.each([
		['malformed', () => [trigger.callbackCredential({ encodingAesKeySecret: 'short' })]],
		['missing', () => []],
	])('WeCom is asked to come again: %s', async (_, credentials) => {
		const server = await trigger.publish({}, { credentials: credentials() });
		expect(await send(server, eventRequest())).toEqual({ status: 500, text: '' });
		expect(server.log).toEqual([expect.stringContaining('The credential') as string]);
		expect([server.executions, server.failures]).toEqual([[], []]);
	});
});
