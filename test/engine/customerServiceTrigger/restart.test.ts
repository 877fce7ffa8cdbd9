/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits in tests; rule for shipped code */
import { setTimeout } from 'timers/promises';

import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';
import type { WebhookServer } from '../../harness/webhooks';

const scenario = useScenario({ kfPageRows: 7 });
const trigger = useServiceTrigger(scenario);

/** Writes as four customers, so many messages each; gives the msgids by customer. */
function writeAs(customers: string[], count: number): string[][] {
	const written = customers.map((): string[] => []);
	for (let number = 0; number < count; number++) {
		customers.forEach((customer, at) => written[at]?.push(trigger.write(customer, `${number}`)));
	}
	return written;
}

async function heardFrom(customers: string[], ...servers: WebhookServer[]): Promise<string[][]> {
	const rows: Array<Record<string, unknown>> = [];
	for (const { executions } of servers) {
		for (const { items } of await Promise.all(executions)) rows.push(items[0]?.json ?? {});
	}
	return customers.map((customer) =>
		rows.filter((row) => row.external_userid === customer).map(({ msgid }) => String(msgid)),
	);
}

const slow = (server: WebhookServer) => {
	server.whileRunning = async () => await setTimeout(3);
};

it.each([1, 5, 17, 33])(
	'n8n killed after %s executions: nothing lost, nothing twice, in order',
	async (deadAfter) => {
		const stored = trigger.newWorkflow();
		const customers = ['Ann', 'Bob', 'Cai', 'Dan'].map((name) => trigger.customer(name));
		const first = await trigger.publish({}, { stored });
		slow(first);
		const before = writeAs(customers, 9);
		while (first.executions.length < deadAfter) await setTimeout(1);
		await first.kill();
		// Nobody answers the bell.
		const meanwhile = writeAs(customers, 3);
		scenario.sandbox.clock.advance(60);
		const second = await trigger.publish({}, { stored, otherProcess: true });
		const after = writeAs(customers, 3);
		await trigger.executions(second, 60 - first.executions.length);

		const written = customers.map((_, at) => [
			...(before[at] ?? []),
			...(meanwhile[at] ?? []),
			...(after[at] ?? []),
		]);
		expect(await heardFrom(customers, first, second)).toEqual(written);
	},
);

it('on n8n 1, which refuses no repeats, a crash loses nothing and repeats only what n8n had not stored', async () => {
	const stored = trigger.newWorkflow();
	const customers = ['Ann', 'Bob'].map((name) => trigger.customer(name));
	const first = await trigger.publish({}, { stored, takesKeys: false });
	slow(first);
	const written = writeAs(customers, 10);
	while (first.executions.length < 8) await setTimeout(1);
	await first.kill();
	const second = await trigger.publish({}, { stored, takesKeys: false, otherProcess: true });
	await trigger.executions(second, 20 - first.executions.length);
	const heard = await heardFrom(customers, first, second);
	expect(heard.map((msgids) => [...new Set(msgids)])).toEqual(written);
	// At most the last two executions of each customer had not been written down.
	expect(heard.flat().length).toBeLessThanOrEqual(20 + 4);
});

it.each([true, false])(
	'a workflow that is published again repeats nothing, in the same process; n8n takes keys: %s',
	async (takesKeys) => {
		const stored = trigger.newWorkflow();
		const ann = trigger.customer();
		const first = await trigger.publish({}, { stored, takesKeys });
		const before = writeAs([ann], 5);
		await trigger.executions(first, 5);
		await first.stop();
		const second = await trigger.publish({}, { stored, takesKeys });
		const after = writeAs([ann], 2);
		await trigger.executions(second, 2);
		expect(await heardFrom([ann], first, second)).toEqual([[...before.flat(), ...after.flat()]]);
	},
);

it('a process that runs no triggers answers the bell and reads nothing: the one that does looks by itself', async () => {
	const stored = trigger.newWorkflow();
	const leader = await trigger.publish({}, { stored, otherProcess: true });
	const follower = await trigger.publish({}, { stored, runsTriggers: false });
	const before = scenario.sandbox.log.calls().length;
	const msgid = trigger.write(trigger.customer());
	await trigger.settle();
	const [delivery] = scenario.sandbox.world.callbacks.deliveries();
	expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }] });
	expect(scenario.sandbox.log.calls().length).toBe(before);
	await trigger.pass(30);
	expect(await trigger.msgidsOf(leader)).toEqual([msgid]);
	expect(follower.executions).toHaveLength(0);
});

it('ends with the workflow: nothing is read any more', async () => {
	const server = await trigger.publish();
	await server.stop();
	const before = scenario.sandbox.log.calls().length;
	trigger.write(trigger.customer());
	await trigger.pass(300);
	expect(scenario.sandbox.log.calls().length).toBe(before);
	expect(server.executions).toHaveLength(0);
});
