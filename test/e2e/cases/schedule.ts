import { waitFor } from '../support/processes';
import { example } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';

export function scheduleCases(environment: E2eEnvironment): void {
	it('a schedule runs the campaign with nobody at the editor', async () => {
		const { editor, credential } = environment;
		const manual = example('campaign.json', credential);
		const scheduled = {
			...manual,
			name: 'Scheduled campaign',
			nodes: manual.nodes.map((node) =>
				node.type === 'n8n-nodes-base.manualTrigger'
					? {
							...node,
							type: 'n8n-nodes-base.scheduleTrigger',
							typeVersion: 1.2,
							parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } },
						}
					: node,
			),
		};
		const workflow = await editor.createWorkflow(scheduled);
		await editor.setActive(workflow, true);
		const first = await waitFor('a scheduled execution to end', async () => {
			const rows = await editor.executions({ workflowId: workflow.id });
			return rows.find(({ status }) => status !== 'running' && status !== 'new');
		});
		await editor.setActive(workflow, false);
		await waitFor('the last scheduled execution to end', async () => {
			const rows = await editor.executions({ workflowId: workflow.id });
			return rows.every(({ status }) => status !== 'running' && status !== 'new');
		});

		const execution = await editor.execution(first.id);
		expect(execution).toMatchObject({ status: 'success', mode: 'trigger' });
		expect(execution.output('Broadcast')).toHaveLength(3);
	});
}
