import type { E2eEnvironment } from '../support/environment';
import type { ModelStub } from '../support/modelStub';
import { sayWhatItRemembers, startTalkingModel } from '../support/modelStub';
import { ServiceDesk } from '../support/serviceDesk';

/** n8n's AI Agent answers customers, as examples/customer-service-agent.json has it. */
export function serviceAgentCases(environment: E2eEnvironment): void {
	let desk: ServiceDesk;
	let model: ModelStub;
	beforeEach(async () => {
		desk = await ServiceDesk.open(environment);
		model = await startTalkingModel(sayWhatItRemembers);
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
}
