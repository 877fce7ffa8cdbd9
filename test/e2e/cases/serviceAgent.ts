import type { E2eEnvironment } from '../support/environment';
import type { ChatRequest, ModelStub } from '../support/modelStub';
import { startTalkingModel } from '../support/modelStub';
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
		const credential = await environment.editor.createCredential('Model', 'openAiApi', {
			apiKey: 'no-key-needed',
			url: model.url,
			header: false,
		});
		await desk.publish(desk.example('customer-service-agent.json', credential));
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

/** All that the customer has said, as the agent's memory has it. */
function sayWhatItRemembers({ messages }: ChatRequest): string {
	const said = messages.filter(({ role }) => role === 'user').map(({ content }) => textOf(content));
	return `You said: ${said.join(' ')}`;
}

function textOf(content: unknown): string {
	if (!Array.isArray(content)) return String(content);
	return content.map(({ text }: { text?: string }) => text ?? '').join('');
}
