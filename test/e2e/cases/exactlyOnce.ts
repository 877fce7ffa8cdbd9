import { waitFor } from '../support/processes';
import { chain, byId, example, MANUAL_TRIGGER, wecom } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';

const CREATE = '/cgi-bin/externalcontact/add_msg_template';

/** No task is created twice, whatever happens to n8n in the middle. */
export function exactlyOnceCases(environment: E2eEnvironment): void {
	const creates = () => environment.calls('externalcontact/add_msg_template');
	const lookUps = () => environment.calls('externalcontact/get_groupmsg_list_v2');

	it('Retry On Fail after a lost answer finds the task instead of creating a second one', async () => {
		const { editor, credential, sandbox } = environment;
		sandbox.faults.add({ path: CREATE, call: 1, fault: { kind: 'reset', after: true } });
		// The task is not to be seen before the first try has given up looking for it.
		Object.assign(sandbox.world.settings, { listDelaySeconds: 3_600 });
		const id = await editor.start(
			await editor.createWorkflow(
				chain('Retry', [
					MANUAL_TRIGGER,
					wecom(
						'Broadcast',
						credential,
						{
							resource: 'message',
							operation: 'broadcast',
							sendTo: 'customers',
							externalUserIds: environment.customersOf('lin').join(),
							sentBy: 'member',
							member: byId('lin'),
							text: 'Once',
						},
						{ retryOnFail: true, maxTries: 2, waitBetweenTries: 5_000 },
					),
				]),
			),
		);
		await waitFor('the first try to look three times', () => lookUps().length >= 3);
		Object.assign(sandbox.world.settings, { listDelaySeconds: 0 });

		const execution = await editor.ended(id);
		expect(execution.status).toBe('success');
		expect(creates()).toHaveLength(1);
		expect(sandbox.world.tasks()).toHaveLength(1);
		expect(execution.output('Broadcast').map(({ json }) => json)).toEqual([
			expect.objectContaining({
				state: 'recovered',
				msgid: sandbox.world.tasks()[0]?.msgid,
				recipient_count: environment.customersOf('lin').length,
			}),
		]);
	});

	it('Stop in the editor ends a broadcast between two tasks, not within one', async () => {
		const { editor, credential, sandbox } = environment;
		sandbox.faults.add({ path: CREATE, call: 2, fault: { kind: 'delay', ms: 10_000 } });
		const workflow = await editor.createWorkflow(example('campaign.json', credential));
		const id = await editor.start(workflow);
		await waitFor('the second task to be on its way', () => creates().length === 2);
		await editor.stop(id);

		const execution = await editor.ended(id);
		expect(execution.status).toBe('canceled');
		await waitFor('WeCom to answer the second one', () => creates()[1]?.errcode === 0);
		// The third one would follow at once, if it did.
		expect((await editor.runSaved(await statusOf(workflow.name))).status).toBe('success');
		expect(creates()).toHaveLength(2);
		expect(sandbox.world.tasks()).toHaveLength(2);
	});

	/** Another execution on the same instance: when it has ended, the stopped one had its chance to go on. */
	async function statusOf(name: string) {
		const tasks = environment.sandbox.world.tasks().map(({ msgid }) => msgid);
		return await environment.editor.createWorkflow(
			chain(`${name}, status`, [
				MANUAL_TRIGGER,
				wecom('Status', environment.credential, {
					resource: 'message',
					operation: 'getTaskStatus',
					msgid: byId(tasks[0] ?? ''),
					output: 'summary',
				}),
			]),
		);
	}

	it('n8n killed in the middle of a broadcast creates nothing by itself when it is back', async () => {
		const { editor, credential, sandbox, n8n } = environment;
		sandbox.faults.add({ path: CREATE, call: 2, fault: { kind: 'noAnswer', after: true } });
		const workflow = await editor.createWorkflow(example('campaign.json', credential));
		const id = await editor.start(workflow);
		await waitFor('the second task to exist', () => sandbox.world.tasks().length === 2);
		await n8n.server.kill();
		await n8n.restart();

		const execution = await editor.ended(id);
		expect(execution.status).toBe('crashed');
		expect(creates()).toHaveLength(2);
		expect(sandbox.world.tasks()).toHaveLength(2);

		// The builder runs it again and says that what exists is to be left alone.
		sandbox.faults.clear();
		const campaign = example('campaign.json', credential);
		const again = await editor.run({
			...campaign,
			nodes: campaign.nodes.map((node) =>
				node.parameters.operation === 'broadcast'
					? { ...node, parameters: { ...node.parameters, options: { skipCreatedHours: 1 } } }
					: node,
			),
		});
		expect(again.error).toBeUndefined();
		expect(again.output('Broadcast').map(({ json }) => json.state)).toEqual([
			'duplicate',
			'duplicate',
			'created',
		]);
		expect(sandbox.world.tasks()).toHaveLength(3);
	});
}
