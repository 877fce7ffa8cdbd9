import type { E2eEnvironment } from '../support/environment';
import { example } from '../support/workflows';

export function tokenCases(environment: E2eEnvironment): void {
	it('a token that dies in the middle of a campaign is replaced once and stored', async () => {
		const { editor, credential, sandbox } = environment;
		const campaign = await editor.createWorkflow(example('campaign.json', credential));
		sandbox.faults.add({
			path: '/cgi-bin/externalcontact/add_msg_template',
			call: 2,
			fault: { kind: 'killToken' },
		});

		const execution = await editor.runSaved(campaign);
		expect(execution.status).toBe('success');
		expect(sandbox.world.tasks()).toHaveLength(3);
		expect(environment.calls('gettoken')).toHaveLength(2);

		// The new one was stored: the next execution asks for none.
		sandbox.log.clear();
		expect((await editor.runSaved(campaign)).status).toBe('success');
		expect(environment.calls('gettoken')).toHaveLength(0);
		expect(tokensUsed(environment)).toEqual(new Set([2]));
	});

	it.each([40014, 42001] as const)(
		'a token that died (%d) between two executions is replaced once and stored',
		async (errcode) => {
			const { editor, credential, sandbox } = environment;
			const campaign = await editor.createWorkflow(example('campaign.json', credential));
			expect((await editor.runSaved(campaign)).status).toBe('success');
			sandbox.world.killToken(errcode);
			sandbox.log.clear();

			expect((await editor.runSaved(campaign)).status).toBe('success');
			expect(environment.calls('gettoken')).toHaveLength(1);
			expect((await editor.runSaved(campaign)).status).toBe('success');
			expect(environment.calls('gettoken')).toHaveLength(1);
		},
	);

	it('n8n started anew uses the stored token', async () => {
		const { editor, credential, sandbox, n8n } = environment;
		const campaign = await editor.createWorkflow(example('campaign.json', credential));
		expect((await editor.runSaved(campaign)).status).toBe('success');
		await n8n.server.stop();
		await n8n.restart();
		sandbox.log.clear();

		expect((await editor.runSaved(campaign)).status).toBe('success');
		expect(environment.calls('gettoken')).toHaveLength(0);
	});
}

function tokensUsed({ sandbox }: E2eEnvironment): Set<number | undefined> {
	return new Set(sandbox.log.calls().map(({ tokenIndex }) => tokenIndex));
}
