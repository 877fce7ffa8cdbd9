import { agentWorkflow } from '../support/agent';
import type { ModelStub } from '../support/modelStub';
import { startModelStub } from '../support/modelStub';
import { byId } from '../support/workflows';
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
			await agentWorkflow(environment, model, typeVersion, {
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
			await agentWorkflow(environment, model, typeVersion, {
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
}
