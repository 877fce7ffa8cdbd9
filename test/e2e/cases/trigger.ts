import { CallbackUrl, customersIn, TRIGGER } from '../support/callbackUrl';
import { E2eEnvironment } from '../support/environment';
import { waitFor } from '../support/processes';
import { chain, wecom } from '../support/workflows';

/** WeCom's events become executions. */
export function triggerCases(environment: E2eEnvironment): void {
	let callbackUrl: CallbackUrl;
	beforeEach(async () => {
		callbackUrl = await CallbackUrl.create(environment.callbackSurroundings);
		// What a loaded machine needs, so that no case depends on it; the load case keeps WeCom's limits.
		Object.assign(environment.sandbox.world.settings, {
			callbackVerifyMilliseconds: 30_000,
			callbackAnswerMilliseconds: 30_000,
		});
	});

	const publish = async (parameters = {}, api = environment.credential) =>
		await callbackUrl.publish(chain('Trigger', [callbackUrl.trigger(parameters, api)]));

	it('WeCom verifies the URL of a published workflow, and only of such a one', async () => {
		const { editor } = environment;
		const workflow = await editor.createWorkflow(chain('Trigger', [callbackUrl.trigger()]));
		expect(await callbackUrl.save()).toMatchObject({
			saved: false,
			reason: 'HTTP status 404 instead of 200',
		});
		await callbackUrl.activate(workflow);
		expect(await callbackUrl.save()).toMatchObject({ saved: true, verified: true });
		expect(await callbackUrl.allExecutions(workflow)).toEqual([]);

		const delivery = await callbackUrl.deliver('wmAMY');
		expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }] });
		// A repetition, which is answered just like the first one.
		expect(await callbackUrl.sendTo(callbackUrl.productionUrl, delivery)).toEqual({
			status: 200,
			body: '',
		});
		const [execution, ...more] = await callbackUrl.allExecutions(workflow);
		expect(more).toEqual([]);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		expect(execution?.output(TRIGGER).map(({ json }) => json)).toEqual([
			expect.objectContaining({
				event_type: 'change_external_contact.add_external_contact',
				corp_id: environment.sandbox.corpId,
				userid: 'lin',
				external_userid: 'wmAMY',
				// The time zone of this n8n.
				created_at: expect.stringContaining('+08:00'),
				dedupe_key: expect.any(String),
			}),
		]);

		await editor.setActive(workflow, false);
		await waitFor('the URL to be gone', async () => !(await callbackUrl.save()).verified);
	});

	it('the test URL verifies while n8n listens, and takes one event, as often as somebody listens', async () => {
		const { editor } = environment;
		const workflow = await editor.createWorkflow(chain('Trigger', [callbackUrl.trigger()]));
		expect((await callbackUrl.save(callbackUrl.testUrl)).verified).toBe(false);
		await editor.listen(workflow);
		expect((await callbackUrl.save(callbackUrl.testUrl)).verified).toBe(true);
		expect((await callbackUrl.save(callbackUrl.testUrl)).verified).toBe(true);
		const delivery = await callbackUrl.deliver('wmAMY');
		expect(delivery.state).toBe('delivered');
		const [first] = await callbackUrl.executions(workflow, 1);
		expect(first).toMatchObject({ status: 'success', mode: 'manual' });

		await waitFor(
			'n8n to listen no more',
			async () => !(await callbackUrl.save(callbackUrl.testUrl)).verified,
		);
		await editor.listen(workflow);
		expect(await callbackUrl.sendTo(callbackUrl.testUrl, delivery)).toEqual({
			status: 200,
			body: '',
		});
		expect(customersIn(await callbackUrl.executions(workflow, 2))).toEqual(['wmAMY', 'wmAMY']);
	});

	it('what was not asked for is answered and starts nothing', async () => {
		const workflow = await publish({
			events: ['change_external_contact.add_external_contact'],
			filters: { channel: 'spring-expo' },
		});
		const { callbacks } = environment.sandbox.world;
		callbacks.emit({ event: 'change_external_tag', changeType: 'create', nodes: { Id: 'et1' } });
		callbackUrl.emit('wmNOCHANNEL');
		await callbackUrl.post('/add-customer', { userid: 'lin', name: 'Amy', state: 'spring-expo' });
		await callbacks.idle();
		expect(callbacks.deliveries().map(({ state }) => state)).toEqual(
			Array.from({ length: 3 }, () => 'delivered'),
		);
		const executions = await callbackUrl.executions(workflow, 1);
		expect(
			executions.flatMap((each) => each.output(TRIGGER).map(({ json }) => json.state)),
		).toEqual(['spring-expo']);
	});

	it('the welcome message reaches a customer who has just been added', async () => {
		const { sandbox, credential } = environment;
		const workflow = await callbackUrl.publish(
			chain('Welcome', [
				callbackUrl.trigger(),
				wecom('Welcome', credential, {
					resource: 'welcomeMessage',
					operation: 'send',
					welcomeCode: '={{ $json.welcome_code }}',
					text: '=Hello, you come by {{ $json.state }}',
				}),
			]),
		);
		const started = performance.now();
		const { externalUserid } = await callbackUrl.post('/add-customer', {
			userid: 'lin',
			name: 'Amy',
			state: 'spring-expo',
		});
		const received = () => sandbox.world.welcomes.receivedBy(String(externalUserid));
		await waitFor('the welcome message', () => received().length > 0, { everyMs: 20 });
		expect(performance.now() - started).toBeLessThan(20_000);
		expect(received()).toMatchObject([
			{ userid: 'lin', sent: { text: 'Hello, you come by spring-expo' } },
		]);
		expect((await callbackUrl.executions(workflow, 1))[0]?.status).toBe('success');
	});

	describe('Add Details', () => {
		const details = async (api?: typeof environment.credential) => {
			const workflow = await publish({ addDetails: true }, api);
			const [customer = ''] = environment.customersOf('lin');
			await callbackUrl.deliver(customer);
			const [execution] = await callbackUrl.executions(workflow, 1);
			return { execution, customer };
		};

		it('reads the customer', async () => {
			const { execution, customer } = await details();
			expect(execution?.status).toBe('success');
			expect(execution?.output(TRIGGER).map(({ json }) => json)).toEqual([
				expect.objectContaining({
					external_userid: customer,
					details: expect.objectContaining({ external_userid: customer }),
					details_error: null,
				}),
			]);
		});

		it('without its credential n8n 2 does not publish; n8n 1 does, and no event is lost', async () => {
			const definition = chain('Trigger', [callbackUrl.trigger({ addDetails: true })]);
			if (E2eEnvironment.version.startsWith('2.')) {
				await expect(callbackUrl.publish(definition)).rejects.toThrow(
					'Missing required credential: API Credential',
				);
				return;
			}
			const workflow = await callbackUrl.publish(definition);
			await callbackUrl.deliver('wmAMY');
			const [execution] = await callbackUrl.executions(workflow, 1);
			expect(execution?.output(TRIGGER).map(({ json }) => json)).toEqual([
				expect.objectContaining({
					external_userid: 'wmAMY',
					details: null,
					details_error: expect.stringContaining("No credential 'WeCom External Contact API'"),
				}),
			]);
		});

		it('a failed read costs no event', async () => {
			environment.sandbox.faults.add({
				path: '/cgi-bin/externalcontact/get',
				fault: { kind: 'errcode', errcode: 84061 },
			});
			const { execution, customer } = await details();
			expect(execution?.status).toBe('success');
			expect(execution?.output(TRIGGER).map(({ json }) => json)).toEqual([
				expect.objectContaining({
					external_userid: customer,
					details: null,
					details_error: expect.stringContaining('84061'),
				}),
			]);
		});
	});
}
