import type { Browser } from '../support/browser';
import { openBrowser } from '../support/browser';
import type { E2eEnvironment } from '../support/environment';
import type { ModelStub } from '../support/modelStub';
import { sayWhatItRemembers, startTalkingModel } from '../support/modelStub';
import { waitFor } from '../support/processes';
import { ServiceDesk } from '../support/serviceDesk';

/** A customer at the sandbox's page, as somebody is who tries `npm run n8n`. */
export function chatPageCases(environment: E2eEnvironment): void {
	let browser: Browser;
	let desk: ServiceDesk;
	let model: ModelStub;
	beforeEach(async () => {
		desk = await ServiceDesk.open(environment);
		model = await startTalkingModel(sayWhatItRemembers);
		browser = await openBrowser(environment.n8n.url);
	});
	afterEach(async () => {
		await browser?.close();
		await desk.close();
		await model.stop();
	});

	it('shows the answer of the agent to what the customer wrote there', async () => {
		const { page, picture } = browser;
		await desk.publishAgent(model);
		await page.setViewportSize({ width: 720, height: 900 });
		await page.goto(environment.sandbox.url);
		const section = page.locator('.chats');
		await section.locator('#new-chat [type=submit]').click();
		await section.locator('[placeholder="Write as the customer"]').fill('Do you have green tea?');
		await page.keyboard.press('Enter');

		const answers = section.locator('.bubble.app .text');
		const shown = await waitFor(
			'the answer on the page',
			async () => (await answers.count()) > 0 && (await answers.allTextContents()),
		);
		expect(shown).toEqual(['You said: Do you have green tea?']);
		await picture('customer-service-chat', section);
	});
}
