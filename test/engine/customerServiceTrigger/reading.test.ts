import { ManualExecutionCancelledError } from 'n8n-workflow';

import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';
import type { WebhookServer } from '../../harness/webhooks';

const scenario = useScenario({ kfPageRows: 3 });
const trigger = useServiceTrigger(scenario);

const SYNC = '/cgi-bin/kf/sync_msg';
const ACCOUNTS = '/cgi-bin/kf/account/list';

const chosen = (...accounts: string[]) => ({ accountScope: 'chosen', accounts });
const syncs = () =>
	scenario.sandbox.log.calls(SYNC).map(({ body }) => body as { open_kfid: string; token?: string });

it('starts one execution for each message, in order', async () => {
	const server = await trigger.publish();
	const ann = trigger.customer();
	const written = ['one', 'two', 'three'].map((text) => trigger.write(ann, text));
	const results = await trigger.executions(server, 3);
	expect(results.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
	expect(await trigger.msgidsOf(server)).toEqual(written);
	expect(server.failures).toEqual([]);
	expect(server.log).toEqual([]);
});

it('starts from now on: three days of history start nothing', async () => {
	const ann = trigger.customer();
	for (let count = 0; count < 5; count++) trigger.write(ann);
	scenario.sandbox.clock.advance(60);
	const server = await trigger.publish();
	const fresh = trigger.write(ann);
	await trigger.executions(server, 1);
	expect(await trigger.msgidsOf(server)).toEqual([fresh]);
});

it('starts with the last hours if asked', async () => {
	const ann = trigger.customer();
	trigger.write(ann);
	scenario.sandbox.clock.advance(3_600);
	const recent = trigger.write(ann);
	scenario.sandbox.clock.advance(1_800);
	const server = await trigger.publish({ options: { startWith: 1 } });
	await trigger.executions(server, 1);
	expect(await trigger.msgidsOf(server)).toEqual([recent]);
});

it('loses nothing where WeCom writes numbers as text', async () => {
	const server = await trigger.publish();
	const ann = trigger.customer();
	const now = String(scenario.sandbox.clock.now());
	const rows = ['one', 'two'].map((msgid) => ({
		...{ msgid, external_userid: ann, send_time: now, origin: '3' },
		...{ msgtype: 'text', text: { content: msgid } },
	}));
	const pages = rows.map((row, index) => ({
		...{ errcode: 0, errmsg: 'ok', next_cursor: `c${index}` },
		...{ has_more: index === 0 ? '1' : '0', msg_list: [row] },
	}));
	pages.forEach((page, index) =>
		scenario.sandbox.faults.add({
			path: SYNC,
			call: index + 1,
			fault: { kind: 'notJson', body: JSON.stringify(page) },
		}),
	);
	trigger.write(ann);
	const results = await trigger.executions(server, 2);
	expect(results.slice(0, 2).map(({ items }) => items[0]?.json)).toMatchObject(
		rows.map(({ msgid }) => ({
			msgid,
			open_kfid: trigger.account,
			sessionId: `${trigger.account}:${ann}`,
			origin_name: 'customer',
			replies_left: 5,
			reply_until_unix: Number(now) + 48 * 3_600,
		})),
	);
});

it('hears 40 bells at once: nothing lost, nothing twice, the order of each customer kept', async () => {
	const server = await trigger.publish();
	const customers = ['Ann', 'Bob', 'Cai', 'Dan'].map((name) => trigger.customer(name));
	const written = new Map(customers.map((customer) => [customer, [] as string[]]));
	for (let count = 0; count < 10; count++) {
		for (const customer of customers) written.get(customer)?.push(trigger.write(customer));
	}
	const results = await trigger.executions(server, 40);
	const rows = results.map(({ items }) => items[0]?.json ?? {});
	const heard = customers.map((customer) =>
		rows.filter((row) => row.external_userid === customer).map(({ msgid }) => msgid),
	);
	expect(heard).toEqual([...written.values()]);
	expect(results).toHaveLength(40);
	// The token of the last callback served many.
	expect(syncs().length).toBeLessThan(40);
});

it('reads on where the callback was lost, at the next look', async () => {
	const server = await trigger.publish({ options: { checkEvery: 10 } });
	scenario.sandbox.world.callbacks.setTarget(undefined);
	const msgid = trigger.write(trigger.customer());
	await trigger.pass(9);
	expect(server.executions).toHaveLength(0);
	await trigger.pass(1);
	expect(await trigger.msgidsOf(server)).toEqual([msgid]);
});

it('reads without the token of a callback that came too late', async () => {
	const server = await trigger.publish();
	scenario.sandbox.faults.add({ path: SYNC, call: 1, fault: { kind: 'errcode', errcode: 95007 } });
	const msgid = trigger.write(trigger.customer());
	await trigger.executions(server, 1);
	expect(await trigger.msgidsOf(server)).toEqual([msgid]);
	expect(syncs().at(-1)).not.toHaveProperty('token');
	expect(server.log).toEqual([
		expect.stringMatching(
			/could not be read: The token of the callback is no longer valid\. .* \(errcode 95007\)/,
		) as string,
	]);
});

it('comes back after a time without WeCom, without a word of secrets in the log', async () => {
	const server = await trigger.publish();
	const handle = scenario.sandbox.faults.add({ path: SYNC, fault: { kind: 'echoUrl' } });
	const msgid = trigger.write(trigger.customer());
	await trigger.settle();
	expect(server.executions).toHaveLength(0);
	handle.remove();
	await trigger.pass(120);
	expect(await trigger.msgidsOf(server)).toEqual([msgid]);
	expect(server.log.length).toBeGreaterThan(0);
	expect(server.log.join()).not.toMatch(/access_token|secret/i);
});

describe('accounts', () => {
	it('all of them: also one that appears later, and no longer one that is taken away', async () => {
		const second = trigger.addAccount('Repairs');
		const server = await trigger.publish();
		const ann = trigger.customer();
		const written = [trigger.write(ann), trigger.write(ann, 'Hi', second)];
		await trigger.executions(server, 2);
		const third = trigger.addAccount('Sales');
		written.push(trigger.write(ann, 'Hi', third));
		await trigger.executions(server, 3);
		expect((await trigger.msgidsOf(server)).sort()).toEqual(written.sort());

		for (const agentId of trigger.service.locate(second).account.managedBy) {
			trigger.service.setManaged(second, agentId, false);
		}
		await trigger.settle();
		const before = syncs().length;
		await trigger.pass(30);
		const asked = syncs()
			.slice(before)
			.map(({ open_kfid }) => open_kfid);
		expect(asked.sort()).toEqual([trigger.account, third].sort());
	});

	it('finds a new one by itself where its callback was lost', async () => {
		const server = await trigger.publish();
		scenario.sandbox.world.callbacks.setTarget(undefined);
		const third = trigger.addAccount('Sales');
		const msgid = trigger.write(trigger.customer(), 'Hi', third);
		await trigger.pass(600);
		expect(await trigger.msgidsOf(server)).toEqual([msgid]);
		expect(scenario.sandbox.log.count(ACCOUNTS)).toBe(2);
	});

	it('chosen ones only', async () => {
		const second = trigger.addAccount('Repairs');
		const server = await trigger.publish(chosen(second));
		const ann = trigger.customer();
		trigger.write(ann);
		const msgid = trigger.write(ann, 'Hi', second);
		await trigger.executions(server, 1);
		expect(await trigger.msgidsOf(server)).toEqual([msgid]);
		expect(new Set(syncs().map(({ open_kfid }) => open_kfid))).toEqual(new Set([second]));
		expect(scenario.sandbox.log.count(ACCOUNTS)).toBe(0);
	});

	it('refuses to publish where none can be read', async () => {
		const { account } = trigger.service.locate(trigger.account);
		for (const id of account.managedBy) trigger.service.setManaged(account.openKfId, id, false);
		await expect(trigger.publish()).rejects.toThrow('The app may read no customer service account');
		await expect(trigger.publish(chosen(account.openKfId))).rejects.toThrow(
			'The app may not use this customer service account',
		);
	});

	it('shows at publishing that the IP is not trusted', async () => {
		scenario.sandbox.faults.add({ path: SYNC, fault: { kind: 'untrustedIp', ip: '203.0.113.7' } });
		await expect(trigger.publish()).rejects.toThrow(
			"This server's IP 203.0.113.7 is not trusted by the app",
		);
	});
});

describe('executions', () => {
	/** Executions that last until they are let go. */
	const holding = (server: WebhookServer) => {
		const release: Array<() => void> = [];
		server.whileRunning = async () =>
			await new Promise<void>((resolve) => {
				release.push(resolve);
			});
		return release;
	};

	it('of one customer wait for each other, those of others do not', async () => {
		const server = await trigger.publish();
		const release = holding(server);
		const [ann, bob] = [trigger.customer('Ann'), trigger.customer('Bob')];
		const [first, second] = [trigger.write(ann, 'one'), trigger.write(ann, 'two')];
		const third = trigger.write(bob);
		await trigger.executions(server, 2);
		expect(await trigger.msgidsOf(server)).toEqual([first, third]);
		release.shift()?.();
		await trigger.executions(server, 3);
		expect(await trigger.msgidsOf(server)).toEqual([first, third, second]);
	});

	it('that last hold nobody up for more than 2 minutes', async () => {
		const server = await trigger.publish();
		holding(server);
		const ann = trigger.customer();
		const written = [trigger.write(ann, 'one'), trigger.write(ann, 'two')];
		await trigger.executions(server, 1);
		await trigger.pass(119);
		expect(server.executions).toHaveLength(1);
		await trigger.pass(1);
		expect(await trigger.msgidsOf(server)).toEqual(written);
	});

	it('of one customer run side by side if that is wanted', async () => {
		const server = await trigger.publish({ options: { oneAtATime: false } });
		holding(server);
		const ann = trigger.customer();
		const written = [trigger.write(ann, 'one'), trigger.write(ann, 'two')];
		await trigger.executions(server, 2);
		expect(await trigger.msgidsOf(server)).toEqual(written);
	});

	it('are at most so many at the same time', async () => {
		const server = await trigger.publish({ options: { maxRunning: 2 } });
		const release = holding(server);
		for (const name of ['Ann', 'Bob', 'Cai']) trigger.write(trigger.customer(name));
		await trigger.executions(server, 2);
		expect(server.executions).toHaveLength(2);
		release.shift()?.();
		await trigger.executions(server, 3);
	});

	it('are tried again while n8n cannot store them', async () => {
		const server = await trigger.publish();
		let failures = 2;
		server.beforeStart = async () => {
			if (failures-- > 0) throw new Error('the database is away');
			await Promise.resolve();
		};
		const ann = trigger.customer();
		const written = [trigger.write(ann, 'one'), trigger.write(ann, 'two')];
		await trigger.executions(server, 2);
		expect(await trigger.msgidsOf(server)).toEqual(written);
		expect(server.log).toEqual([
			expect.stringContaining('did not start: the database is away') as string,
			expect.stringContaining('did not start: the database is away') as string,
		]);
	});

	it.each([true, false])(
		'that somebody cancels have ended, and are not started again; n8n takes keys: %s',
		async (takesKeys) => {
			const server = await trigger.publish({}, { takesKeys });
			server.whileRunning = async () =>
				await Promise.reject(new ManualExecutionCancelledError('1'));
			const ann = trigger.customer();
			const written = [trigger.write(ann, 'one'), trigger.write(ann, 'two')];
			await trigger.executions(server, 2);
			expect(await trigger.msgidsOf(server)).toEqual(written);
			expect(server.log).toEqual([]);
		},
	);
});
