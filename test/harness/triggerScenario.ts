import type { IDataObject } from 'n8n-workflow';

import { WeComCallbackApi } from '../../credentials/WeComCallbackApi.credentials';
import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { WeComExternalContactTrigger } from '../../nodes/WeComExternalContact/WeComExternalContactTrigger.node';
import type { EventNodes, SentRequest } from '../client/callbacks/requests';
import { eventNodes, request, SECRETS } from '../client/callbacks/requests';
import { toXml } from '../sandbox/callbacks/xml';
import type { CredentialStore, EngineResult, TriggerRun } from './engine';
import { createEngine } from './engine';
import type { Scenario } from './scenario';
import type { WebhookServer } from './webhooks';

const engine = createEngine({
	nodeTypes: [new WeComExternalContactTrigger()],
	credentialTypes: [new WeComCallbackApi(), new WeComExternalContactApi()],
});

/** A trigger in n8n's engine, and WeCom's side of its URL. */
export class TriggerScenario {
	readonly engine = engine;

	private readonly servers: WebhookServer[] = [];

	constructor(private readonly scenario: Scenario) {}

	callbackCredential(data: IDataObject = {}): CredentialStore {
		const { token, encodingAesKey, receiveId } = SECRETS;
		const stored = { corpId: receiveId, token, encodingAesKeySecret: encodingAesKey };
		return engine.credential({ ...stored, ...data } as Record<string, string>, 'weComCallbackApi');
	}

	/** Publishes a workflow that begins with the trigger: for all events, unless the parameters say otherwise. */
	async publish(parameters: IDataObject = {}, run: Partial<TriggerRun> = {}) {
		const server = await engine.serveTrigger({
			credentials: [this.callbackCredential(), this.scenario.credential],
			timezone: 'Asia/Shanghai',
			...run,
			node: { ...run.node, parameters: { events: ['*'], ...parameters } },
		});
		this.servers.push(server);
		return server;
	}

	/** What the workflow starts with when an event of these nodes comes; undefined if it does not start. */
	async itemFor(nodes: EventNodes, parameters: IDataObject = {}): Promise<IDataObject | undefined> {
		const server = await this.publish(parameters);
		const { status, text } = await send(server, eventRequest(nodes));
		expect({ status, text }).toEqual({ status: 200, text: '' });
		expect(server.failures).toEqual([]);
		return (await resultsOf(server))[0]?.items[0]?.json;
	}

	async stop(): Promise<void> {
		for (const server of this.servers.splice(0)) await server.stop();
	}
}

export function useTrigger(scenario: Scenario): TriggerScenario {
	const trigger = new TriggerScenario(scenario);
	afterEach(async () => await trigger.stop());
	return trigger;
}

export function eventRequest(nodes: EventNodes = {}): SentRequest {
	return request({ message: toXml(eventNodes(nodes)) });
}

/** Sends a message as WeCom does. */
export async function send(
	{ url }: Pick<WebhookServer, 'url'>,
	{ query, body, contentType }: SentRequest,
	signal?: AbortSignal,
): Promise<{ status: number; text: string }> {
	const response = await fetch(`${url}?${new URLSearchParams(query).toString()}`, {
		method: 'POST',
		headers: contentType === undefined ? {} : { 'content-type': contentType },
		body: new Uint8Array(body),
		...(signal && { signal }),
	});
	return { status: response.status, text: await response.text() };
}

export async function resultsOf({ executions }: WebhookServer): Promise<EngineResult[]> {
	return await Promise.all(executions);
}
