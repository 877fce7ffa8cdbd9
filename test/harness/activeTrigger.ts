import './environment';
import { TriggerContext } from 'n8n-core';
import type {
	IDataObject,
	IExecuteResponsePromiseData,
	INodeExecutionData,
	IRun,
} from 'n8n-workflow';
import { deepCopy, UnexpectedError } from 'n8n-workflow';

import { asError } from '../../nodes/shared/client/core/errors';
import type { EngineResult } from './results';
import type { WebhookServer, WebhookSurroundings } from './webhooks';

/** What n8n keeps of a published workflow while no process runs. */
export interface StoredWorkflow {
	readonly id: string;
	staticData: IDataObject;
	/** Deduplication keys of executions. */
	readonly keys: Set<string>;
}

export type WriteLog = (line: string, meta?: object) => void;

interface Deferred<T> {
	resolve(result: T): void;
	reject(error: Error): void;
}

type Ended = Deferred<IRun | undefined>;

/**
 * Calls `trigger()` of a published workflow and gives it n8n's `emit` (packages/cli:
 * trigger-execution-context.factory.ts): static data is saved at each call, before the execution is stored; a known
 * deduplication key starts nothing and resolves; a failure to store rejects, and so does a cancelled execution.
 *
 * @param takesKeys n8n 1 does not
 */
export async function activateTrigger(
	{ workflow, node, additionalData, start, log }: WebhookSurroundings & { log: WriteLog },
	server: WebhookServer,
	{ stored, takesKeys }: { stored: StoredWorkflow; takesKeys: boolean },
): Promise<{ kill(): void; close(): Promise<void> }> {
	const { trigger } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (!trigger) throw new UnexpectedError(`${node.type} has no trigger function`);
	let alive = true;
	const save = () => {
		stored.staticData = deepCopy(workflow.staticData);
	};
	const execute = async (data: INodeExecutionData[][], key?: string) => {
		await server.beforeStart();
		if (!alive) return await new Promise<never>(() => undefined);
		if (key !== undefined && stored.keys.has(key)) return undefined;
		if (key !== undefined) stored.keys.add(key);
		const running = start(data[0] ?? []);
		server.executions.push(running);
		const result: EngineResult = await running;
		await server.whileRunning(result);
		return alive ? ({} as IRun) : await new Promise<never>(() => undefined);
	};
	const emit = (data: INodeExecutionData[][], ended?: Ended, key?: string) => {
		if (!alive) return;
		save();
		void execute(data, key).then(ended?.resolve, ended?.reject);
	};
	type Response = Deferred<IExecuteResponsePromiseData> | undefined;
	const context = new TriggerContext(
		workflow,
		node,
		additionalData,
		'trigger',
		'activate',
		(takesKeys
			? (data: INodeExecutionData[][], _: Response, ended: Ended | undefined, key: string) =>
					emit(data, ended, key)
			: (data: INodeExecutionData[][], _: Response, ended: Ended | undefined) =>
					emit(data, ended)) as TriggerContext['emit'],
	);
	Object.defineProperty(context, 'logger', {
		value: { debug: log, info: log, warn: log, error: log },
	});
	const response = await trigger.call(context);
	save();
	return {
		kill() {
			alive = false;
			void response?.closeFunction?.();
		},
		async close() {
			await response?.closeFunction?.();
		},
	};
}

export function newWorkflow(id: string): StoredWorkflow {
	return { id, staticData: {}, keys: new Set() };
}

/** A server that ends its trigger too; none where the trigger does not start. */
export async function withTrigger(
	server: WebhookServer,
	activate: () => ReturnType<typeof activateTrigger>,
): Promise<WebhookServer> {
	const { stop } = server;
	try {
		const active = await activate();
		return Object.assign(server, {
			kill: async () => {
				active.kill();
				await stop();
			},
			stop: async () => {
				await active.close();
				await stop();
			},
		});
	} catch (error) {
		await stop();
		throw asError(error);
	}
}
