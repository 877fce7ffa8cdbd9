import { startSandbox } from '../../sandbox';
import { example } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';

const CUSTOMERS = 25_000;

export function largeCases(environment: E2eEnvironment): void {
	it('25,000 customers of a member become 3 tasks', async () => {
		const sandbox = await startSandbox({
			seed: { members: 1, customersPerMember: CUSTOMERS, tags: 1 },
		});
		try {
			environment.recordTokens(sandbox);
			const credential = await environment.newCredential(
				environment.credentialData(sandbox.world.corp, sandbox.url),
			);
			const [tag] = sandbox.world.corp.tags.keys();
			const campaign = example('campaign.json', credential);
			const execution = await environment.editor.run(
				{
					...campaign,
					nodes: campaign.nodes.map((node) =>
						node.parameters.operation === 'list'
							? { ...node, parameters: { ...node.parameters, filters: { tags: [tag] } } }
							: node,
					),
				},
				300_000,
			);
			expect(execution.error).toBeUndefined();
			expect(execution.output('List Tagged Customers')).toHaveLength(CUSTOMERS);
			const tasks = execution.output('Broadcast');
			expect(tasks.map(({ json }) => json.recipient_count)).toEqual([10_000, 10_000, 5_000]);
			expect(tasks.map(({ pairedItem }) => (pairedItem as unknown[]).length)).toEqual([
				10_000, 10_000, 5_000,
			]);
			expect(sandbox.world.tasks()).toHaveLength(3);
		} finally {
			await sandbox.stop();
		}
	});
}
