import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

const PATH = '/cgi-bin/get_api_domain_ip';

const run = async () =>
	await runExample(scenario, 'http-request.json', {
		fillIn: { 'HTTP Request': { url: scenario.sandbox.url + PATH } },
	});

it('calls an endpoint with the token of the credential and splits its answer', async () => {
	const result = await run();
	expect(result.error).toBeUndefined();
	const [answer] = result.output('HTTP Request');
	const ips = answer?.json.ip_list as string[];
	expect(ips.length).toBeGreaterThan(0);
	expect(result.output('Each IP').map(({ json }) => json)).toEqual(
		ips.map((ip_list) => ({ ip_list })),
	);
	expect(scenario.sandbox.log.count(PATH)).toBe(1);
});

it('stops with what WeCom says when it refuses', async () => {
	await run();
	const refusal = { kind: 'errcode', errcode: 60011, errmsg: 'no privilege' } as const;
	scenario.sandbox.faults.add({ path: PATH, fault: refusal });
	const { error, status } = await run();
	expect(status).toBe('error');
	expect(error?.message).toMatch(/^WeCom refused: no privilege.* \(60011\)$/);
});
