import { PATHS } from '../../harness/requests';
import { continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('waits a minute for a limit that lasts, not a minute per item', async () => {
	const { sandbox } = scenario;
	const customers = scenario.customersOf('lin').slice(0, 10);
	sandbox.faults.add({ path: PATHS.create, fault: { kind: 'errcode', errcode: 45009 } });
	const startedAt = sandbox.clock.now();
	const { items } = await scenario.send(
		{},
		{ input: customers.map((customer) => ({ customer })), ...continueOnFail },
	);
	expect(sandbox.clock.now() - startedAt).toBe(60);
	expect(sandbox.log.count(PATHS.create)).toBe(11);
	expect(items).toHaveLength(10);
	for (const { json } of items) {
		expect(json).toMatchObject({
			error: 'WeCom limits the number of calls',
			details: {
				errcode: 45009,
				retryable: true,
				hint: expect.stringContaining('This run has waited a minute already') as string,
			},
		});
	}
});
