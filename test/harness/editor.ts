import './environment';
import { LoadOptionsContext } from 'n8n-core';
import type {
	ILoadOptionsFunctions,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import type { CredentialStore } from './credentialStore';
import type { NodeTypes } from './nodeTypes';
import type { LoadRequest } from './runs';
import { toNode } from './workflows';

type EditorRequest = LoadRequest & { nodeType: string };

/** What the editor knows of a node when it asks for a list, as n8n's dynamic-node-parameters.service.ts makes it. */
export function editorContext(
	nodeTypes: NodeTypes,
	additionalData: IWorkflowExecuteAdditionalData,
	stores: CredentialStore[],
	{ currentNodeParameters = {}, nodeType: name, path = 'parameters' }: EditorRequest,
): { context: ILoadOptionsFunctions; nodeType: INodeType } {
	const nodeType = nodeTypes.getByNameAndVersion(name);
	const json = { name: 'Temp-Node', type: name, parameters: currentNodeParameters };
	const node = toNode(json, 0, stores, nodeTypes);
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
		nodeTypes: nodeTypes,
	});
	const context = new LoadOptionsContext(
		workflow,
		node,
		{ ...additionalData, currentNodeParameters: node.parameters },
		path,
	);
	return { context, nodeType };
}
