import type { Browser } from '../support/browser';
import { closeMessages, openBrowser } from '../support/browser';
import { CallbackUrl } from '../support/callbackUrl';
import { waitFor } from '../support/processes';
import { chain } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';

/** What a builder sees who sets up the trigger. */
export function triggerPanelCases(environment: E2eEnvironment): void {
	let browser: Browser;
	beforeEach(async () => {
		browser = await openBrowser(environment.n8n.url);
	});
	afterEach(async () => await browser?.close());

	it('shows both URLs and what to do with them, listens, and asks for the second credential when it needs it', async () => {
		const { editor, n8n } = environment;
		const { page, the, picture } = browser;
		const callbackUrl = await CallbackUrl.create(environment.callbackSurroundings);
		const events = ['change_external_contact.add_external_contact'];
		const trigger = callbackUrl.trigger({ events });
		const { id } = await editor.createWorkflow(chain('Trigger', [trigger]));
		const { urlBaseWebhook } = await editor.request<{ urlBaseWebhook: string }>({
			url: '/rest/settings',
		});
		await page.goto(`${n8n.url}/workflow/${id}`);
		await page.locator('[data-test-id="canvas-node"][data-node-name="Trigger"]').dblclick();

		const panel = page.locator('body');
		await panel.locator('text="Webhook URLs"').click();
		await panel.locator('text="Production URL"').first().click();
		const path = callbackUrl.productionUrl.slice(n8n.url.length + 1);
		const shown = await waitFor('the production URL', async () => {
			const text = await panel.innerText();
			return text.includes(`${urlBaseWebhook}${path}`) && text;
		});
		expect(shown).toContain('Publish this workflow first.');
		expect(shown).toContain('Listen for one event from WeCom');
		await closeMessages(browser);
		await picture('trigger-panel');

		const credentials = the('node-credentials-select');
		expect(await credentials.count()).toBe(1);
		await panel.locator('[data-test-id="parameter-input-addDetails"] .el-switch').click();
		await waitFor('the second credential', async () => (await credentials.count()) === 2);
		await panel.locator('[data-test-id="parameter-input-addDetails"] .el-switch').click();
		await waitFor('only the first credential', async () => (await credentials.count()) === 1);

		await the('node-execute-button').first().click();
		Object.assign(environment.sandbox.world.settings, { callbackVerifyMilliseconds: 30_000 });
		await waitFor(
			'n8n to listen',
			async () => (await callbackUrl.save(callbackUrl.testUrl)).verified,
		);
		await panel.locator('text=Add a customer in WeCom, or send the event again').first().waitFor();
		callbackUrl.emit('wmAMY');
		await waitFor('the event in the output', async () =>
			(await the('output-panel').innerText()).includes('wmAMY'),
		);
	});
}
