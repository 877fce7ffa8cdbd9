import type { CredentialStore } from '../../harness/engine';
import { PATHS } from '../../harness/requests';
import { continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';
import type { Fault } from '../../sandbox';
import { stableCorpId } from '../../sandbox';
import { callFromUntrustedIp } from './untrustedIp';

const scenario = useScenario();

const ofLin = { memberScope: 'chosen', members: ['lin'], output: 'details' };

const cases: Array<[string, () => void, RegExp, RegExp]> = [
	[
		'a wrong corp ID',
		() => scenario.credential.edit({ corpId: stableCorpId('nobody') }),
		/^WeCom does not know this corp ID$/,
		/Copy the corp ID.*errcode 40013/s,
	],
	[
		'a wrong secret',
		() => scenario.credential.edit({ secret: 'not the secret' }),
		/^WeCom refused the secret$/,
		/Copy the secret.*errcode 40001/s,
	],
	[
		'an untrusted IP',
		() => callFromUntrustedIp(scenario),
		/^This server's IP 203\.0\.113\.7 is not trusted by the app$/,
		/about a minute.*errcode 60020/s,
	],
	[
		'nobody listening',
		() => scenario.credential.edit({ baseUrl: 'http://127.0.0.1:9' }),
		/^The server refused the connection$/,
		/Check 'API Base URL'/,
	],
];

it.each(cases)(
	'%s: the error has a message, a description and the item',
	async (_, arrange, message, text) => {
		arrange();
		const { status, error } = await scenario.listCustomers(ofLin);
		expect(status).toBe('error');
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(text);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
	},
);

it('says that no credential is chosen, and does not look for a task that nobody can have created', async () => {
	const { error } = await scenario.send(
		{},
		{ credential: undefined, input: [{ customer: scenario.customersOf('lin')[0] }] },
	);
	expect(error?.message).toMatch(/credential/i);
	expect(error?.message).not.toContain('may or may not');
	expect(scenario.sandbox.log.count()).toBe(0);
});

describe('a run that gets no token', () => {
	const allItems = { input: Array.from({ length: 20 }, () => ({})), ...continueOnFail };
	const answer = (errcode: number) => () => {
		scenario.sandbox.faults.add({ path: PATHS.token, fault: { kind: 'errcode', errcode } });
	};

	it.each<[string, () => void, number, string]>([
		[
			'a wrong secret',
			() => scenario.credential.edit({ secret: 'not the secret' }),
			1,
			'WeCom refused the secret',
		],
		[
			'an untrusted IP',
			() => callFromUntrustedIp(scenario),
			1,
			"This server's IP 203.0.113.7 is not trusted by the app",
		],
		[
			'an app that may not call',
			() => {
				for (const app of scenario.sandbox.world.corp.apps.values()) app.callable = false;
			},
			1,
			'The app may not call the customer contact API',
		],
		['too many token requests', answer(45009), 1, 'WeCom limits the number of calls'],
		['a busy WeCom', answer(-1), 4, 'WeCom is busy'],
		[
			'a token that is refused however new it is',
			() =>
				scenario.sandbox.faults.add({
					path: PATHS.customers,
					fault: { kind: 'errcode', errcode: 40014 },
				}),
			2,
			'WeCom refused the access token',
		],
	])(
		'because of %s asks for it no more, however many items there are',
		async (_, arrange, tokens, error) => {
			arrange();
			const { items } = await scenario.listCustomers(ofLin, allItems);
			expect(items.map(({ json }) => json.error)).toEqual(Array.from({ length: 20 }, () => error));
			expect(scenario.sandbox.log.count(PATHS.token)).toBe(tokens);
		},
	);

	it('because nobody listens waits for the retries of one item', async () => {
		const { credential, sandbox } = scenario;
		credential.edit({ baseUrl: 'http://127.0.0.1:9' });
		const startedAt = sandbox.clock.now();
		const { items } = await scenario.listCustomers(ofLin, allItems);
		expect(items.map(({ json }) => json.error)).toEqual(
			Array.from({ length: 20 }, () => 'The server refused the connection'),
		);
		expect(sandbox.clock.now() - startedAt).toBeLessThan(10);
	});

	it('asks again when Retry On Fail runs it again', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.token,
			times: 1,
			fault: { kind: 'errcode', errcode: 48002 },
		});
		const { status } = await scenario.listCustomers(ofLin, retryOnFail);
		expect(status).toBe('success');
	});
});

describe('a proxy that quotes the URL in what it answers', () => {
	const quoting = (query: Record<string, string>): Fault => ({
		kind: 'errcode',
		errcode: 40058,
		errmsg: `GET https://proxy.example/x?${new URLSearchParams(query).toString()} or ${Object.values(query).join()}`,
	});

	it('tells nobody the access token, be it good or refused', async () => {
		const { sandbox, credential } = scenario;
		await scenario.listCustomers(ofLin);
		const refused = tokenOf(credential);
		sandbox.world.killToken();
		await scenario.listCustomers(ofLin);
		const current = tokenOf(credential);
		expect(current).not.toBe(refused);

		sandbox.world.killToken();
		sandbox.faults.add({
			path: PATHS.customers,
			call: 2,
			fault: quoting({ access_token: current }),
		});
		const { items, stored } = await scenario.listCustomers(ofLin, continueOnFail);
		expect(items[0]?.json.details).toMatchObject({
			hint: expect.stringContaining('https://proxy.example/x?access_token=*** or ***') as string,
		});
		expect(JSON.stringify(stored)).not.toContain(current);
		expect(JSON.stringify(stored)).not.toContain(tokenOf(credential));
	});

	it('tells nobody the secret', async () => {
		const { sandbox, credential } = scenario;
		credential.edit({ secret: 'a secret/with +' });
		sandbox.faults.add({
			path: PATHS.token,
			fault: quoting({ corpid: sandbox.corpId, corpsecret: 'a secret/with +' }),
		});
		const { items, stored } = await scenario.listCustomers(ofLin, continueOnFail);
		expect(items[0]?.json.details).toMatchObject({
			hint: expect.stringMatching(/&corpsecret=\*\*\* or .*,\*\*\*/) as string,
		});
		expect(JSON.stringify(stored)).not.toMatch(/a.secret/);
	});
});

function tokenOf({ data }: CredentialStore): string {
	return (JSON.parse(data.accessToken as string) as { token: string }).token;
}

it('leaves no token and no secret in anything that n8n stores', async () => {
	const { sandbox, credential } = scenario;
	const results = [await scenario.listCustomers(ofLin)];
	const { token } = JSON.parse(credential.data.accessToken as string) as { token: string };
	sandbox.faults.add({
		path: PATHS.customers,
		times: 1,
		fault: { kind: 'errcode', errcode: 40058 },
	});
	results.push(await scenario.listCustomers(ofLin));
	sandbox.faults.add({ path: PATHS.customers, fault: { kind: 'reset' } });
	results.push(await scenario.listCustomers(ofLin));
	sandbox.faults.add({ path: PATHS.token, fault: { kind: 'reset' } });
	credential.edit({ accessToken: '' });
	results.push(await scenario.listCustomers(ofLin));

	expect(results.map(({ status }) => status)).toEqual(['success', 'error', 'error', 'error']);
	const stored = JSON.stringify(results.map(({ stored: record, error }) => [record, error?.stack]));
	expect(token.length).toBeGreaterThan(10);
	expect(stored).not.toContain(token);
	expect(stored).not.toContain(sandbox.secret);
});
