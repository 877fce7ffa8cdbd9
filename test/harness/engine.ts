import { coreServices } from './environment';
import {
	BinaryDataConfig,
	BinaryDataService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	ExecutionError,
	ExecutionStatus,
	IBinaryData,
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeCredentials,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	IRun,
	IRunData,
	IRunExecutionData,
	ITaskData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	createRunExecutionData,
	deepCopy,
	fileTypeFromMimeType,
	jsonParse,
	jsonStringify,
	NodeConnectionTypes,
	NodeHelpers,
	UnexpectedError,
	Workflow,
} from 'n8n-workflow';

import { CredentialsHelper, CredentialStore, CredentialTypes } from './credentials';
import { type CredentialTestOptions, testCredential } from './credentialTester';
import { AGENT_TYPE, type AnyNodeType, NodeTypes, type ToolCall, TRIGGER_TYPE } from './nodeTypes';

export { CredentialStore } from './credentials';
export type { ToolCall } from './nodeTypes';

export interface EngineOptions {
	/** Instances; the first one is the node under test where a call names none. */
	nodeTypes: AnyNodeType[];
	credentialTypes?: ICredentialType[];
	/** Where files live, as N8N_DEFAULT_BINARY_DATA_MODE: in the items, or in the scratch folder. */
	binaryData?: 'default' | 'filesystem';
}

export type Credential = CredentialStore | ICredentialDataDecryptedObject;

/** What the editor calls the settings of a node. */
export type NodeSettings = Partial<
	Pick<
		INode,
		| 'name'
		| 'type'
		| 'typeVersion'
		| 'onError'
		| 'retryOnFail'
		| 'maxTries'
		| 'waitBetweenTries'
		| 'alwaysOutputData'
		| 'executeOnce'
	>
>;

export type NodeUnderTest = NodeSettings & { parameters: Record<string, unknown> };

interface ExecutionOptions {
	/** Default: a fresh one per run. */
	executionId?: string;
	/** Default: `trigger`, a production execution. */
	mode?: WorkflowExecuteMode;
}

/** The common workflow of one node: Trigger(input) -> node. */
export interface EngineRun extends ExecutionOptions {
	node: NodeUnderTest;
	/** The items that the trigger gives; one empty item when left out. */
	input?: INodeExecutionData[] | IDataObject[];
	/** Plain data makes a credential of the (first) type for this run only. */
	credential?: Credential;
	timezone?: string;
	staticData?: IDataObject;
	/** Let an AI agent call the node as its tool instead. */
	asTool?: ToolCall;
}

export interface WorkflowRun extends ExecutionOptions {
	triggerItems?: INodeExecutionData[] | IDataObject[];
	/** Given to every node whose type wants a credential of that type. */
	credentials?: CredentialStore[];
	/** Default: the trigger that n8n finds. */
	startNode?: string;
}

/** A workflow as the editor exports it; loose enough for an imported JSON file. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: Array<{ name: string; type: string; parameters?: object; [setting: string]: unknown }>;
	connections: object;
	settings?: object;
	staticData?: object | null;
}

export interface LoadRequest {
	/** Default: the first node type. */
	nodeType?: string;
	/** What the user has entered so far; defaults are added as the editor does. */
	currentNodeParameters?: Record<string, unknown>;
	credential?: Credential;
	/** Where the parameter is, for `&`-relative parameter names. */
	path?: string;
}

export interface ListSearchRequest extends LoadRequest {
	filter?: string;
	paginationToken?: string;
}

export interface Execution<Result> {
	executionId: string;
	/** What the Stop button does. */
	cancel(): void;
	result: Promise<Result>;
}

export class WorkflowResult {
	readonly status: ExecutionStatus;

	/** The error that ended the execution. */
	readonly error?: ExecutionError;

	constructor(
		readonly executionId: string,
		private readonly run: IRun,
		/** The workflow's static data, when the execution changed it. */
		readonly staticData?: IDataObject,
	) {
		this.status = run.status;
		this.error = run.data.resultData.error;
	}

	/** Everything that n8n would write into its database, as plain JSON. */
	get stored(): IRunExecutionData {
		return jsonParse(jsonStringify(this.run.data, { replaceCircularRefs: true }));
	}

	get runData(): IRunData {
		return this.stored.resultData.runData;
	}

	/** The items of one output, of all runs of the node, as the engine left them. */
	output(nodeName: string, index = 0): INodeExecutionData[] {
		return this.tasks(nodeName).flatMap(({ data }) => {
			const outputs = data?.[NodeConnectionTypes.Main] ?? data?.[NodeConnectionTypes.AiTool];
			return outputs?.[index] ?? [];
		});
	}

	hintsOf(nodeName: string): NodeExecutionHint[] {
		return this.tasks(nodeName).flatMap(({ hints }) => hints ?? []);
	}

	protected tasks(nodeName: string): ITaskData[] {
		return this.run.data.resultData.runData[nodeName] ?? [];
	}
}

/** A `WorkflowResult` seen from the node under test. */
export class EngineResult extends WorkflowResult {
	readonly items: INodeExecutionData[];

	/** The second output, with `onError: 'continueErrorOutput'`. */
	readonly errorItems: INodeExecutionData[];

	readonly hints: NodeExecutionHint[];

	/** The error of the node, also when its settings let the workflow go on. */
	override readonly error?: ExecutionError;

	constructor(nodeName: string, executionId: string, run: IRun, staticData?: IDataObject) {
		super(executionId, run, staticData);
		this.items = this.output(nodeName);
		this.errorItems = this.output(nodeName, 1);
		this.hints = this.hintsOf(nodeName);
		this.error = run.data.resultData.error ?? this.tasks(nodeName).at(-1)?.error;
	}
}

const TRIGGER = 'Trigger';
const AGENT = 'Agent';
const BASE_URL = 'http://n8n.test';

let lastExecutionId = 0;

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
		const { asTool, credential, executionId, input, mode, node, staticData, timezone } = run;
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
		return this.execute(
			workflow,
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

	async runWorkflow(workflow: WorkflowJson, run: WorkflowRun = {}): Promise<WorkflowResult> {
		return await this.startWorkflow(workflow, run).result;
	}

	startWorkflow(workflow: WorkflowJson, run: WorkflowRun = {}): Execution<WorkflowResult> {
		return this.execute(workflow, run, (...result) => new WorkflowResult(...result));
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
		const additionalData = this.additionalData([store]);
		return await testCredential({ additionalData, credentialTypes, nodeTypes, store }, options);
	}

	/** A file for an input item's `binary`, stored where this engine stores files. */
	async binary(content: Buffer | string, fileName: string, mimeType: string): Promise<IBinaryData> {
		const service = await this.useBinaryData();
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
	): Execution<Result> {
		const { credentials = [], executionId = String(++lastExecutionId), mode = 'trigger' } = run;
		const data = this.workflowData(json, credentials);
		const workflow = new Workflow({ ...data, nodeTypes: this.nodeTypes });
		const runExecutionData = startData(workflow, run);
		const hooks = new ExecutionLifecycleHooks(mode, executionId, data);
		const additionalData = { ...this.additionalData(credentials), executionId, hooks };
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
			await this.useBinaryData();
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

	private workflowData(json: WorkflowJson, credentials: CredentialStore[]): IWorkflowBase {
		const { connections, id = 'harness', name = 'Harness', nodes, settings, staticData } = json;
		const now = new Date();
		return {
			id,
			name,
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: now,
			updatedAt: now,
			nodes: nodes.map((node, index) => this.toNode(node, index, credentials)),
			connections: deepCopy(connections) as IConnections,
			settings: { executionOrder: 'v1', ...settings } as IWorkflowSettings,
			staticData: deepCopy(staticData ?? {}) as IDataObject,
		};
	}

	private toNode(json: WorkflowJson['nodes'][number], index: number, stores: CredentialStore[]) {
		const { description } = this.nodeTypes.getByNameAndVersion(
			json.type,
			json.typeVersion as number | undefined,
		);
		const latestVersion = [description.version].flat().at(-1) ?? 1;
		const node = {
			id: `node-${index}`,
			typeVersion: description.defaultVersion ?? latestVersion,
			position: [index * 200, 0],
			parameters: {},
			...deepCopy(json),
		} as INode;
		const wanted = description.credentials?.map(({ name }) => name) ?? [];
		const given = stores.filter(({ type }) => wanted.includes(type));
		if (given.length > 0) node.credentials = { ...node.credentials, ...referencesTo(given) };
		return node;
	}

	private editorContext({
		credential,
		currentNodeParameters = {},
		nodeType: name = this.firstNodeType(),
		path = 'parameters',
	}: LoadRequest) {
		const nodeType = this.nodeTypes.getByNameAndVersion(name);
		const stores = credential ? [this.toStore(credential)] : [];
		const json = { name: 'Temp-Node', type: name, parameters: currentNodeParameters };
		const node = this.toNode(json, 0, stores);
		node.parameters =
			NodeHelpers.getNodeParameters(
				nodeType.description.properties,
				node.parameters,
				true,
				false,
				node,
				nodeType.description,
			) ?? {};
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: this.nodeTypes,
		});
		const additionalData = {
			...this.additionalData(stores),
			currentNodeParameters: node.parameters,
		};
		const context: ILoadOptionsFunctions = new LoadOptionsContext(
			workflow,
			node,
			additionalData,
			path,
		);
		return { context, nodeType };
	}

	private additionalData(stores: CredentialStore[]): IWorkflowExecuteAdditionalData {
		const unavailable = (what: string) => async () => {
			throw new UnexpectedError(`${what} needs the n8n application`);
		};
		return {
			credentialsHelper: new CredentialsHelper(this.credentialTypes, stores),
			externalSecretsProxy: new ExternalSecretsProxy(),
			currentNodeExecutionIndex: 0,
			variables: {},
			restApiUrl: `${BASE_URL}/rest`,
			instanceBaseUrl: `${BASE_URL}/`,
			formBaseUrl: `${BASE_URL}/form`,
			formWaitingBaseUrl: `${BASE_URL}/form-waiting`,
			formTestBaseUrl: `${BASE_URL}/form-test`,
			webhookBaseUrl: `${BASE_URL}/webhook`,
			webhookWaitingBaseUrl: `${BASE_URL}/webhook-waiting`,
			webhookTestBaseUrl: `${BASE_URL}/webhook-test`,
			mcpBaseUrl: `${BASE_URL}/mcp`,
			mcpTestBaseUrl: `${BASE_URL}/mcp-test`,
			logAiEvent: () => {},
			executeWorkflow: unavailable('A sub-workflow'),
			getRunExecutionData: unavailable('Another execution'),
			getRuntimeCredential: unavailable('A runtime credential'),
			startRunnerTask: unavailable('A task runner'),
		};
	}

	/** n8n-core has one place for files per process, so every use sets it to this engine's. */
	private async useBinaryData(): Promise<BinaryDataService> {
		const { binaryData = 'default' } = this.options;
		const services = coreServices();
		const config = services.get(BinaryDataConfig);
		const service = services.get(BinaryDataService);
		if (config.mode !== binaryData) {
			config.mode = binaryData;
			await service.init();
		}
		return service;
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

function referencesTo(stores: CredentialStore[]): INodeCredentials {
	return Object.fromEntries(stores.map(({ id, name, type }) => [type, { id, name }]));
}

/** An execution that begins with the trigger's items, as n8n builds it for production triggers. */
function startData(workflow: Workflow, { startNode, triggerItems = [{}] }: WorkflowRun) {
	const node = startNode ? workflow.getNode(startNode) : workflow.getStartNode();
	if (!node) throw new UnexpectedError(`No start node ${startNode ?? ''} in the workflow`);
	const items = triggerItems.map((item) =>
		typeof item.json === 'object' ? (item as INodeExecutionData) : { json: item as IDataObject },
	);
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
	});
}

/** A workflow that could not even start, such as one with a required parameter left empty. */
function failedRun(error: ExecutionError, mode: WorkflowExecuteMode): IRun {
	const plain = { ...error, message: error.message, stack: error.stack } as ExecutionError;
	const data = createRunExecutionData({ resultData: { error: plain } });
	return { data, mode, startedAt: new Date(), status: 'error', storedAt: 'db' };
}
