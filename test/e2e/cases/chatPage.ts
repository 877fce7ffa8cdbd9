import type { Browser } from '../support/browser';
import { openBrowser, showOnlyCanvas } from '../support/browser';
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
		const { page, the, picture } = browser;
		const workflow = await desk.publishAgent(model);
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
		const chat = await section.screenshot({ animations: 'disabled' });

		const [execution] = await desk.executions(workflow, 1);
		await page.setViewportSize({ width: 1240, height: 900 });
		await page.goto(`${environment.n8n.url}/workflow/${workflow.id}/executions/${execution?.id}`);
		await waitFor(
			'the execution in the editor',
			async () => (await the('canvas-node-status-success').count()) > 2,
		);
		await the('zoom-to-fit').click();
		await showOnlyCanvas(browser);
		const run = await the('canvas').screenshot({ animations: 'disabled' });
		await page.setViewportSize({ width: 1600, height: 620 });
		await page.setContent(beside([chat, run]));
		await picture('customer-service-chat');
	});
}

/** A page with pictures of the same height. */
function beside(pictures: readonly Buffer[]): string {
	const images = pictures.map(
		(png) =>
			`<img src="data:image/png;base64,${png.toString('base64')}" style="height: 600px; margin: 10px 0 10px 10px">`,
	);
	return `<body style="margin: 0; display: flex; background: #fff">${images.join('')}</body>`;
}
