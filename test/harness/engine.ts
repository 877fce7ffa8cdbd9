import './environment';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	ExecutionStatus,
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeCredentialTestResult,
	INodeListSearchResult,
	INodePropertyOptions,
	IRun,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { fileTypeFromMimeType, UnexpectedError, Workflow } from 'n8n-workflow';

import { activateTrigger, newWorkflow, withTrigger } from './activeTrigger';
import { additionalData } from './additionalData';
import { useBinaryData } from './binaryData';
import { CredentialStore, CredentialTypes } from './credentialStore';
import { type CredentialTestOptions, testCredential } from './credentialTester';
import { editorContext } from './editor';
import { AGENT_TYPE, NodeTypes, TRIGGER_TYPE } from './nodeTypes';
import type { Execution } from './results';
import { EngineResult, WorkflowResult } from './results';
import type {
	Credential,
	EngineOptions,
	EngineRun,
	ListSearchRequest,
	LoadRequest,
	TriggerRun,
	WorkflowJson,
	WorkflowRun,
} from './runs';
import { WaitingExecution } from './waiting';
import type { WebhookServer, WebhookSurroundings } from './webhooks';
import { startWebhookServer, triggerNodeOf, writeTo } from './webhooks';
import { failedRun, startData, workflowData } from './workflows';

export { CredentialStore } from './credentialStore';
export type { ToolCall } from './nodeTypes';
export { EngineResult, WorkflowResult, type Execution } from './results';
export type * from './runs';

const TRIGGER = 'Trigger';
const AGENT = 'Agent';

let lastExecutionId = 0;
let lastWorkflowId = 0;

/**
 * Runs workflows through n8n-core's engine, with the surroundings that the n8n application gives
 * it (packages/cli: workflow-runner.ts, workflow-execute-additional-data.ts).
 */
export class Engine {
	private readonly nodeTypes: NodeTypes;

	private readonly credentialTypes: CredentialTypes;

	constructor(private readonly options: EngineOptions) {
		this.nodeTypes = new NodeTypes(options.nodeTypes);
		this.credentialTypes = new CredentialTypes(options.credentialTypes ?? []);
	}

	/** A credential that several runs share. */
	credential(data: ICredentialDataDecryptedObject, type = this.firstCredentialType()) {
		return new CredentialStore(this.credentialTypes.getByName(type).name, data);
	}

	async run(run: EngineRun): Promise<EngineResult> {
		return await this.start(run).result;
	}

	start(run: EngineRun): Execution<EngineResult> {
		const { credential, executionId, input, mode } = run;
		const { json, name } = this.workflowOf(run);
		return this.execute(
			json,
			{
				credentials: credential && [this.toStore(credential)],
				executionId,
				mode,
				startNode: TRIGGER,
				triggerItems: input,
			},
			(...result) => new EngineResult(name, ...result),
		);
	}

	/** The common workflow of one node, and the name of the node. */
	private workflowOf(run: EngineRun): { json: WorkflowJson; name: string } {
		const { asTool, node, staticData, timezone } = run;
		const type = node.type ?? this.firstNodeType();
		const { displayName } = this.nodeTypes.getByName(type).description;
		const name = node.name ?? displayName;
		const underTest = { ...node, name, type: asTool ? `${type}Tool` : type };
		const workflow: WorkflowJson = {
			nodes: [{ name: TRIGGER, type: TRIGGER_TYPE }, underTest],
			connections: asTool
				? {
						[TRIGGER]: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
						[name]: { ai_tool: [[{ node: AGENT, type: 'ai_tool', index: 0 }]] },
					}
				: { [TRIGGER]: { main: [[{ node: name, type: 'main', index: 0 }]] } },
			settings: { timezone },
			staticData,
		};
		if (asTool) {
			const parameters = { call: JSON.stringify(asTool) };
			workflow.nodes.push({ name: AGENT, type: AGENT_TYPE, parameters });
		}
		return { json: workflow, name };
	}

	async runWorkflow(workflow: WorkflowJson, run: WorkflowRun = {}): Promise<WorkflowResult> {
		return await this.startWorkflow(workflow, run).result;
	}

	startWorkflow(workflow: WorkflowJson, run: WorkflowRun = {}): Execution<WorkflowResult> {
		return this.execute(workflow, run, (...result) => new WorkflowResult(...result));
	}

	/** Publishes a workflow of one trigger, or listens for its test event; each message becomes an execution. */
	async serveTrigger(run: TriggerRun): Promise<WebhookServer> {
		const { credentials = [], mode = 'webhook', node, timezone } = run;
		const type = node.type ?? this.firstNodeType();
		const name = node.name ?? this.nodeTypes.getByName(type).description.displayName;
		const stored = run.stored ?? newWorkflow(`published-${++lastWorkflowId}`);
		const json: WorkflowJson = {
			id: stored.id,
			nodes: [{ ...node, name, type }],
			connections: {},
			settings: { timezone },
			staticData: stored.staticData,
		};
		const data = workflowData(json, credentials, this.nodeTypes);
		const workflow = new Workflow({ ...data, nodeTypes: this.nodeTypes });
		const surroundings: WebhookSurroundings = {
			workflow,
			node: triggerNodeOf(workflow, name),
			additionalData: this.additionalDataFor(credentials),
			mode,
			start: async (triggerItems) => {
				const started = { credentials, mode, startNode: name, triggerItems };
				const toResult = (...result: ConstructorParameters<typeof WorkflowResult>) =>
					new EngineResult(name, ...result);
				return await this.execute(json, started, toResult).result;
			},
		};
		const server = await startWebhookServer(surroundings);
		// n8n serves webhooks some moments before it starts triggers.
		const nodeType = this.nodeTypes.getByNameAndVersion(type, node.typeVersion);
		if (!nodeType.trigger || mode === 'manual' || run.runsTriggers === false) return server;
		return await withTrigger(server, async () => {
			const log = writeTo(server.log);
			const { takesKeys = true } = run;
			return await activateTrigger({ ...surroundings, log }, server, { stored, takesKeys });
		});
	}

	/** The address at which a node of an execution waits, as n8n serves it. */
	async serveWaiting(result: WorkflowResult, run: EngineRun): Promise<WaitingExecution> {
		const { json, name } = this.workflowOf(run);
		const { credential, mode } = run;
		const credentials = credential ? [this.toStore(credential)] : [];
		return await this.serveWaitingWorkflow(result, json, { credentials, mode }, name);
	}

	/** @param name the node whose items the result shows; default: the one that waits */
	async serveWaitingWorkflow(
		result: WorkflowResult,
		json: WorkflowJson,
		{ credentials = [], mode = 'trigger' }: Pick<WorkflowRun, 'credentials' | 'mode'>,
		name = result.stored.resultData.lastNodeExecuted ?? '',
	): Promise<WaitingExecution> {
		const { executionId, stored } = result;
		const data = workflowData(json, credentials, this.nodeTypes);
		return await new WaitingExecution({
			executionId,
			mode,
			workflow: new Workflow({ ...data, nodeTypes: this.nodeTypes }),
			additionalData: this.additionalDataFor(credentials),
			stored,
			resume: async (resumed) =>
				await this.execute(
					json,
					{ credentials, executionId, mode },
					(...ended) => new EngineResult(name, ...ended),
					resumed,
				).result,
		}).start();
	}

	/** The search of a resource locator, as n8n's dynamic-node-parameters.service.ts calls it. */
	async listSearch(
		method: string,
		request: ListSearchRequest = {},
	): Promise<INodeListSearchResult> {
		const { context, nodeType } = this.editorContext(request);
		const search = nodeType.methods?.listSearch?.[method];
		if (!search) throw new UnexpectedError(`The node has no listSearch method "${method}"`);
		return await search.call(context, request.filter, request.paginationToken);
	}

	/** The options of a dropdown. */
	async loadOptions(method: string, request: LoadRequest = {}): Promise<INodePropertyOptions[]> {
		const { context, nodeType } = this.editorContext(request);
		const load = nodeType.methods?.loadOptions?.[method];
		if (!load) throw new UnexpectedError(`The node has no loadOptions method "${method}"`);
		return await load.call(context);
	}

	/** What the credential editor does after Save, or with Retry. */
	async testCredential(
		credential: Credential,
		options?: CredentialTestOptions,
	): Promise<INodeCredentialTestResult> {
		const store = this.toStore(credential);
		const { credentialTypes, nodeTypes } = this;
		const additionalData = this.additionalDataFor([store]);
		return await testCredential({ additionalData, credentialTypes, nodeTypes, store }, options);
	}

	/** A file for an input item's `binary`, stored where this engine stores files. */
	async binary(content: Buffer | string, fileName: string, mimeType: string): Promise<IBinaryData> {
		const service = await useBinaryData(this.options.binaryData ?? 'default');
		const location = { type: 'execution', workflowId: 'harness', executionId: 'input' } as const;
		return await service.store(location, Buffer.from(content), {
			data: '',
			fileName,
			fileExtension: fileName.split('.').pop(),
			fileType: fileTypeFromMimeType(mimeType),
			mimeType,
		});
	}

	private execute<Result>(
		json: WorkflowJson,
		run: WorkflowRun,
		toResult: (executionId: string, run: IRun, staticData?: IDataObject) => Result,
		stored?: IRunExecutionData,
	): Execution<Result> {
		const { credentials = [], executionId = String(++lastExecutionId), mode = 'trigger' } = run;
		const data = workflowData(json, credentials, this.nodeTypes);
		const workflow = new Workflow({ ...data, nodeTypes: this.nodeTypes });
		const runExecutionData = stored ?? startData(workflow, run);
		const hooks = new ExecutionLifecycleHooks(mode, executionId, data);
		const additionalData = { ...this.additionalDataFor(credentials), executionId, hooks };
		const engine = new WorkflowExecute(additionalData, mode, runExecutionData);

		// n8n saves the execution in this hook. Only its first call counts: a cancelled execution is
		// saved when it is cancelled, whatever its last node does afterwards.
		let statusAtEnd: ExecutionStatus | undefined;
		let staticData: IDataObject | undefined;
		hooks.addHandler('workflowExecuteAfter', ({ status }, newStaticData) => {
			statusAtEnd ??= status;
			staticData ??= newStaticData;
		});

		let cancelled = false;
		let cancelExecution = () => {};
		const processWorkflow = async () => {
			await useBinaryData(this.options.binaryData ?? 'default');
			const running = engine.processRunExecutionData(workflow);
			cancelExecution = () => running.cancel();
			if (cancelled) running.cancel();
			return await running;
		};
		const result = processWorkflow()
			.catch((error: ExecutionError) => failedRun(error, mode))
			.then((ended) =>
				toResult(executionId, { ...ended, status: statusAtEnd ?? ended.status }, staticData),
			);
		const cancel = () => {
			cancelled = true;
			cancelExecution();
		};
		return { executionId, cancel, result };
	}

	private editorContext(request: LoadRequest) {
		const { credential, nodeType = this.firstNodeType() } = request;
		const stores = credential ? [this.toStore(credential)] : [];
		const additional = this.additionalDataFor(stores);
		return editorContext(this.nodeTypes, additional, stores, { ...request, nodeType });
	}

	private additionalDataFor(stores: CredentialStore[]): IWorkflowExecuteAdditionalData {
		return additionalData(this.credentialTypes, stores);
	}

	private toStore(credential: Credential): CredentialStore {
		return credential instanceof CredentialStore ? credential : this.credential(credential);
	}

	private firstNodeType(): string {
		const [first] = this.options.nodeTypes;
		if (!first) throw new UnexpectedError('The engine has no node type under test');
		return first.description.name;
	}

	private firstCredentialType(): string {
		const [first] = this.options.credentialTypes ?? [];
		if (!first) throw new UnexpectedError('The engine has no credential type');
		return first.name;
	}
}

export function createEngine(options: EngineOptions): Engine {
	return new Engine(options);
}
