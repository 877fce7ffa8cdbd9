import { PATHS } from '../../harness/requests';
import { continueOnFail, useScenario } from '../../harness/scenario';
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

it('tries a wrong secret once, however many items there are', async () => {
	scenario.credential.edit({ secret: 'not the secret' });
	const { items } = await scenario.listCustomers(ofLin, {
		input: Array.from({ length: 20 }, () => ({})),
		...continueOnFail,
	});
	expect(items).toHaveLength(20);
	expect(items.every(({ json }) => json.error === 'WeCom refused the secret')).toBe(true);
	expect(scenario.sandbox.log.count(PATHS.token)).toBe(1);
});

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
