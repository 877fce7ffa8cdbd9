import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';
import { OTHER_AGENT_ID, stableCorpId } from '../../sandbox';
import { callFromUntrustedIp } from './untrustedIp';

const scenario = useScenario();

afterEach(() => {
	jest.restoreAllMocks();
});

const ofLin = { memberScope: 'chosen', members: ['lin'], output: 'details' };

it('succeeds with the right values and stores the token', async () => {
	expect(await scenario.engine.testCredential(scenario.credential)).toEqual({
		status: 'OK',
		message: 'Connection successful!',
	});
});

it.each([
	[-1, /^WeCom is busy\. .*\(errcode -1\)$/],
	[41001, /^The access token is missing\. .*no proxy removes the query.*\(errcode 41001\)$/],
	[45033, /^Too many calls at the same time\. .*\(errcode 45033\)$/],
	[48004, /\(errcode 48004\)$/],
])('fails where the read of customer contact is refused with %s', async (errcode, message) => {
	scenario.sandbox.faults.add({ path: PATHS.members, fault: { kind: 'errcode', errcode } });
	const result = await scenario.engine.testCredential(scenario.credential);
	expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) as string });
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
		() => callFromUntrustedIp(scenario),
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
		/^'API Base URL' is not a web address\. /,
	],
	[
		'an address that goes on to the API',
		() => scenario.credential.edit({ baseUrl: `${scenario.sandbox.url}/cgi-bin/` }),
		/^'API Base URL' must not contain \/cgi-bin\. Leave out \/cgi-bin/,
	],
	[
		'an unencrypted address of another machine',
		() => scenario.credential.edit({ baseUrl: 'http://proxy.example' }),
		/^'API Base URL' is not encrypted\. /,
	],
	[
		'an address where nobody listens',
		() => scenario.credential.edit({ baseUrl: 'http://127.0.0.1:9' }),
		/^The server refused the connection\. Check 'API Base URL'/,
	],
	[
		'a login page in front of WeCom',
		() => scenario.sandbox.faults.add({ path: PATHS.token, fault: { kind: 'html' } }),
		/^The server answered something other than JSON\. A proxy/,
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

it.each(cases)('says what to do about %s', async (_, arrange, message) => {
	arrange();
	const result = await scenario.engine.testCredential(scenario.credential);
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(message);
	expect(JSON.stringify(result)).not.toContain(scenario.sandbox.secret);
});

it.each(cases)('says so even when an older token is stored: %s', async (_, arrange, message) => {
	await scenario.listCustomers(ofLin);
	const now = Date.now();
	jest.spyOn(Date, 'now').mockImplementation(() => now + 120_000);
	arrange();
	expect((await scenario.engine.testCredential(scenario.credential)).message).toMatch(message);
});
