import { clock } from '../../nodes/shared/adapters/clock';
import type { NodeScenario } from '../harness/scenario';
import type { Cell } from './cells';
import { Relay } from './relay';

export async function putRelayInFront({ sandbox, credential }: NodeScenario): Promise<Relay> {
	const relay = new Relay(Number(new URL(sandbox.url).port));
	await relay.open();
	credential.edit({ baseUrl: relay.url });
	return relay;
}

/** Makes the request fail that a cell names. */
export function arrange(
	{ fault, path, call, lasting }: Pick<Cell, 'fault' | 'path' | 'call' | 'lasting'>,
	{ sandbox }: NodeScenario,
	relay: Relay,
): void {
	if (fault.kind !== 'refused') {
		const calls = lasting ? Array.from({ length: 100 }, (_, index) => call + index) : call;
		sandbox.faults.add({ path, fault, call: calls });
		return;
	}
	// The node asks the clock before it creates a task, and waits before it repeats a request.
	const { now, sleep } = clock;
	clock.now = () => {
		if (sandbox.log.count(path) === call - 1) relay.refuse();
		return now();
	};
	clock.sleep = async (ms) => {
		if (!lasting) await relay.open();
		await sleep(ms);
	};
}
