import type { IDataObject } from 'n8n-workflow';

import type { E2eEnvironment } from './environment';
import type { ModelStub } from './modelStub';
import { NODE_TYPE } from './n8n';
import type { WorkflowDefinition, WorkflowNode } from './workflows';
import { byId, chain, MANUAL_TRIGGER, reference } from './workflows';

/**
 * n8n's AI Agent node, a model, and our node as its tool.
 *
 * @param review parameters of our node as n8n's review step, which then stands between the agent and the tool
 */
export async function agentWorkflow(
	environment: E2eEnvironment,
	{ url }: Pick<ModelStub, 'url'>,
	typeVersion: number,
	parameters: IDataObject,
	review?: IDataObject,
): Promise<WorkflowDefinition> {
	const openAi = await environment.editor.createCredential('Model', 'openAiApi', {
		apiKey: 'no-key-needed',
		url,
		header: false,
	});
	const agent: WorkflowNode = {
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion,
		parameters: { promptType: 'define', text: 'Tell the customer', options: {} },
	};
	const model: WorkflowNode = {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: byId('stub'), options: {} },
		credentials: reference(openAi),
		position: [220, 220],
	};
	const tool: WorkflowNode = {
		name: 'WeCom',
		type: `${NODE_TYPE}Tool`,
		typeVersion: 1,
		parameters: { descriptionType: 'auto', ...parameters },
		credentials: reference(environment.credential),
		position: [440, 220],
	};
	const reviewStep: WorkflowNode = {
		...tool,
		name: 'Review',
		type: `${NODE_TYPE}HitlTool`,
		parameters: review ?? {},
		position: [440, 120],
	};
	const to = (type: string, node = agent.name) => ({ [type]: [[{ node, type, index: 0 }]] });
	const base = chain('Agent', [MANUAL_TRIGGER, agent]);
	const others = [model, tool, ...(review ? [reviewStep] : [])];
	return {
		...base,
		nodes: [...base.nodes, ...chain('', others).nodes],
		connections: {
			...base.connections,
			[model.name]: to('ai_languageModel'),
			[tool.name]: to('ai_tool', review ? reviewStep.name : agent.name),
			...(review && { [reviewStep.name]: to('ai_tool') }),
		},
	};
}
