import type { E2eEnvironment } from '../support/environment';
import { byId, chain, example, MANUAL_TRIGGER, wecom } from '../support/workflows';

/** Level: Gold of the sandbox's small world, as in examples/campaign.json, in the order of the customers. */
const MEMBERS = ['wei', 'lin', 'chen'];

export function campaignCases(environment: E2eEnvironment): void {
	it('the campaign example makes one task per member and reports it', async () => {
		const execution = await environment.editor.run(
			example('campaign.json', environment.credential),
		);
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');

		const customers = execution.output('List Tagged Customers');
		const tasks = execution.output('Broadcast');
		expect(customers.length).toBeGreaterThan(MEMBERS.length);
		expect(tasks.map(({ json }) => json.sender)).toEqual(MEMBERS);
		for (const { json, pairedItem } of tasks) {
			// Exactly the rows of this member.
			const rows = customers.flatMap((row, item) =>
				row.json.userid === json.sender ? [{ item }] : [],
			);
			expect(pairedItem).toEqual(rows);
			expect(json).toMatchObject({
				state: 'created',
				recipient_count: rows.length,
				fail_list: [],
				batch: 1,
				batch_count: 1,
			});
			// What n8n stored is what WeCom has.
			expect(recipientsAtWeCom(environment, String(json.msgid))).toEqual(
				rows.map(({ item }) => customers[item]?.json.external_userid).sort(),
			);
		}
		expect(
			execution.output('Get Task Status').map(({ json, pairedItem }) => [json, pairedItem]),
		).toEqual(
			tasks.map(({ json }, item) => [
				expect.objectContaining({
					msgid: json.msgid,
					state: 'awaiting_members',
					sent: 0,
					pending: json.recipient_count,
				}),
				{ item },
			]),
		);
		const hints = execution.runs('Broadcast')[0]?.hints?.map(({ message }) => message);
		expect(hints).toContainEqual(expect.stringContaining('3 tasks created'));
		expect(environment.calls('gettoken')).toHaveLength(1);
	});

	it('a later execution sees what the members did', async () => {
		const { editor, credential, sandbox } = environment;
		const campaign = await editor.run(example('campaign.json', credential));
		const [task] = campaign.output('Broadcast');
		const msgid = String(task?.json.msgid);
		sandbox.world.confirmTask(msgid);

		const status = await editor.run(
			chain('Status', [
				MANUAL_TRIGGER,
				wecom('Status', credential, {
					resource: 'message',
					operation: 'getTaskStatus',
					msgid: byId(msgid),
					output: 'summary',
				}),
			]),
		);
		expect(status.output('Status').map(({ json }) => json)).toEqual([
			expect.objectContaining({
				state: 'completed',
				sent: task?.json.recipient_count,
				pending: 0,
				// The instance's time zone.
				last_sent_at: expect.stringMatching(/\+08:00$/),
			}),
		]);
	});
}

function recipientsAtWeCom({ sandbox }: E2eEnvironment, msgid: string): string[] {
	const task = sandbox.world.tasks().find((each) => each.msgid === msgid);
	return [...(task?.parts.values() ?? [])]
		.flatMap((part) => part.recipients.map(({ id }) => id))
		.sort();
}
