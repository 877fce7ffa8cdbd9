import type { IDataObject } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { OTHER_AGENT_ID, stableCorpId } from '../sandbox';
import { PATHS } from '../harness/requests';
import type { Scenario } from '../harness/scenario';
import { byId, customersOf, startScenario } from '../harness/scenario';

let scenario: Scenario;
beforeEach(async () => {
	scenario = await startScenario();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await scenario.stop();
});

const TRUSTED = '198.51.100.1';
const CALLER = '203.0.113.7';

function distrustCaller(): void {
	const { world } = scenario.sandbox;
	for (const app of world.corp.apps.values()) app.trustedIps = [TRUSTED];
	world.callerIp = CALLER;
}

async function listCustomers(
	run: Parameters<Scenario['run']>[1] = {},
	parameters: IDataObject = {},
) {
	return await scenario.run(
		{
			resource: 'customer',
			operation: 'list',
			memberScope: 'chosen',
			members: ['lin'],
			output: 'details',
			returnAll: true,
			...parameters,
		},
		run,
	);
}

/** The second corporation of the sandbox, with a member of the same user ID. */
function otherCorp() {
	const corp = [...scenario.sandbox.world.corps.values()][1];
	const app = [...(corp?.apps.values() ?? [])][0];
	return { corp, edit: { corpId: corp?.corpId ?? '', secret: app?.secret ?? '' } };
}

describe('the credential test', () => {
	it('is successful with the right values, and stores the token', async () => {
		expect(await scenario.engine.testCredential(scenario.credential)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	const cases: Array<[string, () => void, RegExp]> = [
		[
			'a corp ID that does not exist',
			() => scenario.credential.edit({ corpId: stableCorpId('nobody') }),
			/^WeCom does not know this corp ID\. Copy the corp ID .* \(errcode 40013\)$/,
		],
		[
			'an empty secret',
			() => scenario.credential.edit({ secret: ' ' }),
			/^The secret is missing\. .* \(errcode 41004\)$/,
		],
		[
			'a wrong secret',
			() => scenario.credential.edit({ secret: 'not the secret' }),
			/^WeCom refused the secret\. Copy the secret .* \(errcode 40001\)$/,
		],
		[
			'an IP that the app does not trust, and names it',
			distrustCaller,
			/^This server's IP 203\.0\.113\.7 is not trusted by the app\. .* add the IP\. It takes about a minute\. \(errcode 60020\)$/,
		],
		[
			'an app that may not call customer contact',
			() =>
				scenario.credential.edit({
					secret: scenario.sandbox.world.corp.apps.get(OTHER_AGENT_ID)?.secret ?? '',
				}),
			/^The app may not call the customer contact API\. .* \(errcode 48002\)$/,
		],
		[
			'an IP that is blocked after many wrong secrets',
			() =>
				scenario.sandbox.faults.add({
					path: PATHS.token,
					fault: { kind: 'errcode', errcode: 45009 },
				}),
			/blocked this IP for an hour\. \(errcode 45009\)$/,
		],
		[
			'something that is no web address',
			() => scenario.credential.edit({ baseUrl: 'qyapi.weixin.qq.com' }),
			/^The API Base URL is not a web address\. /,
		],
		[
			'an address that goes on to the API',
			() => scenario.credential.edit({ baseUrl: `${scenario.sandbox.url}/cgi-bin/` }),
			/^The API Base URL goes too far\. Leave out \/cgi-bin/,
		],
		[
			'an unencrypted address of another machine',
			() => scenario.credential.edit({ baseUrl: 'http://proxy.example' }),
			/^The API Base URL is not encrypted\. /,
		],
		[
			'an address where nobody listens',
			() => scenario.credential.edit({ baseUrl: 'http://127.0.0.1:9' }),
			/^The server refused the connection\. Check the API Base URL/,
		],
		[
			'a login page in front of WeCom',
			() => scenario.sandbox.faults.add({ path: PATHS.token, fault: { kind: 'html' } }),
			/^The server answered something else than JSON\. A proxy/,
		],
		[
			'something that seems to answer for WeCom, but gives no token',
			() =>
				scenario.sandbox.faults.add({
					path: PATHS.token,
					fault: { kind: 'notJson', body: '{"errcode":0,"errmsg":"ok"}' },
				}),
			/^The server answered without access_token\. A proxy/,
		],
		[
			'a proxy that fails',
			() =>
				scenario.sandbox.faults.add({
					path: PATHS.token,
					fault: { kind: 'httpStatus', status: 502 },
				}),
			/^The server answered HTTP 502 instead of a WeCom answer\. /,
		],
	];

	it.each(cases)('tells what to do about %s', async (_, arrange, message) => {
		arrange();
		const result = await scenario.engine.testCredential(scenario.credential);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		expect(JSON.stringify(result)).not.toContain(scenario.sandbox.secret);
	});

	it.each(cases)('does so too when an older token is stored: %s', async (_, arrange, message) => {
		await listCustomers();
		const now = Date.now();
		jest.spyOn(Date, 'now').mockImplementation(() => now + 120_000);
		arrange();
		expect((await scenario.engine.testCredential(scenario.credential)).message).toMatch(message);
	});
});

describe('the token', () => {
	it('is made once and shared by all executions', async () => {
		await listCustomers();
		await listCustomers();
		expect(scenario.sandbox.log.count(PATHS.token)).toBe(1);
		expect(scenario.credential.writes).toBe(1);
	});

	it('is made once for executions that start together', async () => {
		const runs = await Promise.all(Array.from({ length: 5 }, async () => await listCustomers()));
		expect(runs.map((run) => run.status)).toEqual(Array.from({ length: 5 }, () => 'success'));
		expect(scenario.sandbox.log.count(PATHS.token)).toBe(1);
	});

	it.each([40014, 42001] as const)(
		'is refreshed once when it dies (%s) with several requests in flight',
		async (errcode) => {
			const { sandbox, credential } = scenario;
			await listCustomers();
			sandbox.world.killToken(errcode);
			sandbox.log.clear();

			const { status, items } = await listCustomers({}, { memberScope: 'all', output: 'members' });
			expect(status).toBe('success');
			expect(items).toHaveLength(3);
			expect(sandbox.log.count(PATHS.token)).toBe(1);
			expect(credential.writes).toBe(2);
		},
	);

	it('is refreshed in the middle of a broadcast without a second task', async () => {
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'killToken' } });
		const rows = ['lin', 'wei', 'chen'].map((member) => ({
			member,
			external_userid: customersOf(sandbox, member)[5] ?? '',
		}));
		const { items } = await scenario.run(
			{
				resource: 'message',
				operation: 'broadcast',
				sendTo: 'inputItems',
				idField: 'external_userid',
				sentBy: 'member',
				member: byId('={{ $json.member }}'),
				text: 'Hello',
			},
			{ input: rows },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
		expect(sandbox.world.tasks()).toHaveLength(3);
		expect(sandbox.log.count(PATHS.token)).toBe(2);
	});

	it('is not asked for again when WeCom refuses the new one too', async () => {
		const { sandbox } = scenario;
		sandbox.faults.add({
			path: PATHS.customers,
			fault: { kind: 'errcode', errcode: 40014, errmsg: 'invalid access_token' },
		});
		const { error } = await listCustomers();
		expect(error).toMatchObject({
			message: 'WeCom refused the access token',
			description:
				'The token is refreshed by itself; if this stays, check the secret. WeCom: errcode 40014.',
		});
		expect(sandbox.log.count(PATHS.token)).toBeLessThanOrEqual(2);
		expect(sandbox.log.count(PATHS.customers)).toBeLessThanOrEqual(2);
	});

	it('is replaced before WeCom ends it', async () => {
		await listCustomers();
		const stored = JSON.parse(scenario.credential.data.accessToken as string) as IDataObject;
		scenario.credential.edit({
			accessToken: JSON.stringify({ ...stored, expiresAt: Date.now() - 1, obtainedAt: 0 }),
		});
		const refused = scenario.sandbox.log
			.calls(PATHS.customers)
			.filter(({ errcode }) => errcode !== 0);
		const { status } = await listCustomers();
		expect(status).toBe('success');
		expect(refused).toEqual([]);
	});

	it('of another corporation is never used after the credential was edited', async () => {
		const { sandbox, credential } = scenario;
		const first = await listCustomers();
		const other = otherCorp();
		credential.edit(other.edit);
		sandbox.log.clear();
		const second = await listCustomers();

		const idsOf = (result: typeof first) => result.items.map(({ json }) => json.external_userid);
		expect(idsOf(second)).toEqual(
			other.corp?.members.get('lin')?.relations.map(({ customer }) => customer.externalUserid),
		);
		expect(idsOf(second)).not.toEqual(idsOf(first));
		expect(sandbox.log.calls(PATHS.customers).map(({ tokenIndex }) => tokenIndex)).toEqual([2]);
	});

	it('goes to no other host than the API Base URL', async () => {
		await listCustomers();
		const { data } = scenario.credential;
		const request = { url: 'https://elsewhere.example/cgi-bin/externalcontact/list' };
		await expect(new WeComExternalContactApi().authenticate(data, request)).rejects.toThrow(
			'The access token is sent to the API Base URL of the credential only',
		);
		expect(request).not.toHaveProperty('qs');
	});
});

describe('in a run', () => {
	const cases: Array<[string, () => void, RegExp, RegExp]> = [
		[
			'a wrong corp ID',
			() => scenario.credential.edit({ corpId: stableCorpId('nobody') }),
			/^WeCom does not know this corp ID$/,
			/Copy the corp ID.*errcode 40013/,
		],
		[
			'a wrong secret',
			() => scenario.credential.edit({ secret: 'not the secret' }),
			/^WeCom refused the secret$/,
			/Copy the secret.*errcode 40001/,
		],
		[
			'an untrusted IP',
			distrustCaller,
			/^This server's IP 203\.0\.113\.7 is not trusted by the app$/,
			/about a minute.*errcode 60020/,
		],
		[
			'nobody listening',
			() => scenario.credential.edit({ baseUrl: 'http://127.0.0.1:9' }),
			/^The server refused the connection$/,
			/Check the API Base URL/,
		],
	];

	it.each(cases)(
		'%s fails with message, description and item',
		async (_, arrange, message, text) => {
			arrange();
			const { status, error } = await listCustomers();
			expect(status).toBe('error');
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(text);
			expect(error?.context).toMatchObject({ itemIndex: 0 });
		},
	);

	it('a wrong secret is tried once, however many items there are', async () => {
		scenario.credential.edit({ secret: 'not the secret' });
		const { items } = await listCustomers({
			input: Array.from({ length: 20 }, () => ({})),
			node: { parameters: {}, onError: 'continueRegularOutput' },
		});
		expect(items).toHaveLength(20);
		expect(items.every(({ json }) => json.error === 'WeCom refused the secret')).toBe(true);
		expect(scenario.sandbox.log.count(PATHS.token)).toBe(1);
	});

	it('no token and no secret is in anything that n8n stores', async () => {
		const { sandbox, credential } = scenario;
		const results = [await listCustomers()];
		const { token } = JSON.parse(credential.data.accessToken as string) as { token: string };
		sandbox.faults.add({
			path: PATHS.customers,
			times: 1,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		results.push(await listCustomers());
		sandbox.faults.add({ path: PATHS.customers, fault: { kind: 'reset' } });
		results.push(await listCustomers());
		sandbox.faults.add({ path: PATHS.token, fault: { kind: 'reset' } });
		credential.edit({ accessToken: '' });
		results.push(await listCustomers());

		expect(results.map(({ status }) => status)).toEqual(['success', 'error', 'error', 'error']);
		const stored = JSON.stringify(
			results.map(({ stored: record, error }) => [record, error?.stack]),
		);
		expect(token.length).toBeGreaterThan(10);
		expect(stored).not.toContain(token);
		expect(stored).not.toContain(sandbox.secret);
	});
});
