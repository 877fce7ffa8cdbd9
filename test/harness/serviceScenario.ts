/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits in tests; rule for shipped code */
import { setImmediate, setTimeout } from 'timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { WeComCallbackApi } from '../../credentials/WeComCallbackApi.credentials';
import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { clock } from '../../nodes/shared/adapters/clock';
import type * as clockModule from '../../nodes/shared/adapters/clock';
import { WeComCustomerServiceTrigger } from '../../nodes/WeComCustomerService/WeComCustomerServiceTrigger.node';
import type * as triggerModule from '../../nodes/WeComCustomerService/WeComCustomerServiceTrigger.node';
import { SECRETS } from '../client/callbacks/requests';
import { livingAccounts } from '../sandbox/customerService/state';
import type { Written } from '../sandbox/customerService/written';
import type { StoredWorkflow } from './activeTrigger';
import { newWorkflow } from './activeTrigger';
import type { Engine, EngineResult, TriggerRun } from './engine';
import { createEngine } from './engine';
import type { Scenario } from './scenario';
import type { WebhookServer } from './webhooks';

/** Milliseconds from which a wait is not a pause between attempts. */
const LONG_MS = 5_000;

const credentialTypes = [new WeComCallbackApi(), new WeComExternalContactApi()];

let workflows = 0;

interface Publication extends Partial<Omit<TriggerRun, 'node'>> {
	/** Shares no memory with the others, as after a restart of n8n. */
	otherProcess?: boolean;
}

/**
 * The trigger of customer service in n8n's engine, with customers who write and WeCom's bell. Pauses between attempts
 * take no time; for all else the test lets time pass.
 */
export class ServiceScenario {
	readonly engine = createEngine({
		nodeTypes: [new WeComCustomerServiceTrigger()],
		credentialTypes,
	});

	private readonly servers: WebhookServer[] = [];
	private waiting: Array<{ until: number; wake: () => void }> = [];

	constructor(readonly scenario: Scenario) {}

	start(): void {
		clock.sleep = this.sleep;
		this.waiting = [];
	}

	async stop(): Promise<void> {
		for (const server of this.servers.splice(0)) await server.stop();
		this.waiting.forEach(({ wake }) => wake());
	}

	/** Publishes a workflow that begins with the trigger, and enters its URL at WeCom. */
	async publish(
		parameters: IDataObject = {},
		{ otherProcess = false, ...run }: Publication = {},
	): Promise<WebhookServer> {
		const engine = otherProcess ? this.engineOfOtherProcess() : this.engine;
		const { token, encodingAesKey } = SECRETS;
		const { corpId } = this.scenario.sandbox;
		const stored = { token, encodingAesKeySecret: encodingAesKey, corpId };
		const server = await engine.serveTrigger({
			credentials: [engine.credential(stored, 'weComCallbackApi'), this.scenario.credential],
			timezone: 'Asia/Shanghai',
			...run,
			node: { parameters },
		});
		this.servers.push(server);
		this.enter(server);
		return server;
	}

	/** Enters the URL of a workflow at WeCom. */
	enter({ url }: WebhookServer): void {
		const { token, encodingAesKey } = SECRETS;
		const { callbacks } = this.scenario.sandbox.world;
		callbacks.setTarget({ url, token, encodingAesKey });
	}

	newWorkflow(): StoredWorkflow {
		return newWorkflow(`service-${++workflows}`);
	}

	get service() {
		return this.scenario.sandbox.world.customerService;
	}

	/** Another account, beside the one that the sandbox has. */
	addAccount(name: string): string {
		return this.service.addAccount(name).openKfId;
	}

	get account(): string {
		const [account] = livingAccounts(this.scenario.sandbox.world.corp);
		return account?.openKfId ?? '';
	}

	customer(name = 'Ann'): string {
		return this.service.addWeChatUser(name);
	}

	write(customer: string, message: Written = 'Hello', account = this.account): string {
		const msgid = this.service.write(account, customer, message);
		if (msgid === undefined) throw new Error('The message was rejected');
		return msgid;
	}

	/** Until so many executions have started, and then until nothing moves any more. */
	async executions({ executions }: WebhookServer, count: number): Promise<EngineResult[]> {
		while (executions.length < count) await setTimeout(2);
		await this.settle();
		return await Promise.all(executions);
	}

	/** Until nothing moves any more: callbacks, reading, executions. */
	async settle(): Promise<void> {
		for (let quiet = 0, last = ''; quiet < 20; ) {
			await this.service.bell.silence();
			await Promise.all(this.servers.flatMap(({ executions }) => executions));
			await setTimeout(4);
			const executions = this.servers.map((server) => server.executions.length);
			const requests = this.scenario.sandbox.log.calls().length;
			const now = JSON.stringify([executions, requests]);
			quiet = now === last ? quiet + 1 : 0;
			last = now;
		}
	}

	/** Lets time pass: on the clocks of WeCom and n8n. */
	async pass(seconds: number): Promise<void> {
		const { sandbox } = this.scenario;
		const end = sandbox.clock.now() + seconds;
		const next = () =>
			Math.min(end, ...this.waiting.map(({ until }) => Math.max(until, sandbox.clock.now())));
		for (;;) {
			const at = next();
			sandbox.clock.advance(at - sandbox.clock.now());
			const due = this.waiting.filter(({ until }) => until <= at);
			this.waiting = this.waiting.filter(({ until }) => until > at);
			due.forEach(({ wake }) => wake());
			await this.settle();
			if (at >= end && !this.waiting.some(({ until }) => until <= end)) return;
		}
	}

	/** `msgid` of the messages that started executions, in their order. */
	async msgidsOf({ executions }: WebhookServer): Promise<string[]> {
		const results = await Promise.all(executions);
		return results.flatMap(({ items }) => items.map(({ json }) => String(json.msgid)));
	}

	private readonly sleep = async (ms: number): Promise<void> => {
		const { sandbox } = this.scenario;
		if (ms < LONG_MS) return void (await setImmediate());
		const until = sandbox.clock.now() + ms / 1_000;
		await new Promise<void>((resolve) => this.waiting.push({ until, wake: resolve }));
	};

	private engineOfOtherProcess(): Engine {
		let engine: Engine | undefined;
		jest.isolateModules(() => {
			const trigger = jest.requireActual<typeof triggerModule>(
				'../../nodes/WeComCustomerService/WeComCustomerServiceTrigger.node',
			);
			const { clock: other } = jest.requireActual<typeof clockModule>(
				'../../nodes/shared/adapters/clock',
			);
			Object.assign(other, { now: clock.now, sleep: this.sleep });
			const nodeTypes = [new trigger.WeComCustomerServiceTrigger()];
			engine = createEngine({ nodeTypes, credentialTypes });
		});
		if (!engine) throw new Error('The node could not be loaded a second time');
		return engine;
	}
}

export function useServiceTrigger(scenario: Scenario): ServiceScenario {
	const trigger = new ServiceScenario(scenario);
	beforeEach(() => trigger.start());
	afterEach(async () => await trigger.stop());
	return trigger;
}
