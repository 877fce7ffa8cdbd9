import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

// Long enough for a slow machine to answer in time.
jest.mock('../../../nodes/shared/client/core/settings', () => ({
	...jest.requireActual<object>('../../../nodes/shared/client/core/settings'),
	REQUEST_TIMEOUT_MS: 20_000,
}));

const scenario = useScenario();

it('a slow token has its own time, not that of the request that waits for it', async () => {
	scenario.sandbox.faults.add({ path: PATHS.token, fault: { kind: 'delay', ms: 4_000 } });
	const [customer] = scenario.customersOf('lin');
	const { items } = await scenario.send(
		{ options: { requestTimeout: 3 } },
		{ input: [{ customer }] },
	);
	expect(items[0]?.json).toMatchObject({ state: 'created' });
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
});
