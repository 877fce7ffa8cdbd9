import type { E2eEnvironment } from '../support/environment';
import type { ModelStub } from '../support/modelStub';
import { SESSION } from '../../sandbox/customerService/model';
import { startHandingOverModel } from '../support/modelStub';
import { ServiceDesk } from '../support/serviceDesk';

/** n8n's AI Agent answers customers, as examples/customer-service-agent.json has it. */
export function serviceAgentCases(environment: E2eEnvironment): void {
	let desk: ServiceDesk;
	let model: ModelStub;
	beforeEach(async () => {
		desk = await ServiceDesk.open(environment);
		model = await startHandingOverModel('human');
	});
	afterEach(async () => {
		await desk.close();
		await model.stop();
	});

	it('takes chatInput and sessionId as they are: one memory for each customer', async () => {
		await desk.publishAgent(model);
		const [ann, bob] = [desk.customer('Ann'), desk.customer('Bob')];

		desk.write(ann, 'Do you have green tea?');
		expect(await desk.answered(ann, 1)).toEqual(['You said: Do you have green tea?']);
		desk.write(bob, 'Are you open?');
		expect(await desk.answered(bob, 1)).toEqual(['You said: Are you open?']);
		desk.write(ann, 'And black tea?');
		expect((await desk.answered(ann, 2))[1]).toBe(
			'You said: Do you have green tea? And black tea?',
		);
	});

	it('hands over to a human who is asked for, tells the customer, and is silent from then on', async () => {
		const workflow = await desk.publishAgent(model);
		const ann = desk.customer('Ann');
		desk.write(ann, 'Are you open?');
		await desk.answered(ann, 1);
		desk.write(ann, 'I want a human');
		const answers = ['You said: Are you open?', 'A colleague will be with you in a moment.'];
		expect(await desk.answered(ann, 2)).toEqual(answers);

		const executions = await desk.executions(workflow, 2);
		expect(
			executions
				.at(-1)
				?.output('Answer')
				.map(({ json }) => [json.state, json.reason]),
		).toEqual([['not_sent', 'session_not_open']]);
		expect(desk.service.chat(desk.account, ann).state).toBe(SESSION.pool);
		expect(desk.answersTo(ann)).toEqual(answers);
	});
}
