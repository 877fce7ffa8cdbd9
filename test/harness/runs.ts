import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { StoredWorkflow } from './activeTrigger';
import type { CredentialStore } from './credentialStore';
import type { AnyNodeType, ToolCall } from './nodeTypes';

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

/** A published workflow that one trigger starts. */
export interface TriggerRun {
	node: NodeUnderTest;
	credentials?: CredentialStore[];
	timezone?: string;
	/** Default: `webhook`, the production URL; `manual` is the test URL. */
	mode?: 'webhook' | 'manual';
	/** For a trigger that runs by itself: what an earlier process has stored. Default: a new workflow. */
	stored?: StoredWorkflow;
	/** Whether this process runs triggers, not only webhooks. Default: true. */
	runsTriggers?: boolean;
	/** Whether `emit` takes a deduplication key, as it does from n8n 2 on. Default: true. */
	takesKeys?: boolean;
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
