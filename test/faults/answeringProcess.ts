/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits in tests; rule for shipped code */
import { setImmediate } from 'timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { clock } from '../../nodes/shared/adapters/clock';
import type * as clockModule from '../../nodes/shared/adapters/clock';
import { WeComCustomerService } from '../../nodes/WeComCustomerService/WeComCustomerService.node';
import type * as nodeModule from '../../nodes/WeComCustomerService/WeComCustomerService.node';
import { SECRETS } from '../client/callbacks/requests';
import type { StoredWorkflow } from '../harness/activeTrigger';
import type { CredentialStore } from '../harness/credentialStore';
import type { Engine, EngineResult } from '../harness/engine';
import { createEngine } from '../harness/engine';
import { credentialFor } from '../harness/nodeScenario';
import type { ServiceScenario } from '../harness/serviceScenario';
import type { WebhookServer } from '../harness/webhooks';
import { Relay } from './relay';

const credentialTypes = [new WeComExternalContactApi()];
const engine = createEngine({ nodeTypes: [new WeComCustomerService()], credentialTypes });

export interface ProcessOptions {
	readonly stored: StoredWorkflow;
	/** n8n 2 refuses a second execution for a message, n8n 1 does not. */
	readonly takesKeys: boolean;
	readonly retryOnFail: boolean;
	/** Shares no memory with the one before. */
	readonly isSecond: boolean;
}

/** A process of n8n with a workflow that answers each message with its own text, and its way to WeCom. */
export class AnsweringProcess {
	/** What became of each answer, by the `msgid` of the message; until the process was killed. */
	readonly results = new Map<string, EngineResult>();

	private alive = true;
	private server?: WebhookServer;
	private readonly engine: Engine;
	private readonly credential: CredentialStore;

	private constructor(
		private readonly service: ServiceScenario,
		private readonly options: ProcessOptions,
		readonly relay: Relay,
	) {
		this.engine = options.isSecond ? engineOfOtherProcess() : engine;
		const data = credentialFor(service.scenario.sandbox);
		this.credential = this.engine.credential({ ...data, baseUrl: relay.url });
	}

	/** A process whose workflow is not active yet. */
	static async create(
		service: ServiceScenario,
		options: ProcessOptions,
	): Promise<AnsweringProcess> {
		const relay = new Relay(Number(new URL(service.scenario.sandbox.url).port));
		await relay.open();
		return new AnsweringProcess(service, options, relay);
	}

	/** @throws Error when the trigger does not start; n8n tries again later */
	async activate(): Promise<void> {
		const { service, options } = this;
		const { token, encodingAesKey } = SECRETS;
		const { corpId } = service.scenario.sandbox;
		const callback = { token, encodingAesKeySecret: encodingAesKey, corpId };
		this.server = await service.publish(
			{},
			{
				stored: options.stored,
				takesKeys: options.takesKeys,
				otherProcess: options.isSecond,
				credentials: [service.engine.credential(callback, 'weComCallbackApi'), this.credential],
			},
		);
		this.server.whileRunning = async ({ items }) => {
			for (const { json } of items) await this.answer(json);
		};
	}

	/** As the workflow does; also what n8n's Retry button does with an execution that was cut off. */
	async answer(message: IDataObject, mode: 'trigger' | 'retry' = 'trigger'): Promise<void> {
		const result = await this.engine.run({
			credential: this.credential,
			timezone: 'Asia/Shanghai',
			mode,
			input: [message],
			node: {
				...(this.options.retryOnFail && {
					retryOnFail: true,
					maxTries: 3,
					waitBetweenTries: 1,
				}),
				parameters: {
					resource: 'message',
					operation: 'send',
					text: '={{ $json.chatInput }}',
					options: { requestTimeout: REQUEST_TIMEOUT_SECONDS },
				},
			},
		});
		if (this.alive) this.results.set(String(message.msgid), result);
	}

	/** Executions in the order of their start, by the message that they were started for. */
	async started(): Promise<IDataObject[]> {
		const results = await Promise.all(this.server?.executions ?? []);
		return results.flatMap(({ items }) => items.map(({ json }) => json));
	}

	get log(): readonly string[] {
		return this.server?.log ?? [];
	}

	/** As `kill -9`: nothing of it reaches WeCom any more. */
	async kill(): Promise<void> {
		this.alive = false;
		this.relay.refuse();
		await this.server?.kill();
	}

	async stop(): Promise<void> {
		await this.server?.stop();
	}
}

/** Short waits for answers that never come. */
export const REQUEST_TIMEOUT_SECONDS = 0.25;

function engineOfOtherProcess(): Engine {
	let other: Engine | undefined;
	jest.isolateModules(() => {
		const node = jest.requireActual<typeof nodeModule>(
			'../../nodes/WeComCustomerService/WeComCustomerService.node',
		);
		const itsClock = jest.requireActual<typeof clockModule>('../../nodes/shared/adapters/clock');
		const sleep = async () => void (await setImmediate());
		Object.assign(itsClock.clock, { now: clock.now, sleep });
		other = createEngine({ nodeTypes: [new node.WeComCustomerService()], credentialTypes });
	});
	if (!other) throw new Error('The node could not be loaded a second time');
	return other;
}
