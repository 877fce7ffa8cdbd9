/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- reads which size was asked for, prints the numbers */
import type { Execution } from '../support/editor';
import { E2eEnvironment } from '../support/environment';
import { waitFor } from '../support/processes';
import { ServiceDesk } from '../support/serviceDesk';
import { TRIGGER } from '../support/callbackUrl';
import { chain } from '../support/workflows';

/** `E2E_MESSAGES=200` makes it the long run. */
const MESSAGES = Number(process.env.E2E_MESSAGES ?? 60);
const BURST = 10;
/** As many as a customer gets answers to, whenever they come. */
const MESSAGES_PER_CUSTOMER = 5;

/** A customer writes, and the workflow answers. */
export function customerServiceCases(environment: E2eEnvironment): void {
	let desk: ServiceDesk;
	beforeEach(async () => {
		desk = await ServiceDesk.open(environment);
	});
	afterEach(async () => await desk.close());

	it('a customer writes and reads the answer', async () => {
		const workflow = await desk.publish(chain('Service', [desk.trigger(), desk.echo()]));
		const ann = desk.customer('Ann');
		const msgid = desk.write(ann, 'Are you open?');
		expect(await desk.answered(ann, 1)).toEqual(['You wrote: Are you open?']);
		const [execution, ...others] = await desk.executions(workflow, 1);
		expect(others).toEqual([]);
		expect(execution).toMatchObject({ status: 'success', mode: 'trigger' });
		expect(execution?.output(TRIGGER).map(({ json }) => json)).toEqual([
			expect.objectContaining({
				msgid,
				open_kfid: desk.account,
				external_userid: ann,
				chatInput: 'Are you open?',
				sessionId: `${desk.account}:${ann}`,
				sent_at: expect.stringContaining('+08:00'),
			}),
		]);
		expect(execution?.output('Answer').map(({ json }) => json)).toEqual([
			expect.objectContaining({ state: 'sent', sent_count: 1, replies_left: 4 }),
		]);
	});

	it('what was written before the workflow was published starts nothing', async () => {
		const ann = desk.customer('Ann');
		desk.write(ann, 'Long ago');
		environment.sandbox.clock.advance(5);
		const workflow = await desk.publish(chain('Service', [desk.trigger(), desk.echo()]));
		desk.write(ann, 'Now');
		expect(await desk.answered(ann, 1)).toEqual(['You wrote: Now']);
		expect(await desk.executions(workflow, 1)).toHaveLength(1);
	});

	it(`${MESSAGES} messages, n8n killed in the middle: all reached, none answered twice`, async () => {
		const { editor, n8n } = environment;
		const workflow = await desk.publish(chain('Service', [desk.trigger(), desk.echo()]));
		const customers = Array.from({ length: MESSAGES / MESSAGES_PER_CUSTOMER }, (_, index) =>
			desk.customer(`Customer ${index}`),
		);
		const written = new Map(customers.map((customer) => [customer, [] as string[]]));
		const msgids: string[] = [];
		const burst = () => {
			for (let count = 0; count < BURST; count++) {
				const customer = customers[msgids.length % customers.length] ?? '';
				const text = `Message ${msgids.length}`;
				msgids.push(desk.write(customer, text));
				written.get(customer)?.push(`You wrote: ${text}`);
			}
		};
		const answers = () => customers.flatMap((customer) => desk.answersTo(customer));
		while (msgids.length < MESSAGES / 2) {
			burst();
			await waitFor('some answers', () => answers().length > msgids.length - 2 * BURST);
		}
		await n8n.server.kill();
		const before = answers().length;
		// Nobody answers the bell.
		burst();
		await n8n.restart();
		while (msgids.length < MESSAGES) {
			burst();
			await waitFor('some answers', () => answers().length > before);
		}
		const executions = await desk.executions(workflow, MESSAGES);
		const crashed = executions.filter(({ status }) => status === 'crashed');
		const answeredByThemselves = answers().length;

		// n8n lists what it was doing when it was killed. Retried by hand, these are answered too, and none twice.
		for (const { id } of crashed) await editor.ended(await editor.retry(id));
		console.log(
			`n8n ${E2eEnvironment.version}: ${MESSAGES} messages in ${MESSAGES / BURST} bursts, ${executions.length} executions, ${crashed.length} crashed, ${answeredByThemselves} answered, ${answers().length} after Retry`,
		);
		expect(before).toBeLessThan(MESSAGES);
		expect(failuresIn(executions)).toEqual([]);
		for (const [customer, texts] of written) {
			expect(desk.answersTo(customer).sort()).toEqual([...texts].sort());
		}
	});
}

function failuresIn(executions: readonly Execution[]): unknown[] {
	return executions.filter(({ status }) => status === 'error').map(({ error }) => error);
}
