/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this reads the example workflows */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';

import { WeComCallbackApi } from '../../credentials/WeComCallbackApi.credentials';
import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { WeComCustomerService } from '../../nodes/WeComCustomerService/WeComCustomerService.node';
import { WeComCustomerServiceTrigger } from '../../nodes/WeComCustomerService/WeComCustomerServiceTrigger.node';
import { WeComExternalContact } from '../../nodes/WeComExternalContact/WeComExternalContact.node';
import { WeComExternalContactTrigger } from '../../nodes/WeComExternalContact/WeComExternalContactTrigger.node';
import { SECRETS } from '../client/callbacks/requests';
import type { WorkflowJson, WorkflowResult, WorkflowRun } from './engine';
import { createEngine } from './engine';
import type { Scenario } from './scenario';
import type { TriggerScenario } from './triggerScenario';
import { resultsOf } from './triggerScenario';
import type { WaitingExecution } from './waiting';

const FOLDER = join(__dirname, '../../examples');

/** Of this package. */
export const ourNodes = [
	new WeComExternalContact(),
	new WeComExternalContactTrigger(),
	new WeComCustomerService(),
	new WeComCustomerServiceTrigger(),
];

const engine = createEngine({
	nodeTypes: ourNodes,
	credentialTypes: [new WeComExternalContactApi(), new WeComCallbackApi()],
});

export interface ExampleNode {
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: IDataObject;
	[setting: string]: unknown;
}

export interface Example extends WorkflowJson {
	name: string;
	nodes: ExampleNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

export function exampleFiles(): string[] {
	return readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
}

export function readExample(file: string): Example {
	return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example;
}

export function nodeNamed({ nodes }: Example, name: string): ExampleNode {
	const node = nodes.find((each) => each.name === name);
	if (!node) throw new UnexpectedError(`The example has no node ${name}`);
	return node;
}

/** Runs an example as it is, except for what a builder fills in: the credential, and the parameters that are given. */
export async function runExample(
	{ credential }: Scenario,
	file: string,
	run: WorkflowRun & { fillIn?: Record<string, IDataObject> } = {},
): Promise<WorkflowResult> {
	const { fillIn = {}, ...rest } = run;
	const example = readExample(file);
	for (const [name, parameters] of Object.entries(fillIn)) {
		Object.assign(nodeNamed(example, name).parameters, parameters);
	}
	return await engine.runWorkflow(example, { credentials: [credential], ...rest });
}

/** The page at which an example waits for a member. Stop it afterwards. */
export async function waitingExample(
	{ credential }: Scenario,
	file: string,
	result: WorkflowResult,
): Promise<WaitingExecution> {
	return await engine.serveWaitingWorkflow(result, readExample(file), {
		credentials: [credential],
	});
}

/**
 * Publishes the trigger that an example begins with and enters its URL at WeCom.
 *
 * @param happens what people do there
 * @returns the items that the workflow starts with, one list for each execution
 */
export async function eventsOf(
	{ credential, sandbox }: Scenario,
	trigger: TriggerScenario,
	file: string,
	name: string,
	happens: () => Promise<void> | void,
): Promise<INodeExecutionData[][]> {
	const { parameters } = nodeNamed(readExample(file), name);
	const { events = ['change_external_contact.add_external_contact'] } = parameters;
	const server = await trigger.publish(
		{ ...parameters, events },
		{ credentials: [trigger.callbackCredential({ corpId: sandbox.corpId }), credential] },
	);
	const { token, encodingAesKey } = SECRETS;
	sandbox.world.callbacks.setTarget({ url: server.url, token, encodingAesKey });
	await happens();
	await sandbox.world.callbacks.idle();
	return (await resultsOf(server)).map(({ items }) => items);
}
