import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';
import { DrippingProxy } from './drippingProxy';

jest.mock('../../../nodes/shared/client/core/settings', () => ({
	...jest.requireActual<object>('../../../nodes/shared/client/core/settings'),
	REQUEST_TIMEOUT_MS: 300,
}));

const scenario = useScenario();

let proxy: DrippingProxy;
beforeEach(async () => {
	proxy = new DrippingProxy(scenario.sandbox.url);
	scenario.credential.edit({ baseUrl: await proxy.start() });
});
afterEach(async () => await proxy.stop());

const ofLin = { memberScope: 'chosen', members: ['lin'], output: 'details' };
const NO_ANSWER = 'There was no answer within 0.3 seconds';

describe('an answer that comes a byte at a time', () => {
	it('times out as one that does not come at all', async () => {
		proxy.drips.set(PATHS.customers, Infinity);
		const { error } = await scenario.listCustomers(ofLin);
		expect(error?.message).toBe(NO_ANSWER);
		// On a slow machine the time of a try may be over before it gets here.
		expect(scenario.sandbox.log.count(PATHS.customers)).toBeLessThanOrEqual(4);
		await closed();
	});

	it('is asked for again', async () => {
		proxy.drips.set(PATHS.customers, 1);
		const { status, items } = await scenario.listCustomers(ofLin);
		expect(status).toBe('success');
		expect(items).toHaveLength(scenario.customersOf('lin').length);
	});

	it('is a lost one where it was to tell of a task, which is found', async () => {
		proxy.drips.set(PATHS.create, 1);
		const [customer] = scenario.customersOf('lin');
		const { items } = await scenario.send({}, { input: [{ customer }] });
		expect(items[0]?.json).toMatchObject({ state: 'recovered' });
		expect(scenario.tasks()).toHaveLength(1);
		await closed();
	});

	it('keeps nobody from getting a token for longer than the time-out', async () => {
		proxy.drips.set(PATHS.token, 1);
		const runs = [1, 2, 3].map(async () => await scenario.listCustomers(ofLin));
		expect((await Promise.all(runs)).map(({ status }) => status)).toEqual([
			'success',
			'success',
			'success',
		]);
		expect(scenario.sandbox.log.count(PATHS.token)).toBe(2);
		await closed();
	});

	it('of the trial of a token leaves the token good', async () => {
		proxy.drips.set(PATHS.members, 1);
		const { status } = await scenario.listCustomers(ofLin);
		expect(status).toBe('success');
		expect(scenario.sandbox.log.count(PATHS.token)).toBe(1);
	});

	it('is let go of when the execution is stopped', async () => {
		proxy.drips.set(PATHS.customers, Infinity);
		const execution = scenario.engine.start({
			credential: scenario.credential,
			node: {
				parameters: {
					resource: 'customer',
					operation: 'list',
					returnAll: true,
					...ofLin,
					options: { requestTimeout: 60 },
				},
			},
		});
		await until(() => proxy.open === 1);
		execution.cancel();
		expect((await execution.result).status).toBe('canceled');
		await closed();
	});
});

/** The node has hung up. */
async function closed(): Promise<void> {
	await until(() => proxy.open === 0);
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) {
		await new Promise((resolve) => AbortSignal.timeout(10).addEventListener('abort', resolve));
	}
}
