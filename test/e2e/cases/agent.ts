import type { IDataObject } from 'n8n-workflow';

import type { ModelStub } from '../support/modelStub';
import { startModelStub } from '../support/modelStub';
import { NODE_TYPE } from '../support/n8n';
import type { WorkflowDefinition, WorkflowNode } from '../support/workflows';
import { byId, chain, MANUAL_TRIGGER, reference } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';

/**
 * n8n's AI Agent node with our node as its tool. Version 2 of it calls the tool itself; version 3 has n8n run it like
 * any other node.
 */
const AGENT_VERSIONS = [2.2, 3];

export function agentCases(environment: E2eEnvironment): void {
	describe.each(AGENT_VERSIONS)('of version %s', (version) => casesOf(environment, version));
}

function casesOf(environment: E2eEnvironment, typeVersion: number): void {
	let model: ModelStub | undefined;
	afterEach(async () => await model?.stop());

	it('Send as a tool creates the one task that the model asked for', async () => {
		const [customer = ''] = environment.customersOf('lin');
		model = await startModelStub({ customer, text: 'Your tea is ready' });
		const execution = await environment.editor.run(
			await agentWith(model, {
				resource: 'message',
				operation: 'send',
				member: byId('lin'),
				customer: byId("={{ $fromAI('customer', 'external user ID') }}"),
				text: "={{ $fromAI('text', 'the message') }}",
			}),
		);

		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const tasks = environment.sandbox.world.tasks();
		expect(tasks).toEqual([expect.objectContaining({ text: 'Your tea is ready' })]);
		const [answer] = execution.output('AI Agent');
		expect(JSON.stringify(answer?.json)).toContain(tasks[0]?.msgid);
		// What the model was told of the tool.
		const [tool] = model.requests[0]?.tools ?? [];
		expect(tool?.function.parameters).toMatchObject({
			properties: { customer: expect.anything(), text: expect.anything() },
		});
	});

	it('a tool that was set to All Customers of Members is refused', async () => {
		model = await startModelStub({ text: 'Hello everybody' });
		const execution = await environment.editor.run(
			await agentWith(model, {
				resource: 'message',
				operation: 'broadcast',
				sendTo: 'allOfMembers',
				members: ['lin'],
				text: "={{ $fromAI('text', 'the message') }}",
			}),
		);

		expect(environment.sandbox.world.tasks()).toHaveLength(0);
		expect(execution.raw).toContain('An AI agent may not send to all customers of a member');
	});

	async function agentWith(
		{ url }: ModelStub,
		parameters: IDataObject,
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
		const modelNode: WorkflowNode = {
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
		const to = (type: string) => [[{ node: agent.name, type, index: 0 }]];
		const base = chain('Agent', [MANUAL_TRIGGER, agent]);
		return {
			...base,
			nodes: [...base.nodes, ...chain('', [modelNode, tool]).nodes],
			connections: {
				...base.connections,
				[modelNode.name]: { ai_languageModel: to('ai_languageModel') },
				[tool.name]: { ai_tool: to('ai_tool') },
			},
		};
	}
}
