import type { Sandbox } from '../index';
import { TestClient, useSandbox } from '../testClient';

const PATH = '/cgi-bin/gettoken';
const LIST = '/cgi-bin/externalcontact/list';

describe('gettoken (doc 91039)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox({ frozen: true }, (fresh) => ({ sandbox, client } = fresh));

	const ask = async (query: Record<string, string>) =>
		(await client.raw('GET', PATH, { query })).data;
	const right = () => ({ corpid: sandbox.corpId, corpsecret: sandbox.secret });

	test('gives the same token while it lives, with the time that remains', async () => {
		const first = await ask(right());
		expect(first).toEqual({
			errcode: 0,
			errmsg: 'ok',
			access_token: expect.stringMatching(/^[\w-]{214}$/),
			expires_in: 7200,
		});
		sandbox.clock.advance(7199);
		expect(await ask(right())).toMatchObject({ access_token: first.access_token, expires_in: 1 });
		sandbox.clock.advance(1);
		const second = await ask(right());
		expect(second.access_token).not.toBe(first.access_token);
	});

	test('A14: a corp may repeat the full time', async () => {
		sandbox.world.settings.repeatedExpiresIn = 'full';
		await ask(right());
		sandbox.clock.advance(100);
		expect(await ask(right())).toMatchObject({ expires_in: 7200 });
	});

	test.each([0, -1, 99_999_999])(
		'A78: expires_in may be %i; the token lives on',
		async (expiresIn) => {
			sandbox.world.settings.expiresIn = expiresIn;
			const first = await ask(right());
			expect(first.expires_in).toBe(expiresIn);
			sandbox.clock.advance(7199);
			const query = { access_token: first.access_token as string, userid: 'lin' };
			expect((await client.raw('GET', LIST, { query })).data).toMatchObject({ errcode: 0 });
			expect((await ask(right())).access_token).toBe(first.access_token);
		},
	);

	test('A78: expires_in may be missing', async () => {
		sandbox.world.settings.expiresIn = 'absent';
		expect(Object.keys(await ask(right()))).toEqual(['errcode', 'errmsg', 'access_token']);
	});

	test.each([
		['nothing', {}, 41004],
		['only a corp ID', { corpid: 'wwx' }, 41004],
		['only a secret', { corpsecret: 'x' }, 41002],
		['an unknown corp', { corpid: 'wwx', corpsecret: 'x' }, 40013],
	])('%s is %s', async (_name, query, errcode) => {
		expect(await ask(query as Record<string, string>)).toMatchObject({ errcode });
	});

	test('a wrong secret is 40001, also that of another corp or of a disabled app', async () => {
		expect(await ask({ ...right(), corpsecret: 'wrong' })).toMatchObject({ errcode: 40001 });
		const other = [...sandbox.world.corps.values()][1];
		const secret = [...(other?.apps.values() ?? [])][0]?.secret ?? '';
		expect(await ask({ ...right(), corpsecret: secret })).toMatchObject({ errcode: 40001 });
		client.app.enabled = false;
		expect(await ask(right())).toMatchObject({ errcode: 40001 });
	});

	test('too many wrong secrets block the IP for an hour', async () => {
		sandbox.world.settings.wrongSecretsPerHour = 3;
		for (let attempt = 0; attempt < 3; attempt++) {
			expect(await ask({ ...right(), corpsecret: 'wrong' })).toMatchObject({ errcode: 40001 });
		}
		expect(await ask(right())).toMatchObject({ errcode: 45009 });
		sandbox.world.callerIp = '198.51.100.9';
		expect(await ask(right())).toMatchObject({ errcode: 0 });
		sandbox.world.callerIp = undefined;
		sandbox.clock.advance(3600);
		expect(await ask(right())).toMatchObject({ errcode: 0 });
	});

	test('an expired token is 42001', async () => {
		await client.signIn();
		sandbox.clock.advance(7200);
		expect(await client.get(LIST, { userid: 'lin' })).toMatchObject({
			errcode: 42001,
			external_userid: [],
		});
	});

	test('the platform may invalidate a token early; gettoken then gives a new one', async () => {
		const first = await client.signIn();
		sandbox.world.killToken();
		expect(await client.get(LIST, { userid: 'lin' })).toMatchObject({ errcode: 40014 });
		expect(await client.signIn()).not.toBe(first);
		sandbox.world.expireTokens();
		expect(await client.get(LIST, { userid: 'lin' })).toMatchObject({ errcode: 42001 });
	});

	test('a token sees its own corp only', async () => {
		const [, other] = [...sandbox.world.corps.values()];
		const stranger = new TestClient(sandbox, other);
		const mine = await client.get(LIST, { userid: 'lin' });
		const theirs = await stranger.get(LIST, { userid: 'lin' });
		expect(theirs.external_userid).toHaveLength(2);
		expect(mine.external_userid).not.toEqual(expect.arrayContaining(theirs.external_userid));
		expect(
			await stranger.get('/cgi-bin/externalcontact/get', {
				external_userid: mine.external_userid[0],
			}),
		).toMatchObject({ errcode: 40096 });
		const { msgid } = await client.contact('add_msg_template', {
			sender: 'lin',
			text: { content: 'Hi' },
		});
		expect(await stranger.contact('get_groupmsg_task', { msgid })).toMatchObject({
			errcode: 41047,
		});
		expect(await stranger.contact('cancel_groupmsg_send', { msgid })).toMatchObject({
			errcode: 41047,
		});
	});
});
