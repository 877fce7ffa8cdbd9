import type {
	ExecutionError,
	IConnections,
	IDataObject,
	INode,
	INodeCredentials,
	INodeExecutionData,
	IRun,
	IWorkflowBase,
	IWorkflowSettings,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, deepCopy, UnexpectedError } from 'n8n-workflow';

import type { CredentialStore } from './credentialStore';
import type { NodeTypes } from './nodeTypes';
import type { WorkflowJson, WorkflowRun } from './runs';

/** A workflow as n8n loads it from its database. */
export function workflowData(
	json: WorkflowJson,
	credentials: CredentialStore[],
	nodeTypes: NodeTypes,
): IWorkflowBase {
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
		nodes: nodes.map((node, index) => toNode(node, index, credentials, nodeTypes)),
		connections: deepCopy(connections) as IConnections,
		settings: { executionOrder: 'v1', ...settings } as IWorkflowSettings,
		staticData: deepCopy(staticData ?? {}) as IDataObject,
	};
}

/** Credentials go to every node whose type wants one of that type. */
export function toNode(
	json: WorkflowJson['nodes'][number],
	index: number,
	stores: CredentialStore[],
	nodeTypes: NodeTypes,
): INode {
	const { description } = nodeTypes.getByNameAndVersion(
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

function referencesTo(stores: CredentialStore[]): INodeCredentials {
	return Object.fromEntries(stores.map(({ id, name, type }) => [type, { id, name }]));
}

/** An execution that begins with the trigger's items, as n8n builds it for production triggers. */
export function startData(workflow: Workflow, { startNode, triggerItems = [{}] }: WorkflowRun) {
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
export function failedRun(error: ExecutionError, mode: WorkflowExecuteMode): IRun {
	const plain = { ...error, message: error.message, stack: error.stack } as ExecutionError;
	const data = createRunExecutionData({ resultData: { error: plain } });
	return { data, mode, startedAt: new Date(), status: 'error', storedAt: 'db' };
}
