import { useCustomerService } from '../../harness/customerService';
import { PATHS } from '../../harness/requests';
import { continueOnFail } from '../../harness/scenario';

const scenario = useCustomerService();

it('waits a minute for a limit of calls that lasts, not a minute per item', async () => {
	const { clock, faults, log } = scenario.sandbox;
	faults.add({ path: PATHS.reply, fault: { kind: 'errcode', errcode: 45009 } });
	const input = [0, 1, 2].map((position) => scenario.heard('Hello', position));
	const startedAt = clock.now();
	const { items } = await scenario.reply({}, { input, ...continueOnFail });
	expect(clock.now() - startedAt).toBe(60);
	expect(log.count(PATHS.reply)).toBe(4);
	for (const { json } of items) {
		expect(json).toMatchObject({
			error: 'WeCom limits the number of calls',
			details: { errcode: 45009, retryable: true },
		});
	}
	expect(scenario.texts()).toEqual([]);
});

it('asks once for a token that nobody gives, not for every item', async () => {
	const { faults, log } = scenario.sandbox;
	faults.add({ path: PATHS.token, fault: { kind: 'errcode', errcode: -1 } });
	const input = [0, 1, 2].map((position) => scenario.heard('Hello', position));
	const { items } = await scenario.reply({}, { input, ...continueOnFail });
	const asked = log.count(PATHS.token);
	expect(items.map(({ json }) => typeof json.error)).toEqual(['string', 'string', 'string']);
	expect(asked).toBeLessThanOrEqual(4);
	expect(log.count(PATHS.reply)).toBe(0);
});

it('says a hint once per run, however many items have it to say', async () => {
	const { hints, items } = await scenario.run(
		{ resource: 'customer', operation: 'get', customers: 'wmNobody' },
		{ input: Array.from({ length: 20 }, () => ({})) },
	);
	expect(items).toHaveLength(20);
	expect(hints).toHaveLength(1);
});
